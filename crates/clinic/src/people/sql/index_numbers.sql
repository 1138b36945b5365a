select value from patient_identifier where patient_id = ?1 and deleted_at is null
union all
select value from contact_point where patient_id = ?1 and system = 'phone' and deleted_at is null
union all
select code from patient where id = ?1
