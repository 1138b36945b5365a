insert into invoice_line (
  id, clinic_id, created_at, created_by, invoice_id, position, service_id, description, performer, quantity_milli,
  unit_minor, discount_minor, total_minor
) values (
  :id, :clinic_id, :at, :by, :invoice_id, :position, :service_id, :description, :performer, :quantity_milli,
  :unit_minor, :discount_minor, :total_minor
)
