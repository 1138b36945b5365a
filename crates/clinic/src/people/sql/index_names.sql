select given || ' ' || coalesce(family, '') || ' ' || coalesce(preferred_name, '')
from patient
where id = ?1 and deleted_at is null
