-- $2 root key, $3 server's certificate, $4 wrapped key, $5 epoch, $6 seq, $7 high, $8 floor, $9 log
insert into organization (org_id, root_key, server_certificate, org_key, epoch, seq, high, floor, log)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict (org_id) do nothing
