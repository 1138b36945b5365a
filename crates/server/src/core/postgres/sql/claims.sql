-- $2 resource, $3 since, $4 until
select r.kind, r.record_id, r.position, r.sealed
from claim c
join record r on r.org_id = c.org_id and r.kind = c.kind and r.record_id = c.record_id and r.scope = 'full'
where c.org_id = $1 and c.resource_id = $2 and c.occupied_from < $4 and c.occupied_to > $3
