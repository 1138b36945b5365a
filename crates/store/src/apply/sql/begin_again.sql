insert into local_fact (name, value)
values ('first_of_this_server', (select coalesce(max(seq), 0) + 1 from journal where generation = :generation))
on conflict (name) do update set value = excluded.value
