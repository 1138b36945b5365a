select position, high from entry where org_id = $1 and position = any($2)
