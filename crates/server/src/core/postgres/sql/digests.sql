select kind, record_id, digest from record where org_id = $1 and scope = 'full'
