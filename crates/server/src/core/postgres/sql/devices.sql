select device_id, generation_id, key, certificate, prefix, revoked, last_seq, last_chain, last_eff
from device
where org_id = $1
order by device_id, generation_id
