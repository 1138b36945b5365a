where appointment.start_wall >= :first and appointment.start_wall < :until and appointment.deleted_at is null
  and (:resource_id is null or performer.id = :resource_id)
order by appointment.start_at, appointment.id
