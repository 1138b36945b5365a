-- Who treats. Columns are fields of crates/domain/src/registry/staff.rs; times are UTC milliseconds.

create table practitioner (
  id blob primary key not null check (length(id) = 16),
  clinic_id blob,
  created_at integer not null,
  created_by blob not null,
  deleted_at integer,
  given text not null,
  family text,
  title text,
  type text not null,
  color text,
  active integer not null
) strict, without rowid;

create table qualification (
  id blob primary key not null check (length(id) = 16),
  clinic_id blob,
  created_at integer not null,
  created_by blob not null,
  deleted_at integer,
  practitioner_id blob not null,
  kind text not null,
  body text not null,
  number text not null,
  state text
) strict, without rowid;

create index qualification_practitioner on qualification (practitioner_id);
