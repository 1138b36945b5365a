select id from contact_point where patient_id = ?1 and system = ?2 and deleted_at is null order by rank, created_at limit 1
