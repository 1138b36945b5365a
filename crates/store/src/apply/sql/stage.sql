insert into staged (scope, kind, record, position, made_by, state)
values (:scope, :kind, :record, :position, :made_by, :state)
on conflict (scope, kind, record) do update
set position = excluded.position, made_by = excluded.made_by, state = excluded.state
