select id, description, service_id, performer, quantity_milli, unit_minor, discount_minor, total_minor
from invoice_line
where invoice_id = ?1 and deleted_at is null
order by position, id
