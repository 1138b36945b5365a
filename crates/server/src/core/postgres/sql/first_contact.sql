-- $2 device, $3 nonce, $4 when
insert into contact (org_id, device_id, nonce, at) values ($1, $2, $3, $4)
on conflict (org_id, device_id, nonce) do nothing
