select
  resource_allocation.resource_id, resource_allocation.appointment_id, resource_allocation.occupied_from,
  resource_allocation.occupied_to, resource_allocation.units, appointment.start_wall, appointment.end_at,
  coalesce(patient.preferred_name, patient.given) || coalesce(' ' || patient.family, '') as patient
-- Cross joins keep this order: a few resources, then for each the claims around the interval by their index.
from resource as claimed
cross join resource_allocation on resource_allocation.resource_id = claimed.id
cross join appointment on appointment.id = resource_allocation.appointment_id
cross join patient on patient.id = appointment.patient_id
where (:resource_id is null or claimed.id = :resource_id) and claimed.deleted_at is null
  and resource_allocation.released_at is null and resource_allocation.deleted_at is null
  and appointment.deleted_at is null and coalesce(appointment.status, 'scheduled') not in ('cancelled', 'no_show')
  and appointment.id is not :except
  and resource_allocation.occupied_to > :from and resource_allocation.occupied_from < :to
  -- A visit takes a day at most and a buffer another: nothing that began three days earlier is still there.
  and resource_allocation.occupied_from > :from - 3 * 86400000
order by resource_allocation.occupied_from, resource_allocation.id
