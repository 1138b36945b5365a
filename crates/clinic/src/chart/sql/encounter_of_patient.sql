select exists (select 1 from encounter where id = :id and patient_id = :patient_id and deleted_at is null) as known
