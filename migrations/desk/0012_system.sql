-- What holds the areas together. Columns are fields of crates/domain/src/registry/system.rs; times are UTC milliseconds.

create table transition (
  id blob primary key not null check (length(id) = 16),
  clinic_id blob,
  created_at integer not null,
  created_by blob not null,
  deleted_at integer,
  entity_kind text not null,
  entity_id blob not null,
  from_status text,
  to_status text not null,
  prev_id blob,
  hlc integer not null,
  reason text,
  note text
) strict, without rowid;

create table conflict_record (
  id blob primary key not null check (length(id) = 16),
  clinic_id blob,
  created_at integer not null,
  created_by blob, -- null: the server wrote it
  deleted_at integer,
  kind text not null,
  resource_id blob not null,
  first_id blob not null,
  second_id blob not null,
  raised_at integer not null
) strict, without rowid;

create table conflict_resolution (
  id blob primary key not null check (length(id) = 16),
  clinic_id blob,
  created_at integer not null,
  created_by blob not null,
  deleted_at integer,
  card_id blob not null,
  choice text not null,
  reason text
) strict, without rowid;

create index transition_entity on transition (entity_id);
create index conflict_resolution_card on conflict_resolution (card_id);
