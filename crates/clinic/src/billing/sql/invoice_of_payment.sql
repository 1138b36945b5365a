select a.invoice_id, u.name as received_by
from payment p
join payment_allocation a on a.payment_id = p.id
left join user_account u on u.id = p.created_by
where p.id = ?1
order by a.id
limit 1
