-- Presence at the clinic. Columns are fields of crates/domain/src/registry/reception.rs; times are UTC milliseconds.

create table encounter (
  id blob primary key not null check (length(id) = 16),
  clinic_id blob,
  created_at integer not null,
  created_by blob not null,
  deleted_at integer,
  appointment_id blob,
  patient_id blob not null,
  service_id blob,
  resource_id blob,
  room_id blob,
  arrived_at integer not null,
  started_at integer,
  finished_at integer,
  status text -- cache: folded from transitions
) strict, without rowid;

create index encounter_appointment on encounter (appointment_id) where appointment_id is not null;
create index encounter_patient on encounter (patient_id, arrived_at);
