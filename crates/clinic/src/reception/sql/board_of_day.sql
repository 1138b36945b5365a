where appointment.start_wall >= :first and appointment.start_wall < :until and appointment.deleted_at is null
