-- Whoever gets this row decides; whoever waits too long for it comes back later.
select seq, high, epoch, floor, log, org_key
from organization
where org_id = $1
for update
