delete from claim where org_id = :org and kind = :kind and record_id = :record
