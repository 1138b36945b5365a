insert into directory (what, id, org_id) values (:what, :id, :org)
on conflict (what, id) do update set org_id = excluded.org_id
