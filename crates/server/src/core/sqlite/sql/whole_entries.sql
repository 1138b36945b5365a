select device_id, generation_id, seq, position, eff, high, log, reason, header, chain, signature, received
from entry
where org_id = :org and (device_id, generation_id, seq) > (:device, :generation, :seq)
order by device_id, generation_id, seq
limit :most
