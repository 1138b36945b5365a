select exists (select 1 from device where org_id = :org and prefix = :prefix)
