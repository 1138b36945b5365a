update invoice
set
  payer_name = (
    select p.given || coalesce(' ' || p.family, '') from patient p where p.id = invoice.patient_id
  ),
  payer_tax_id = (
    select d.value from patient_identifier d
    where d.patient_id = invoice.patient_id and d.type in ('cpf', 'cnpj', 'ruc', 'ci', 'dni') and d.deleted_at is null
    order by d.created_at, d.id
    limit 1
  ),
  clinic_snapshot = :clinic_snapshot,
  series = :series,
  generation = :generation,
  number = :number,
  previous_hash = :previous_hash,
  issue_on = :issue_on,
  due_on = :due_on,
  issued_at = :at
where id = :id
