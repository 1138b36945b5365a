select exists (select 1 from device where org_id = $1 and prefix = $2)
