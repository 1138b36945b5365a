-- Invoices and money received. Columns are fields of crates/domain/src/registry/billing.rs; times are UTC milliseconds.

create table invoice (
  id blob primary key not null check (length(id) = 16),
  clinic_id blob,
  created_at integer not null,
  created_by blob not null,
  deleted_at integer,
  patient_id blob not null,
  appointment_id blob,
  encounter_id blob,
  currency text not null,
  payer_name text not null,
  payer_tax_id text,
  clinic_snapshot text,
  series text,
  number integer,
  issue_on text,
  due_on text,
  total_minor integer not null,
  issued_at integer,
  previous_hash blob,
  content_hash blob,
  generation blob check (generation is null or length(generation) = 16),
  paid_minor integer not null default 0 -- cache: the sum of its allocations
) strict, without rowid;

create table invoice_line (
  id blob primary key not null check (length(id) = 16),
  clinic_id blob,
  created_at integer not null,
  created_by blob not null,
  deleted_at integer,
  invoice_id blob not null,
  position integer not null,
  service_id blob,
  description text not null,
  performer text,
  quantity_milli integer not null,
  unit_minor integer not null,
  discount_minor integer not null,
  total_minor integer not null,
  issued_at integer
) strict, without rowid;

create table instalment (
  id blob primary key not null check (length(id) = 16),
  clinic_id blob,
  created_at integer not null,
  created_by blob not null,
  deleted_at integer,
  invoice_id blob not null,
  no integer not null,
  due_on text not null,
  amount_minor integer not null,
  currency text not null
) strict, without rowid;

create table payment (
  id blob primary key not null check (length(id) = 16),
  clinic_id blob,
  created_at integer not null,
  created_by blob not null,
  deleted_at integer,
  patient_id blob not null,
  amount_minor integer not null,
  currency text not null,
  method text not null,
  received_at integer not null,
  series text not null,
  number integer not null,
  previous_hash blob,
  content_hash blob not null,
  generation blob not null check (length(generation) = 16)
) strict, without rowid;

create table payment_allocation (
  id blob primary key not null check (length(id) = 16),
  clinic_id blob,
  created_at integer not null,
  created_by blob not null,
  deleted_at integer,
  payment_id blob not null,
  invoice_id blob not null,
  amount_minor integer not null,
  currency text not null
) strict, without rowid;

create index invoice_patient on invoice (patient_id);
create index invoice_appointment on invoice (appointment_id) where appointment_id is not null;
create index invoice_encounter on invoice (encounter_id) where encounter_id is not null;
create index invoice_series on invoice (series, generation, number) where number is not null;
create index invoice_line_invoice on invoice_line (invoice_id);
create index instalment_invoice on instalment (invoice_id);
create index payment_series on payment (series, generation, number);
create index payment_patient on payment (patient_id);
create index payment_allocation_payment on payment_allocation (payment_id);
create index payment_allocation_invoice on payment_allocation (invoice_id);
