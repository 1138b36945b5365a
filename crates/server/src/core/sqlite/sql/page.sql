select kind, record_id, position, state, clocks
from record
where org_id = :org and scope = :scope and (position, kind, record_id) > (:position, :kind, :record)
order by position, kind, record_id
limit :limit
