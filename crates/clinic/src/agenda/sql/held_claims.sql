select
  resource_allocation.id, resource_allocation.resource_id, resource.type <> 'practitioner' as is_room,
  resource_allocation.occupied_from, resource_allocation.occupied_to
from resource_allocation
join resource on resource.id = resource_allocation.resource_id
where resource_allocation.appointment_id = ?1 and resource_allocation.released_at is null
  and resource_allocation.deleted_at is null
order by is_room, resource_allocation.id
