insert into instalment (id, clinic_id, created_at, created_by, invoice_id, no, due_on, amount_minor, currency)
values (:id, :clinic_id, :at, :by, :invoice_id, :no, :due_on, :amount_minor, :currency)
