select id, name, role, active, practitioner_id
from user_account
where deleted_at is null
order by name collate nocase, id
