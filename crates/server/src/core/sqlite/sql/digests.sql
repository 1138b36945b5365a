select digest from record where org_id = :org and scope = 'full'
