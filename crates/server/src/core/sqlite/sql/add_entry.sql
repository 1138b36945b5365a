insert into entry
  (org_id, device_id, generation_id, seq, position, eff, high, log, reason, header, chain, signature, received)
values
  (:org, :device, :generation, :seq, :position, :eff, :high, :log, :reason, :header, :chain, :signature, :received)
-- One that was kept aside and judged again.
on conflict (org_id, device_id, generation_id, seq) do update
set position = excluded.position, eff = excluded.eff, high = excluded.high, log = excluded.log, reason = null
