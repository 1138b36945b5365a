select seq, high, epoch, floor, log, org_key from organization where org_id = $1
