where appointment.id = :id
