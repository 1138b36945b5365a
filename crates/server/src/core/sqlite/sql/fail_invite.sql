update invite set tries_left = tries_left - 1
where org_id = :org and name = :name and tries_left > 0
returning tries_left
