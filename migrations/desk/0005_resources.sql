-- What can be booked, and when. Columns are fields of crates/domain/src/registry/resources.rs; times are UTC milliseconds.

create table resource (
  id blob primary key not null check (length(id) = 16),
  clinic_id blob,
  created_at integer not null,
  created_by blob not null,
  deleted_at integer,
  type text not null,
  name text not null,
  practitioner_id blob,
  capacity integer not null,
  color text,
  active integer not null
) strict, without rowid;

create table availability_rule (
  id blob primary key not null check (length(id) = 16),
  clinic_id blob,
  created_at integer not null,
  created_by blob not null,
  deleted_at integer,
  resource_id blob not null,
  day_of_week integer not null,
  starts text not null,
  ends text not null,
  effective_from text,
  effective_until text
) strict, without rowid;

create index resource_practitioner on resource (practitioner_id);
create index availability_rule_resource on availability_rule (resource_id);
