update device set last_seq = :last_seq, last_chain = :last_chain, last_eff = :last_eff
where org_id = :org and device_id = :device and generation_id = :generation
