-- The tenant, its sites and who signs in. Columns are fields of crates/domain/src/registry/organization.rs; times are UTC milliseconds.

create table organization (
  id blob primary key not null check (length(id) = 16),
  clinic_id blob,
  created_at integer not null,
  created_by blob not null,
  deleted_at integer,
  name text not null,
  root_key blob not null,
  demo integer not null
) strict, without rowid;

create table clinic (
  id blob primary key not null check (length(id) = 16),
  clinic_id blob,
  created_at integer not null,
  created_by blob not null,
  deleted_at integer,
  name text not null,
  legal_name text,
  tax_id text,
  phone text,
  email text,
  address text,
  city text,
  state text,
  postal_code text,
  country text not null,
  zone text not null,
  currency text not null,
  locale text not null,
  profile text not null,
  week_start integer not null,
  pix_key text
) strict, without rowid;

create table user_account (
  id blob primary key not null check (length(id) = 16),
  clinic_id blob,
  created_at integer not null,
  created_by blob not null,
  deleted_at integer,
  name text not null,
  role text not null,
  active integer not null,
  practitioner_id blob
) strict, without rowid;

create table device (
  id blob primary key not null check (length(id) = 16),
  clinic_id blob,
  created_at integer not null,
  created_by blob not null,
  deleted_at integer,
  name text not null,
  prefix text not null,
  public_key blob not null,
  generation_id blob not null,
  certificate blob,
  state text not null
) strict, without rowid;

create table setting (
  id blob primary key not null check (length(id) = 16),
  clinic_id blob,
  created_at integer not null,
  created_by blob not null,
  deleted_at integer,
  scope text not null,
  key text not null,
  value text not null
) strict, without rowid;
