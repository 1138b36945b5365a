-- The pair of service and practitioner that came up most often, the latest first among equals. Only what can be
-- booked again.
select appointment.service_id, resource_allocation.resource_id
from appointment
join service on service.id = appointment.service_id and service.active and service.deleted_at is null
join resource_allocation on resource_allocation.appointment_id = appointment.id
join resource on resource.id = resource_allocation.resource_id
  and resource.type = 'practitioner' and resource.active and resource.deleted_at is null
where appointment.patient_id = :patient_id and appointment.deleted_at is null
  and coalesce(appointment.status, 'scheduled') not in ('cancelled', 'no_show')
group by appointment.service_id, resource_allocation.resource_id
order by count(*) desc, max(appointment.start_at) desc
limit 1
