-- $2 position, $3 highest effective time, $4 hash of the log
update organization set seq = $2, high = $3, log = $4 where org_id = $1
