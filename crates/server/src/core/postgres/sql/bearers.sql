-- $2 the keyed hash
select kind, record_id from identifier where org_id = $1 and blind = $2 order by kind, record_id
