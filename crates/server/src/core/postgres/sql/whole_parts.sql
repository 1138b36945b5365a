-- $2 device, $3 generation, $4 entry
select kind, record_id, hash, sealed
from entry_part
where org_id = $1 and device_id = $2 and generation_id = $3 and seq = $4
order by ord
