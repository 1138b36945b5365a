select id, name, role, active, practitioner_id from user_account where id = ?1 and deleted_at is null
