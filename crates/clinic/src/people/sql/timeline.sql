select created_at as at, 'registered' as kind, code as title, null as detail, id as record,
  null as amount_minor, null as currency
from patient where id = :patient_id
union all
select encounter.arrived_at, 'visit', coalesce(service.name, ''), resource.name, encounter.id, null, null
from encounter
left join service on service.id = encounter.service_id
left join resource on resource.id = encounter.resource_id
where encounter.patient_id = :patient_id and encounter.deleted_at is null
union all
select created_at, 'note', title, case when signed_at is null then 'saved' else 'signed' end, id, null, null
from clinical_note where patient_id = :patient_id and deleted_at is null
union all
select sealed_at, 'document', title, short_code, id, null, null
from document where patient_id = :patient_id and sealed_at is not null
union all
select issued_at, 'invoice', series || '-' || printf('%06d', number), null, id, total_minor, currency
from invoice where patient_id = :patient_id and issued_at is not null
union all
select received_at, 'payment', method, null, id, amount_minor, currency
from payment where patient_id = :patient_id
order by at desc
limit 200
