select exists (
  select 1 from allergy_review where patient_id = :patient_id and none_known = 1 and deleted_at is null
) as none_known
