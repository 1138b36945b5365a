-- A draft before an issued one; the oldest where two desks drafted the same visit.
select id
from invoice
where patient_id = :patient and deleted_at is null
  and (
    encounter_id = :encounter
    or appointment_id = :appointment
    or (:encounter is null and :appointment is null and encounter_id is null and appointment_id is null and issued_at is null)
  )
order by issued_at is not null, created_at, id
limit 1
