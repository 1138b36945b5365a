-- $4 and on: columns side by side
insert into entry_part (org_id, device_id, generation_id, seq, ord, kind, record_id, hash, sealed)
select $1, $2, $3, p.seq, p.ord, p.kind, p.record_id, p.hash, p.sealed
from unnest($4::bigint[], $5::integer[], $6::integer[], $7::uuid[], $8::bytea[], $9::bytea[])
  as p (seq, ord, kind, record_id, hash, sealed)
on conflict (org_id, device_id, generation_id, seq, ord) do nothing
