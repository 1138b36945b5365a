insert into resource_allocation (
  id, clinic_id, created_at, created_by, appointment_id, resource_id, occupied_from, occupied_to, units, phase, state
) values (
  :id, :clinic_id, :at, :by, :appointment_id, :resource_id, :occupied_from, :occupied_to, 1, 'planned', 'provisional'
)
