insert into unknown_field (kind, record, field, value) values (?1, ?2, ?3, ?4)
on conflict (kind, record, field) do update set value = excluded.value
