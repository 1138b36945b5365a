-- $2 and on: columns side by side
insert into record (org_id, kind, record_id, scope, position, sealed, digest)
select $1, r.kind, r.record_id, 'full', r.position, r.sealed, r.digest
from unnest($2::integer[], $3::uuid[], $4::bigint[], $5::bytea[], $6::bytea[])
  as r (kind, record_id, position, sealed, digest)
on conflict (org_id, kind, record_id, scope) do update
set position = excluded.position, sealed = excluded.sealed, digest = excluded.digest
