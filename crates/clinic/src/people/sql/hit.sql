select
  patient.id, patient.code, patient.given, patient.family, patient.preferred_name, patient.birth_date,
  (select type from patient_identifier
    where patient_id = patient.id and deleted_at is null order by created_at, id limit 1) as document_type,
  (select value from patient_identifier
    where patient_id = patient.id and deleted_at is null order by created_at, id limit 1) as document_value,
  (select value from contact_point
    where patient_id = patient.id and system = 'phone' and deleted_at is null order by rank, created_at limit 1) as phone,
  (select group_concat(substance, x'1f') from allergy_intolerance
    where patient_id = patient.id and deleted_at is null) as allergies,
  (select start_wall from appointment
    where patient_id = patient.id and deleted_at is null and status in ('scheduled', 'confirmed') and start_at >= :now
    order by start_at limit 1) as next_visit,
  (select max(arrived_at) from encounter where patient_id = patient.id and deleted_at is null) as last_visit,
  coalesce((select sum(total_minor) from invoice
    where patient_id = patient.id and issued_at is not null), 0)
  - coalesce((select sum(payment_allocation.amount_minor) from payment_allocation
      join invoice on invoice.id = payment_allocation.invoice_id
      where invoice.patient_id = patient.id), 0) as balance_minor
from found
join patient on patient.id = found.id
where patient.deleted_at is null
order by found.place
