select log from entry where org_id = :org and position = :position
