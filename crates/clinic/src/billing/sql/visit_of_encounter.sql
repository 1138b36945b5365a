select
  e.patient_id,
  e.appointment_id,
  e.id as encounter_id,
  s.id as service_id,
  s.name as service_name,
  case when s.id = a.service_id then a.price_minor end as promised_minor,
  (
    select trim(coalesce(d.title || ' ', '') || d.given || ' ' || coalesce(d.family, ''))
    from resource r join practitioner d on d.id = r.practitioner_id
    where r.id = e.resource_id
  ) as performer
from encounter e
left join appointment a on a.id = e.appointment_id
left join service s on s.id = coalesce(e.service_id, a.service_id)
where e.id = :id and e.deleted_at is null
