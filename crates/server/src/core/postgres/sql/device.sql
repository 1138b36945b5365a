select device_id, generation_id, key, certificate, prefix, revoked, last_seq, last_chain, last_eff
from device
where org_id = $1 and device_id = $2 and generation_id = $3
