-- What any local-first folder needs. Knows no clinic word. Older applications may not open it.

-- Who this folder is. One row.
create table local_identity (
  one integer primary key check (one = 1),
  org blob not null check (length(org) = 16),
  device blob not null check (length(device) = 16),
  generation blob not null check (length(generation) = 16),
  prefix text not null,
  secret blob not null check (length(secret) = 32),
  certificate blob not null,
  root_secret blob check (root_secret is null or length(root_secret) = 32)
) strict;

-- Facts about the folder itself: the highest hybrid time seen, the server's address, nonces.
create table local_fact (
  name text primary key not null,
  value any
) strict, without rowid;

-- The journal: outbox, audit trail and history in one. docs/formats.md describes the bytes.
create table journal (
  ordinal integer primary key,
  generation blob not null,
  seq integer not null,
  header blob not null,
  chain blob not null,
  signature blob not null,
  state integer not null default 0, -- 0 waiting, 1 acknowledged, 2 quarantined
  position integer,                 -- the server's, once acknowledged
  eff integer,                      -- when it counts, by the server
  receipt blob,                     -- the server's word that it took the entry in; outlives the server's disk
  reason text,                      -- why it was quarantined
  unique (generation, seq)
) strict;
create index journal_waiting on journal (ordinal) where state = 0;
create index journal_position on journal (position) where position is not null;

create table journal_part (
  ordinal integer not null references journal (ordinal),
  ord integer not null,
  kind integer not null,
  record blob not null,
  hash blob not null,
  salt blob,
  body blob,
  old blob,
  primary key (ordinal, ord)
) strict, without rowid;
create index journal_part_record on journal_part (record, ordinal);

-- Where each record stands in the server's sequence, and the desk that made it (null: the server did).
create table record_position (
  kind integer not null,
  record blob not null,
  scope text not null,
  position integer not null,
  made_by blob,
  primary key (kind, record, scope)
) strict, without rowid;

-- The server's version of records that this desk has changed and the server has not yet taken in.
create table shadow (
  kind integer not null,
  record blob not null,
  state blob not null,
  primary key (kind, record)
) strict, without rowid;

-- How far each scope has been swapped in. Exclusive: everything up to and including this position is here.
create table cursor (
  scope text primary key not null,
  position integer not null,
  epoch blob not null,
  log blob -- the hash of the server's log up to there
) strict, without rowid;

-- States that have arrived and wait until their scope is complete.
create table staged (
  scope text not null,
  kind integer not null,
  record blob not null,
  position integer not null,
  made_by blob,
  state blob not null,
  primary key (scope, kind, record)
) strict, without rowid;

-- Fields and kinds of a newer peer, kept until this program knows them.
create table unknown_field (
  kind integer not null,
  record blob not null,
  field integer not null,
  value blob not null,
  primary key (kind, record, field)
) strict, without rowid;
