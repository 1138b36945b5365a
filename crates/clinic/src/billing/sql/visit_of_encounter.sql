select
  e.patient_id,
  e.appointment_id,
  e.id as encounter_id,
  s.id as service_id,
  s.name as service_name,
  coalesce(
    case when s.id = a.service_id then a.price_minor end,
    (
      select p.amount_minor from service_price p
      where p.service_id = s.id and p.deleted_at is null
        and p.valid_from <= :on and (p.valid_until is null or p.valid_until >= :on)
      order by p.valid_from desc, p.created_at desc, p.id desc
      limit 1
    ),
    0
  ) as unit_minor,
  (
    select trim(coalesce(d.title || ' ', '') || d.given || ' ' || coalesce(d.family, ''))
    from resource r join practitioner d on d.id = r.practitioner_id
    where r.id = e.resource_id
  ) as performer
from encounter e
left join appointment a on a.id = e.appointment_id
left join service s on s.id = coalesce(e.service_id, a.service_id)
where e.id = :id and e.deleted_at is null
