select id, valid_from, amount_minor, currency
from service_price
where service_id = :service_id and deleted_at is null
  and valid_from <= :on and (valid_until is null or valid_until >= :on)
order by valid_from desc, id desc
limit 1
