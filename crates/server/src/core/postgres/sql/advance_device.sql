-- $4 last entry, $5 the chain after it, $6 effective time
update device set last_seq = $4, last_chain = $5, last_eff = $6
where org_id = $1 and device_id = $2 and generation_id = $3
