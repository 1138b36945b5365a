-- $2 scope; behind position $3, kind $4, record $5; at most $6
select kind, record_id, position, sealed
from record
where org_id = $1 and scope = $2 and (position, kind, record_id) > ($3, $4, $5)
order by position, kind, record_id
limit $6
