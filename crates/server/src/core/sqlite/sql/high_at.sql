select high from entry where org_id = :org and position = :position
