-- $2 and on: columns side by side
insert into claim (org_id, kind, record_id, resource_id, occupied_from, occupied_to)
select $1, c.kind, c.record_id, c.resource_id, c.occupied_from, c.occupied_to
from unnest($2::integer[], $3::uuid[], $4::uuid[], $5::bigint[], $6::bigint[])
  as c (kind, record_id, resource_id, occupied_from, occupied_to)
on conflict (org_id, kind, record_id) do update
set resource_id = excluded.resource_id, occupied_from = excluded.occupied_from, occupied_to = excluded.occupied_to
