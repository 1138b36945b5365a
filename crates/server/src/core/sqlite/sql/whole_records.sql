select kind, record_id, position, state, clocks
from record
where org_id = :org and scope = 'full' and (kind, record_id) > (:kind, :record)
order by kind, record_id
limit :most
