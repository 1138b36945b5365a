insert into allergy_review (id, clinic_id, created_at, created_by, patient_id, none_known)
values (:id, :clinic_id, :at, :by, :patient_id, 1)
