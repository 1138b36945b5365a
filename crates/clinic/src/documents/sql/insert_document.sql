insert into document (
  id, clinic_id, created_at, created_by, patient_id, appointment_id, template_id, kind, title, locale, content,
  content_hash
) values (
  :id, :clinic_id, :at, :by, :patient_id, :appointment_id, :template_id, 'consent', :title, :locale, :content,
  :content_hash
)
