select
  a.patient_id,
  a.id as appointment_id,
  (
    select e.id from encounter e where e.appointment_id = a.id and e.deleted_at is null order by e.arrived_at, e.id limit 1
  ) as encounter_id,
  s.id as service_id,
  s.name as service_name,
  a.price_minor as promised_minor,
  (
    select trim(coalesce(d.title || ' ', '') || d.given || ' ' || coalesce(d.family, ''))
    from resource_allocation l
    join resource r on r.id = l.resource_id
    join practitioner d on d.id = r.practitioner_id
    where l.appointment_id = a.id and l.deleted_at is null and l.released_at is null
    order by l.created_at desc, l.id desc
    limit 1
  ) as performer
from appointment a
left join service s on s.id = a.service_id
where a.id = :id and a.deleted_at is null
