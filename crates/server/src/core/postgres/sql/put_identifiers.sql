-- $2 and on: columns side by side
insert into identifier (org_id, kind, record_id, blind)
select $1, i.kind, i.record_id, i.blind
from unnest($2::integer[], $3::uuid[], $4::bytea[]) as i (kind, record_id, blind)
on conflict (org_id, kind, record_id) do update set blind = excluded.blind
