insert into contact_point (id, clinic_id, created_at, created_by, patient_id, system, value, rank)
values (:id, :clinic_id, :at, :by, :patient_id, :system, :value, 1)
on conflict (id) do update set value = excluded.value
