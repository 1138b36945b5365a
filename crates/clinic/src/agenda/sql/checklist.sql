with recursive revision (id) as (
  -- Every revision of the text the service names.
  select service.consent_template_id
  from appointment
  join service on service.id = appointment.service_id
  where appointment.id = :appointment_id and service.consent_template_id is not null
  union
  select one.supersedes_id from document_template as one join revision on one.id = revision.id
  union
  select later.id from document_template as later join revision on later.supersedes_id = revision.id
)
select
  patient.birth_date is not null as has_birth_date,
  exists (select 1 from contact_point
    where patient_id = patient.id and system = 'phone' and deleted_at is null) as has_phone,
  exists (select 1 from patient_identifier where patient_id = patient.id and deleted_at is null) as has_document,
  exists (select 1 from allergy_review where patient_id = patient.id) as allergies_asked,
  document_template.title as consent_title,
  (select document.id from document
    where document.patient_id = patient.id and document.sealed_at is null and document.refused_at is null
      and document.deleted_at is null
      and (document.appointment_id = appointment.id or document.template_id in (select id from revision))
    order by document.appointment_id is not appointment.id, document.created_at desc limit 1) as waiting_document_id,
  coalesce((select sum(total_minor) from invoice
    where patient_id = patient.id and issued_at is not null), 0)
  - coalesce((select sum(payment_allocation.amount_minor) from payment_allocation
      join invoice on invoice.id = payment_allocation.invoice_id
      where invoice.patient_id = patient.id), 0) as owed_minor
from appointment
join patient on patient.id = appointment.patient_id
left join service on service.id = appointment.service_id
left join document_template on document_template.id = service.consent_template_id
where appointment.id = :appointment_id
