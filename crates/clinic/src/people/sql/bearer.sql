select patient.id, coalesce(patient.preferred_name, patient.given) || coalesce(' ' || patient.family, '') as name
from patient_identifier
join patient on patient.id = patient_identifier.patient_id
where patient_identifier.type = :type and patient_identifier.value = :value
  and patient_identifier.deleted_at is null and patient.deleted_at is null and patient.id <> :except
order by patient.created_at
limit 1
