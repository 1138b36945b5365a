select name, code_key, user_id, expires, tries_left, used_by from invite where org_id = $1 order by name
