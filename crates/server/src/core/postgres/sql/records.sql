-- $2 kinds, $3 records, side by side
select r.kind, r.record_id, r.position, r.sealed
from unnest($2::integer[], $3::uuid[]) as wanted (kind, record_id)
join record r
  on r.org_id = $1 and r.kind = wanted.kind and r.record_id = wanted.record_id and r.scope = 'full'
