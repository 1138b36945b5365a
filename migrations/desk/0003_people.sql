-- Patients and how to reach and identify them. Columns are fields of crates/domain/src/registry/people.rs; times are UTC milliseconds.

create table patient (
  id blob primary key not null check (length(id) = 16),
  clinic_id blob,
  created_at integer not null,
  created_by blob not null,
  deleted_at integer,
  code text not null,
  kind text not null,
  given text not null,
  family text,
  preferred_name text,
  birth_date text,
  sex text not null,
  address text,
  notes text,
  locale text not null,
  status text not null
) strict, without rowid;

create table patient_identifier (
  id blob primary key not null check (length(id) = 16),
  clinic_id blob,
  created_at integer not null,
  created_by blob not null,
  deleted_at integer,
  patient_id blob not null,
  type text not null,
  value text not null,
  country text not null
) strict, without rowid;

create table contact_point (
  id blob primary key not null check (length(id) = 16),
  clinic_id blob,
  created_at integer not null,
  created_by blob not null,
  deleted_at integer,
  patient_id blob not null,
  system text not null,
  value text not null,
  rank integer not null
) strict, without rowid;

create index patient_created on patient (created_at);
create index patient_code on patient (code);
create index patient_identifier_patient on patient_identifier (patient_id);
create index patient_identifier_value on patient_identifier (type, value);
create index contact_point_patient on contact_point (patient_id, system);

-- The search index, a cache: names without accents, numbers with their endings.
create table person_index (
  entry integer primary key,
  patient_id blob not null unique
) strict;
create virtual table person_search using fts5(
  names, numbers, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3 4'
);
