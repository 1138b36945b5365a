select id
from invoice
where deleted_at is null
order by coalesce(issued_at, created_at) desc, number desc, id
limit 500
