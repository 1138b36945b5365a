insert into payment (
  id, clinic_id, created_at, created_by, patient_id, amount_minor, currency, method, received_at, series, generation,
  number, previous_hash, content_hash
) values (
  :id, :clinic_id, :at, :by, :patient_id, :amount_minor, :currency, :method, :at, :series, :generation,
  :number, :previous_hash, :content_hash
)
