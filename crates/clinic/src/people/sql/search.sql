with found as (
  select person_index.patient_id as id, row_number() over (order by patient.given, patient.family, patient.id) as place
  from person_search
  join person_index on person_index.entry = person_search.rowid
  join patient on patient.id = person_index.patient_id
  where person_search match :pattern
  order by place
  limit :limit
)
