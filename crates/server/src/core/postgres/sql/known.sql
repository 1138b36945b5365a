select seq, chain, position, eff, reason
from entry
where org_id = $1 and device_id = $2 and generation_id = $3 and seq between $4 and $5
