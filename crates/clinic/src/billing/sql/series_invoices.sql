select id, clinic_id, generation, series, number, previous_hash, content_hash
from invoice
where number is not null
order by clinic_id, generation, series, number
