select s.name as service,
       trim(coalesce(p.title || ' ', '') || p.given || coalesce(' ' || p.family, '')) as practitioner,
       (
         select q.body || coalesce('-' || q.state, '') || ' ' || q.number
         from qualification q
         where q.practitioner_id = p.id and q.kind = 'council' and q.deleted_at is null
         order by q.created_at, q.id
         limit 1
       ) as council
from appointment a
left join service s on s.id = a.service_id
left join practitioner p on p.id = (
  select r.practitioner_id
  from resource_allocation ra
  join resource r on r.id = ra.resource_id
  where ra.appointment_id = a.id and ra.released_at is null and r.practitioner_id is not null
  order by ra.created_at desc, ra.id desc
  limit 1
)
where a.id = :id and a.patient_id = :patient_id and a.deleted_at is null
