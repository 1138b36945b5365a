select id
from invoice
where issued_at is not null and deleted_at is null and paid_minor < total_minor
order by issued_at desc, number desc, id
limit 500
