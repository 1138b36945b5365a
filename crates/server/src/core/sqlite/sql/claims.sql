select r.kind, r.record_id, r.position, r.state, r.clocks
from claim c
join record r on r.org_id = c.org_id and r.kind = c.kind and r.record_id = c.record_id and r.scope = 'full'
where c.org_id = :org and c.resource_id = :resource and c.occupied_from < :until and c.occupied_to > :since
