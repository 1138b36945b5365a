-- $2 kinds, $3 records, side by side
delete from claim
where org_id = $1 and (kind, record_id) in (select k, r from unnest($2::integer[], $3::uuid[]) as gone (k, r))
