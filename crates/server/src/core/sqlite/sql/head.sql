select seq, high, epoch, floor, log from organization where org_id = :org
