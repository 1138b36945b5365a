update invoice_line
set
  position = :position,
  service_id = :service_id,
  description = :description,
  quantity_milli = :quantity_milli,
  unit_minor = :unit_minor,
  discount_minor = :discount_minor,
  total_minor = :total_minor
where id = :id
