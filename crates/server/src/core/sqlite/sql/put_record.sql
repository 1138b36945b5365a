insert into record (org_id, kind, record_id, scope, position, state, clocks, digest)
values (:org, :kind, :record, 'full', :position, :state, :clocks, :digest)
on conflict (org_id, kind, record_id, scope) do update
set position = excluded.position, state = excluded.state, clocks = excluded.clocks, digest = excluded.digest
