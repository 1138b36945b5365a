-- $1 what, $2 id, $3 organization
insert into directory (what, id, org_id) values ($1, $2, $3)
on conflict (what, id) do update set org_id = excluded.org_id
