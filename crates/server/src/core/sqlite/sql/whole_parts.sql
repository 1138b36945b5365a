select kind, record_id, hash, salt, body
from entry_part
where org_id = :org and device_id = :device and generation_id = :generation and seq = :seq
order by ord
