select seq, high, epoch from organization where org_id = :org
