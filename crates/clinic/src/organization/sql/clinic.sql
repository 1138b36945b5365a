select id, name, legal_name, tax_id, phone, email, address, city, state, postal_code, country, zone, currency,
       locale, profile, week_start, pix_key
from clinic
where deleted_at is null
order by created_at, id
limit 1
