insert into patient_identifier (id, clinic_id, created_at, created_by, patient_id, type, value, country)
values (:id, :clinic_id, :at, :by, :patient_id, :type, :value, :country)
on conflict (id) do update set value = excluded.value, country = excluded.country
