select
  appointment.id, appointment.booking_method, encounter.arrived_at,
  (select total_minor from invoice
    where (appointment_id = appointment.id or encounter_id = encounter.id) and issued_at is null and deleted_at is null
    order by created_at, id limit 1) as draft_minor,
  (select sum(invoice.total_minor - coalesce(
      (select sum(amount_minor) from payment_allocation where invoice_id = invoice.id), 0))
    from invoice
    where (invoice.appointment_id = appointment.id or invoice.encounter_id = encounter.id)
      and invoice.issued_at is not null and invoice.deleted_at is null) as open_minor,
  (select count(*) from document
    where document.appointment_id = appointment.id and document.sealed_at is null and document.refused_at is null
      and document.deleted_at is null) as pending_documents
from appointment
left join encounter on encounter.id =
  (select id from encounter
    where appointment_id = appointment.id and deleted_at is null and coalesce(status, '') <> 'cancelled'
    order by arrived_at, id limit 1)
