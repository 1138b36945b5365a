select exists (select 1 from member where org_id = $1)
