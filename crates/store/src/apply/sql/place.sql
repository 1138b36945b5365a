insert into record_position (kind, record, scope, position, clocks)
values (:kind, :record, :scope, :position, x'')
on conflict (kind, record, scope) do update set position = excluded.position
