insert into invoice (
  id, clinic_id, created_at, created_by, patient_id, appointment_id, encounter_id, currency, payer_name, payer_tax_id,
  total_minor
)
select
  :id, :clinic_id, :at, :by, p.id, :appointment_id, :encounter_id, :currency,
  p.given || coalesce(' ' || p.family, ''),
  (
    select d.value from patient_identifier d
    where d.patient_id = p.id and d.type in ('cpf', 'cnpj', 'ruc', 'ci', 'dni') and d.deleted_at is null
    order by d.created_at, d.id
    limit 1
  ),
  :total_minor
from patient p
where p.id = :patient_id
