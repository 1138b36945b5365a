insert into encounter (
  id, clinic_id, created_at, created_by, appointment_id, patient_id, service_id, resource_id, room_id, arrived_at
) values (
  :id, :clinic_id, :at, :by, :appointment_id, :patient_id, :service_id, :resource_id, :room_id, :at
)
