select number, content_hash
from payment
where series = :series and generation = :generation and clinic_id = :clinic
order by number desc
limit 1
