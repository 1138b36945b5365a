-- Consents and other papers. Columns are fields of crates/domain/src/registry/documents.rs; times are UTC milliseconds.

create table document_template (
  id blob primary key not null check (length(id) = 16),
  clinic_id blob,
  created_at integer not null,
  created_by blob not null,
  deleted_at integer,
  kind text not null,
  title text not null,
  locale text not null,
  version integer not null,
  body text not null,
  published_at integer,
  supersedes_id blob
) strict, without rowid;

create table document (
  id blob primary key not null check (length(id) = 16),
  clinic_id blob,
  created_at integer not null,
  created_by blob not null,
  deleted_at integer,
  patient_id blob not null,
  appointment_id blob,
  template_id blob,
  kind text not null,
  title text not null,
  locale text not null,
  content text not null,
  content_hash blob not null,
  refused_at integer,
  refused_reason text,
  pdf blob,
  seal blob,
  short_code text,
  sealed_at integer
) strict, without rowid;

create table signature (
  id blob primary key not null check (length(id) = 16),
  clinic_id blob,
  created_at integer not null,
  created_by blob not null,
  deleted_at integer,
  document_id blob not null,
  role text not null,
  name text not null,
  method text not null,
  strokes blob,
  document_hash blob not null,
  signed_at integer not null
) strict, without rowid;

create table consent (
  id blob primary key not null check (length(id) = 16),
  clinic_id blob,
  created_at integer not null,
  created_by blob not null,
  deleted_at integer,
  patient_id blob not null,
  document_id blob,
  purpose text not null,
  decision text not null,
  effective_at integer not null
) strict, without rowid;

create index document_template_supersedes on document_template (supersedes_id) where supersedes_id is not null;
create index document_patient on document (patient_id, created_at);
create index document_appointment on document (appointment_id) where appointment_id is not null;
create index signature_document on signature (document_id);
create index consent_patient on consent (patient_id, purpose, effective_at);
