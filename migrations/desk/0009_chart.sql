-- The clinical record. Columns are fields of crates/domain/src/registry/chart.rs; times are UTC milliseconds.

create table allergy_intolerance (
  id blob primary key not null check (length(id) = 16),
  clinic_id blob,
  created_at integer not null,
  created_by blob not null,
  deleted_at integer,
  patient_id blob not null,
  substance text not null,
  reaction text,
  severity text not null,
  struck_reason text
) strict, without rowid;

create table allergy_review (
  id blob primary key not null check (length(id) = 16),
  clinic_id blob,
  created_at integer not null,
  created_by blob not null,
  deleted_at integer,
  patient_id blob not null,
  none_known integer not null
) strict, without rowid;

create table clinical_note (
  id blob primary key not null check (length(id) = 16),
  clinic_id blob,
  created_at integer not null,
  created_by blob not null,
  deleted_at integer,
  patient_id blob not null,
  encounter_id blob,
  kind text not null,
  title text not null,
  body text not null,
  amends_id blob,
  signed_at integer,
  signed_by blob,
  content_hash blob
) strict, without rowid;
