select user_id, position, device_id, role, active
from member
where org_id = :org and user_id = :user
order by position
