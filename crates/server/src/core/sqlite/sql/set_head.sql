update organization set seq = :seq, high = :high, log = :log where org_id = :org
