with side as (
  select
    resource_allocation.id, resource_allocation.appointment_id, resource_allocation.resource_id,
    resource_allocation.occupied_from, resource_allocation.occupied_to,
    resource_allocation.created_at as booked_at,
    resource_allocation.released_at is null and resource_allocation.deleted_at is null
      and appointment.deleted_at is null
      and coalesce(appointment.status, 'scheduled') not in ('cancelled', 'no_show') as live,
    appointment.start_wall, appointment.start_at, appointment.end_at,
    coalesce(patient.preferred_name, patient.given) || coalesce(' ' || patient.family, '') as patient,
    coalesce(service.name, '') as service,
    coalesce(user_account.name, '') as booked_by,
    -- The server says which desk made a record; what it has not sent back yet, this one did.
    coalesce((select name from device where id = coalesce(
      (select made_by from record_position where kind = :claim and record = resource_allocation.id limit 1),
      :device)), '') as desk
  from resource_allocation
  join appointment on appointment.id = resource_allocation.appointment_id
  join patient on patient.id = appointment.patient_id
  left join service on service.id = appointment.service_id
  left join user_account on user_account.id = resource_allocation.created_by
)
select
  conflict_record.id, conflict_record.kind, conflict_record.raised_at, coalesce(resource.name, '') as resource,
  one.id as first_id, one.appointment_id as first_appointment_id, one.patient as first_patient,
  one.service as first_service, one.start_wall as first_start_wall, one.start_at as first_start_at,
  one.end_at as first_end_at, one.booked_by as first_booked_by, one.desk as first_desk, one.booked_at as first_booked_at,
  other.id as second_id, other.appointment_id as second_appointment_id, other.patient as second_patient,
  other.service as second_service, other.start_wall as second_start_wall, other.start_at as second_start_at,
  other.end_at as second_end_at, other.booked_by as second_booked_by, other.desk as second_desk,
  other.booked_at as second_booked_at,
  one.live and other.live and one.resource_id = other.resource_id
    and one.occupied_from < other.occupied_to and other.occupied_from < one.occupied_to as clashes,
  decided.choice, decided.created_at as resolved_at, decider.name as resolved_by
from conflict_record
join side as one on one.id = conflict_record.first_id
join side as other on other.id = conflict_record.second_id
left join resource on resource.id = conflict_record.resource_id
-- Two desks may decide the same card: the latest decision is shown, both stay.
left join conflict_resolution as decided on decided.id =
  (select id from conflict_resolution where card_id = conflict_record.id order by created_at desc, id desc limit 1)
left join user_account as decider on decider.id = decided.created_by
where conflict_record.deleted_at is null and (:id is null or conflict_record.id = :id)
order by conflict_record.raised_at desc, conflict_record.id
