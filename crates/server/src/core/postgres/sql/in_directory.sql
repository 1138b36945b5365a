select org_id from directory where what = $1 and id = $2
