select service_id, start_wall, duration_min, coalesce(status, 'scheduled') as status
from appointment
where id = ?1 and deleted_at is null
