select distinct user_id from member where org_id = :org order by user_id
