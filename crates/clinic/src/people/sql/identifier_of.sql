select id from patient_identifier where patient_id = ?1 and type = ?2 and deleted_at is null order by created_at limit 1
