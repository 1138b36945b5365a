-- behind kind $2, record $3; at most $4
select kind, record_id, position, sealed
from record
where org_id = $1 and scope = 'full' and (kind, record_id) > ($2, $3)
order by kind, record_id
limit $4
