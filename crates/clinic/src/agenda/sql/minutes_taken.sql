select appointment.duration_min + coalesce(service.buffer_after_min, 0) as minutes
from appointment
left join service on service.id = appointment.service_id
where appointment.id = ?1
