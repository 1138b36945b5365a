-- $4 and on: columns side by side
insert into entry
  (org_id, device_id, generation_id, seq, position, eff, high, log, reason, header, chain, signature, received)
select $1, $2, $3, e.seq, e.position, e.eff, e.high, e.log, e.reason, e.header, e.chain, e.signature, e.received
from unnest(
  $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bytea[], $9::text[], $10::bytea[], $11::bytea[],
  $12::bytea[], $13::bigint[]
) as e (seq, position, eff, high, log, reason, header, chain, signature, received)
-- One that was kept aside and judged again.
on conflict (org_id, device_id, generation_id, seq) do update
set position = excluded.position, eff = excluded.eff, high = excluded.high, log = excluded.log, reason = null
