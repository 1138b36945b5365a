-- The service booked most since a day: first among those of one practitioner, then of the whole clinic. Only what can be
-- booked again.
select appointment.service_id
from appointment
join service on service.id = appointment.service_id and service.active and service.deleted_at is null
join resource_allocation on resource_allocation.appointment_id = appointment.id
join resource on resource.id = resource_allocation.resource_id and resource.type = 'practitioner'
where appointment.start_wall >= :since and appointment.deleted_at is null
  and coalesce(appointment.status, 'scheduled') not in ('cancelled', 'no_show')
group by appointment.service_id
order by sum(resource_allocation.resource_id is :resource_id) desc, count(*) desc, max(appointment.start_at) desc
limit 1
