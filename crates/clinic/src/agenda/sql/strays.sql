-- Claims that do not follow where their appointment stands, with when each was given up: still held by a visit that
-- was cancelled or missed; or (null) given up by such an act that does not count, so that nothing of that sort is held.
select
  appointment.id as appointment_id, claim.id,
  case when claim.released_at is null then max(act.created_at) end as released_at
from appointment
join resource_allocation as claim on claim.appointment_id = appointment.id
join resource on resource.id = claim.resource_id
join transition as act on act.entity_id = appointment.id and act.entity_kind = 'appointment'
where claim.deleted_at is null and appointment.deleted_at is null and act.to_status in ('cancelled', 'no_show')
  and case
    when appointment.status in ('cancelled', 'no_show')
      then claim.released_at is null and act.to_status = appointment.status
    else claim.released_at = act.created_at and not exists (
      select 1 from resource_allocation as held
      join resource as taken on taken.id = held.resource_id
      where held.appointment_id = appointment.id and held.released_at is null and held.deleted_at is null
        and (taken.type = 'practitioner') = (resource.type = 'practitioner'))
    end
