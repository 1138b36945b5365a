select org_id from directory where what = 'organization' order by org_id
