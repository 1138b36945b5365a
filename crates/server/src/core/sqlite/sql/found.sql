insert into organization (org_id, root_key, server_certificate, epoch)
values (:org, :root_key, :server_certificate, :epoch)
on conflict (org_id) do nothing
