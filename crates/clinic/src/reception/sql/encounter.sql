select appointment_id, resource_id from encounter where id = :id and appointment_id is not null and deleted_at is null
