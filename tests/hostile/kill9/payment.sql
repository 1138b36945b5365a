insert into payment (
  id, created_at, created_by, patient_id, amount_minor, currency, method, received_at, series, generation, number,
  content_hash
)
values (:id, :at, :by, :patient, 1990, 'BRL', 'cash', :at, :series, :generation, :number, :hash)
