select kind, record_id, position, state, clocks
from record
where org_id = :org and kind = :kind and record_id = :record and scope = 'full'
