insert into entry
  (org_id, device_id, generation_id, seq, position, eff, high, reason, header, chain, signature, received)
values
  (:org, :device, :generation, :seq, :position, :eff, :high, :reason, :header, :chain, :signature, :received)
