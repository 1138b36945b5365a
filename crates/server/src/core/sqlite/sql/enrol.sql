insert into device
  (org_id, device_id, generation_id, key, certificate, prefix, revoked, last_seq, last_chain, last_eff)
values
  (:org, :device, :generation, :key, :certificate, :prefix, :revoked, :last_seq, :last_chain, :last_eff)
on conflict (org_id, device_id, generation_id) do nothing
