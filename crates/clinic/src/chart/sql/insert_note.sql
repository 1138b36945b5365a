insert into clinical_note (
  id, clinic_id, created_at, created_by, patient_id, encounter_id, kind, title, body, amends_id
) values (
  :id, :clinic_id, :at, :by, :patient_id, :encounter_id, :kind, :title, :body, :amends_id
)
