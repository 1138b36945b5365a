insert into service (
  id, clinic_id, created_at, created_by, name, category, description, duration_min, buffer_before_min,
  buffer_after_min, color, consent_template_id, active
) values (
  :id, :clinic_id, :at, :by, :name, :category, :description, :duration_min, :buffer_before_min,
  :buffer_after_min, :color, :consent_template_id, 1
)
