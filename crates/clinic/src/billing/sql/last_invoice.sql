select number, content_hash
from invoice
where series = :series and generation = :generation and clinic_id = :clinic and number is not null
order by number desc
limit 1
