insert into staged (scope, kind, record, position, state)
values (:scope, :kind, :record, :position, :state)
on conflict (scope, kind, record) do update set position = excluded.position, state = excluded.state
