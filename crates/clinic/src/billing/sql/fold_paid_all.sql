update invoice
set paid_minor = coalesce((select sum(a.amount_minor) from payment_allocation a where a.invoice_id = invoice.id), 0)
