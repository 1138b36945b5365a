update invite set used_by = :device
where org_id = :org and name = :name and used_by is null
