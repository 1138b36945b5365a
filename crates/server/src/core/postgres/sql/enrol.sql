insert into device
  (org_id, device_id, generation_id, key, certificate, prefix, revoked, last_seq, last_chain, last_eff)
values
  ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
on conflict (org_id, device_id, generation_id) do nothing
