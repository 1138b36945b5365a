update invite set tries_left = tries_left - 1
where org_id = $1 and name = $2 and tries_left > 0
returning tries_left
