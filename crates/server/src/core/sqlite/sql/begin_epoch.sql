update organization set epoch = :epoch, floor = seq where org_id = :org and epoch = :known
