insert into person_index (patient_id) values (?1)
on conflict (patient_id) do update set patient_id = excluded.patient_id
returning entry
