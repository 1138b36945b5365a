select user_id, position, device_id, role, active from member where org_id = $1 order by user_id, position
