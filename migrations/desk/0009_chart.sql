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

create index allergy_intolerance_patient on allergy_intolerance (patient_id);
create index allergy_review_patient on allergy_review (patient_id);
create index clinical_note_patient on clinical_note (patient_id, created_at);
create index clinical_note_amends on clinical_note (amends_id) where amends_id is not null;

-- Notes being written. They stay on this desk and leave nothing in the journal; a committed draft survives a crash.
-- A draft of a note that was saved before bears that note's id.
create table local_note_draft (
  id blob primary key not null check (length(id) = 16),
  patient_id blob not null,
  encounter_id blob,
  amends_id blob,
  author_id blob not null,
  kind text not null,
  title text not null,
  body text not null,
  saved_at integer not null
) strict, without rowid;
create index local_note_draft_patient on local_note_draft (patient_id, author_id);
