insert into allergy_intolerance (
  id, clinic_id, created_at, created_by, patient_id, substance, reaction, severity
) values (
  :id, :clinic_id, :at, :by, :patient_id, :substance, :reaction, :severity
)
