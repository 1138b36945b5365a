select seq, chain, position, eff, reason
from entry
where org_id = :org and device_id = :device and generation_id = :generation and seq between :first and :last
