-- $2 the new life, $3 the known one
update organization set epoch = $2, floor = seq where org_id = $1 and epoch = $3
