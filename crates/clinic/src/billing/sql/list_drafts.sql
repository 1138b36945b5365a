select id
from invoice
where issued_at is null and deleted_at is null
order by created_at desc, id desc
limit 500
