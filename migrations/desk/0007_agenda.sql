-- Promises of time. Columns are fields of crates/domain/src/registry/agenda.rs; times are UTC milliseconds.

create table appointment (
  id blob primary key not null check (length(id) = 16),
  clinic_id blob,
  created_at integer not null,
  created_by blob not null,
  deleted_at integer,
  patient_id blob not null,
  service_id blob,
  start_wall text not null,
  duration_min integer not null,
  zone text not null,
  start_at integer not null,
  end_at integer not null,
  tzdata text not null,
  price_minor integer,
  currency text,
  notes text,
  booking_method text not null,
  status text -- cache: folded from transitions
) strict, without rowid;

create table resource_allocation (
  id blob primary key not null check (length(id) = 16),
  clinic_id blob,
  created_at integer not null,
  created_by blob not null,
  deleted_at integer,
  appointment_id blob not null,
  resource_id blob not null,
  occupied_from integer not null,
  occupied_to integer not null,
  units integer not null,
  phase text not null,
  state text not null,
  released_at integer,
  kept_reason text
) strict, without rowid;

create index appointment_day on appointment (start_wall);
create index appointment_patient on appointment (patient_id, start_at);
create index resource_allocation_appointment on resource_allocation (appointment_id);
-- Live claims of a resource around an interval: the question of every booking.
create index resource_allocation_live on resource_allocation (resource_id, occupied_from) where released_at is null;
create index resource_allocation_contested on resource_allocation (resource_id)
  where state = 'contested' and released_at is null;
