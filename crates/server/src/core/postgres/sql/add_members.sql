-- $2 and on: columns side by side
insert into member (org_id, user_id, position, device_id, role, active)
select $1, m.user_id, m.position, m.device_id, m.role, m.active
from unnest($2::uuid[], $3::bigint[], $4::uuid[], $5::bytea[], $6::boolean[])
  as m (user_id, position, device_id, role, active)
