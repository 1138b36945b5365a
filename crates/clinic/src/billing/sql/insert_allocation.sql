insert into payment_allocation (
  id, clinic_id, created_at, created_by, payment_id, invoice_id, amount_minor, currency
) values (
  :id, :clinic_id, :at, :by, :payment_id, :invoice_id, :amount_minor, :currency
)
