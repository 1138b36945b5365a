select kind, record_id, position, state, clocks
from record
where org_id = :org and scope = 'full' and kind = :kind
order by record_id
