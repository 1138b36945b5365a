insert into appointment (
  id, clinic_id, created_at, created_by, patient_id, service_id, start_wall, duration_min, zone, start_at, end_at,
  tzdata, price_minor, currency, notes, booking_method
) values (
  :id, :clinic_id, :at, :by, :patient_id, :service_id, :start_wall, :duration_min, :zone, :start_at, :end_at,
  :tzdata, :price_minor, :currency, :notes, :booking_method
)
