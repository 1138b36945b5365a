select
  i.id,
  i.patient_id,
  coalesce(p.preferred_name, p.given) || coalesce(' ' || p.family, '') as patient_name,
  i.payer_name,
  i.payer_tax_id,
  i.currency,
  i.series,
  i.number,
  i.issue_on,
  i.due_on,
  i.total_minor,
  coalesce((select sum(a.amount_minor) from payment_allocation a where a.invoice_id = i.id), 0) as paid_minor,
  i.issued_at,
  i.created_at,
  i.appointment_id,
  i.encounter_id
from invoice i
join patient p on p.id = i.patient_id
where i.id = ?1 and i.deleted_at is null
