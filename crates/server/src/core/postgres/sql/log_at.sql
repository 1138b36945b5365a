select log from entry where org_id = $1 and position = $2
