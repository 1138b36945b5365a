select type, value, country from patient_identifier where patient_id = ?1 and deleted_at is null order by created_at, id
