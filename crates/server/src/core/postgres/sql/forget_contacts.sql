-- $2 device, $3 what is older
delete from contact where org_id = $1 and device_id = $2 and at < $3
