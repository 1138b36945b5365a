select
  appointment.id as appointment_id, appointment.start_wall, appointment.start_at, appointment.end_at,
  coalesce(appointment.status, 'scheduled') as status, appointment.notes, appointment.price_minor, appointment.currency,
  patient.id as patient_id, patient.birth_date,
  coalesce(patient.preferred_name, patient.given) || coalesce(' ' || patient.family, '') as patient_name,
  (select value from contact_point
    where patient_id = patient.id and system = 'phone' and deleted_at is null order by rank, created_at limit 1) as phone,
  (select group_concat(substance, x'1f') from allergy_intolerance
    where patient_id = patient.id and deleted_at is null) as allergies,
  service.id as service_id, service.name as service_name,
  performer.id as resource_id, coalesce(performer.name, '') as practitioner,
  room.id as room_id, room.name as room_name,
  encounter.id as encounter_id, encounter.arrived_at, encounter.started_at,

  -- 0 granted, 1 provisional, 2 contested: by the server's word, or because a contested claim lies on this one.
  coalesce((select max(case
      when mine.state = 'contested' then 2
      when exists (select 1 from resource_allocation as other indexed by resource_allocation_contested
        where other.state = 'contested' and other.released_at is null and other.deleted_at is null
          and other.resource_id = mine.resource_id and other.appointment_id <> mine.appointment_id
          and other.occupied_from < mine.occupied_to and mine.occupied_from < other.occupied_to
          and mine.kept_reason is null) then 2
      when mine.state = 'granted' then 0
      else 1 end)
    from resource_allocation as mine
    where mine.appointment_id = appointment.id and mine.released_at is null and mine.deleted_at is null), 0) as claim,

  -- Before the first contact with a server there is nothing to wait for.
  (not exists (select 1 from cursor) or not exists (
    select 1 from journal_part
    join journal on journal.ordinal = journal_part.ordinal
    where journal.state <> 1 and journal_part.record in (
      select appointment.id
      union all select id from resource_allocation where appointment_id = appointment.id
      union all select id from transition where entity_id = appointment.id))) as synced,

  invoice.total_minor as invoiced_minor,
  coalesce((select sum(amount_minor) from payment_allocation where invoice_id = invoice.id), 0) as paid_minor,
  -- What was agreed to fall due after today: nobody owes it at the desk.
  case when exists (select 1 from instalment where invoice_id = invoice.id and deleted_at is null)
    then (select coalesce(sum(amount_minor), 0) from instalment
      where invoice_id = invoice.id and deleted_at is null and due_on > :today)
    when invoice.due_on > :today then invoice.total_minor
    else 0 end as later_minor,
  coalesce((select sum(owed.total_minor) from invoice as owed
    where owed.patient_id = patient.id and owed.issued_at is not null), 0)
  > coalesce((select sum(payment_allocation.amount_minor) from payment_allocation
      join invoice as owed on owed.id = payment_allocation.invoice_id
      where owed.patient_id = patient.id), 0) as owes,

  not exists (select 1 from appointment as earlier
    where earlier.patient_id = patient.id and earlier.start_at < appointment.start_at and earlier.deleted_at is null
      and earlier.status in ('checked_in', 'in_progress', 'completed')) as new_patient,

  (service.consent_template_id is not null
    and coalesce(appointment.status, 'scheduled') not in ('cancelled', 'no_show')
    -- The patient's latest answer is a yes: to any revision of the text that the service names, or to another text of
    -- this visit that asks for the treatment.
    and not coalesce((select document.sealed_at is not null from document
      where document.patient_id = patient.id and coalesce(document.sealed_at, document.refused_at) is not null
        and (document.template_id in (
            with recursive revision (id) as (
              select service.consent_template_id
              union
              select one.supersedes_id from document_template as one join revision on one.id = revision.id
              union
              select later.id from document_template as later join revision on later.supersedes_id = revision.id
            )
            select id from revision)
          or document.appointment_id = appointment.id and exists (select 1 from consent
            where consent.patient_id = patient.id and consent.purpose = 'treatment'
              and consent.document_id = document.id))
      order by coalesce(document.sealed_at, document.refused_at) desc, document.id desc limit 1), 0)
  ) as consent_missing
from appointment
join patient on patient.id = appointment.patient_id
left join service on service.id = appointment.service_id
left join encounter on encounter.id =
  (select id from encounter
    where appointment_id = appointment.id and deleted_at is null and coalesce(status, '') <> 'cancelled'
    order by arrived_at, id limit 1)
left join resource as performer on performer.id = coalesce(
  (select resource_allocation.resource_id from resource_allocation
    join resource on resource.id = resource_allocation.resource_id and resource.type = 'practitioner'
    where resource_allocation.appointment_id = appointment.id and resource_allocation.deleted_at is null
    order by resource_allocation.released_at is not null, resource_allocation.id desc limit 1),
  encounter.resource_id)
left join resource as room on room.id = coalesce(
  encounter.room_id,
  (select resource_allocation.resource_id from resource_allocation
    join resource on resource.id = resource_allocation.resource_id and resource.type = 'room'
    where resource_allocation.appointment_id = appointment.id and resource_allocation.deleted_at is null
      and (resource_allocation.released_at is null or appointment.status in ('cancelled', 'no_show'))
    order by resource_allocation.released_at is not null, resource_allocation.id desc limit 1))
left join invoice on invoice.id =
  (select id from invoice
    where (appointment_id = appointment.id or encounter_id = encounter.id) and issued_at is not null
      and deleted_at is null
    order by issued_at, id limit 1)
