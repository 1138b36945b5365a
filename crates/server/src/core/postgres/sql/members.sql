select user_id, position, device_id, role, active
from member
where org_id = $1 and user_id = any($2)
order by position
