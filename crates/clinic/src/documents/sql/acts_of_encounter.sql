select s.name as service,
       trim(coalesce(p.title || ' ', '') || p.given || coalesce(' ' || p.family, '')) as practitioner,
       (
         select q.body || coalesce('-' || q.state, '') || ' ' || q.number
         from qualification q
         where q.practitioner_id = p.id and q.kind = 'council' and q.deleted_at is null
         order by q.created_at, q.id
         limit 1
       ) as council
from encounter e
left join service s on s.id = e.service_id
left join resource r on r.id = e.resource_id
left join practitioner p on p.id = r.practitioner_id
where e.id = :id and e.patient_id = :patient_id and e.deleted_at is null
