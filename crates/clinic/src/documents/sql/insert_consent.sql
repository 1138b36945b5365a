insert into consent (
  id, clinic_id, created_at, created_by, patient_id, document_id, purpose, decision, effective_at
) values (
  :id, :clinic_id, :at, :by, :patient_id, :document_id, :purpose, :decision, :at
)
