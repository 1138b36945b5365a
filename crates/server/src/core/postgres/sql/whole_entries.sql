-- behind device $2, generation $3, entry $4; at most $5
select device_id, generation_id, seq, position, eff, high, log, reason, header, chain, signature, received
from entry
where org_id = $1 and (device_id, generation_id, seq) > ($2, $3, $4)
order by device_id, generation_id, seq
limit $5
