select id, clinic_id, generation, series, number, previous_hash, content_hash
from payment
order by clinic_id, generation, series, number
