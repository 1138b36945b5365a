select id
from invoice
where patient_id = ?1 and deleted_at is null
order by issued_at is not null, issued_at desc, created_at desc, id desc
