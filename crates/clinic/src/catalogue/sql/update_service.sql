update service
set name = :name, category = :category, description = :description, duration_min = :duration_min,
  buffer_before_min = :buffer_before_min, buffer_after_min = :buffer_after_min, color = :color,
  consent_template_id = :consent_template_id, active = :active
where id = :id
