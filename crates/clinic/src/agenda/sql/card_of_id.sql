where appointment.id = :id and appointment.deleted_at is null
