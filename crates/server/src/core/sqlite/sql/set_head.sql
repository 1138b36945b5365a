update organization set seq = :seq, high = :high where org_id = :org
