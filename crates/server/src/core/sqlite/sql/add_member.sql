insert into member (org_id, user_id, position, device_id, role, active)
values (:org, :user, :position, :device, :role, :active)
