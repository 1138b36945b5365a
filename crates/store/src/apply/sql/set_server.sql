insert into local_fact (name, value)
values ('server', ?1), ('server_certificate', ?2)
on conflict (name) do update set value = excluded.value
