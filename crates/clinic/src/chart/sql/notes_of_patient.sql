where n.patient_id = :patient_id and n.deleted_at is null
order by n.created_at desc, n.id desc
