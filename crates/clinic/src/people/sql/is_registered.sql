select exists (select 1 from patient where id = :id and deleted_at is null) as known
