select p.id, a.amount_minor, p.method, p.received_at, p.series, p.number
from payment_allocation a
join payment p on p.id = a.payment_id
where a.invoice_id = ?1
order by p.received_at, p.series, p.number
