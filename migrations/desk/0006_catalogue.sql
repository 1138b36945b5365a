-- What the clinic offers and for how much. Columns are fields of crates/domain/src/registry/catalogue.rs; times are UTC milliseconds.

create table service (
  id blob primary key not null check (length(id) = 16),
  clinic_id blob,
  created_at integer not null,
  created_by blob not null,
  deleted_at integer,
  name text not null,
  category text,
  description text,
  duration_min integer not null,
  buffer_before_min integer not null,
  buffer_after_min integer not null,
  color text,
  consent_template_id blob,
  active integer not null
) strict, without rowid;

create table service_price (
  id blob primary key not null check (length(id) = 16),
  clinic_id blob,
  created_at integer not null,
  created_by blob not null,
  deleted_at integer,
  service_id blob not null,
  amount_minor integer not null,
  currency text not null,
  valid_from text not null,
  valid_until text
) strict, without rowid;

create index service_price_service on service_price (service_id, valid_from);
