insert into record_position (kind, record, scope, position, made_by)
values (:kind, :record, :scope, :position, :made_by)
on conflict (kind, record, scope) do update set position = excluded.position, made_by = excluded.made_by
