-- One row for each patient, phone and document; a patient with none of them has one row.
select patient.id, patient.given, patient.family, patient.birth_date,
  contact_point.value as phone, patient_identifier.type as document_type, patient_identifier.value as document_value
from patient
left join contact_point
  on contact_point.patient_id = patient.id and contact_point.system = 'phone' and contact_point.deleted_at is null
left join patient_identifier
  on patient_identifier.patient_id = patient.id and patient_identifier.deleted_at is null
where patient.deleted_at is null
order by patient.created_at, patient.id
