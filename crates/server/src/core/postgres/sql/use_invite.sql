-- $3 the desk
update invite set used_by = $3 where org_id = $1 and name = $2 and used_by is null
