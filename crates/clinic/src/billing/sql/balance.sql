select coalesce(sum(total_minor - paid_minor), 0) as balance_minor
from invoice
where patient_id = :patient and issued_at is not null and deleted_at is null and currency = :currency
