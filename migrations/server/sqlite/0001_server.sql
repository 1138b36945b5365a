-- The central server on an embedded vault file. Every key starts with org_id; positions, effective times and
-- instants are integers. `directory` holds ids only: what must be known before the organization is.

create table directory (
  what text not null,        -- 'code'
  id blob not null,
  org_id blob not null,
  primary key (what, id)
) strict, without rowid;

-- One row per organization: the head. Whoever holds it decides.
create table organization (
  org_id blob primary key not null check (length(org_id) = 16),
  root_key blob not null check (length(root_key) = 32),
  server_certificate blob not null,
  epoch blob not null check (length(epoch) = 16),
  seq integer not null default 0,
  high integer not null default 0,
  floor integer not null default 0, -- the position at which this life of the server began
  log blob not null default (zeroblob(32)) check (length(log) = 32)
) strict, without rowid;

-- Folders and how far their journals have come.
create table device (
  org_id blob not null,
  device_id blob not null,
  generation_id blob not null,
  key blob not null,
  certificate blob not null,
  prefix text not null,
  revoked integer not null default 0,
  last_seq integer not null default 0,
  last_chain blob not null,
  last_eff integer not null default 0,
  primary key (org_id, device_id, generation_id)
) strict, without rowid;

-- Every entry, accepted (it has a position) or kept aside (it has a reason).
create table entry (
  org_id blob not null,
  device_id blob not null,
  generation_id blob not null,
  seq integer not null,
  position integer,
  eff integer not null,
  high integer not null,
  log blob,
  reason text,
  header blob not null,
  chain blob not null,
  signature blob not null,
  received integer not null,
  primary key (org_id, device_id, generation_id, seq),
  check ((position is null) <> (reason is null) and (position is null) = (log is null))
) strict, without rowid;
create unique index entry_position on entry (org_id, position) where position is not null;

-- Salt and body are null once a person was erased; the hash stays, so the chain still verifies.
create table entry_part (
  org_id blob not null,
  device_id blob not null,
  generation_id blob not null,
  seq integer not null,
  ord integer not null,
  kind integer,
  record_id blob,
  hash blob not null,
  salt blob,
  body blob,
  primary key (org_id, device_id, generation_id, seq, ord)
) strict, without rowid;
create index entry_part_record on entry_part (org_id, kind, record_id) where kind is not null;

-- Each record once, at its newest state: the feed. Positions are kept per scope.
create table record (
  org_id blob not null,
  kind integer not null,
  record_id blob not null,
  scope text not null,
  position integer not null,
  state blob not null,
  clocks blob not null,
  digest blob not null,
  primary key (org_id, kind, record_id, scope)
) strict, without rowid;
create unique index record_feed on record (org_id, scope, position, kind, record_id);

-- Live claims, for the interval query under the head row.
create table claim (
  org_id blob not null,
  kind integer not null,
  record_id blob not null,
  resource_id blob not null,
  occupied_from integer not null,
  occupied_to integer not null,
  primary key (org_id, kind, record_id)
) strict, without rowid;
create index claim_resource on claim (org_id, resource_id, occupied_from);

-- What role a user held from a position on.
create table member (
  org_id blob not null,
  user_id blob not null,
  position integer not null,
  device_id blob not null,
  role text not null,
  active integer not null,
  primary key (org_id, user_id, position)
) strict, without rowid;

-- One-use codes. The code itself is not kept: the key that is derived from it checks a proof.
create table invite (
  org_id blob not null,
  name text not null,
  code_key blob not null,
  user_id blob not null,
  expires integer not null,
  tries_left integer not null,
  used_by blob,
  primary key (org_id, name)
) strict, without rowid;
