select 1 from patient where id = ?1 and deleted_at is null
