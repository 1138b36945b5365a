insert into claim (org_id, kind, record_id, resource_id, occupied_from, occupied_to)
values (:org, :kind, :record, :resource, :since, :until)
on conflict (org_id, kind, record_id) do update
set resource_id = excluded.resource_id, occupied_from = excluded.occupied_from, occupied_to = excluded.occupied_to
