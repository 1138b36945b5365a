-- The central server on PostgreSQL. Every key starts with org_id; positions, effective times and instants are
-- integers. What desks wrote is sealed with the organization's key, whole, so that no field can be forgotten; what
-- stands here in the clear is ids, positions, clocks and roles.
--
-- Only what Citus, YugabyteDB and CockroachDB have as well is used, see docs/SCALING.md.

-- What must be known before the organization is: ids only, no row-level security.
create table directory (
  what text not null,        -- 'organization', 'code', 'server' (the server key's check value)
  id bytea not null,
  org_id uuid not null,
  primary key (what, id)
);

-- One row per organization: the head. Whoever holds it decides.
create table organization (
  org_id uuid not null primary key,
  root_key bytea not null,
  server_certificate bytea not null,
  org_key bytea not null,            -- wrapped by the server's key
  epoch uuid not null,
  seq bigint not null,
  high bigint not null,
  floor bigint not null,             -- the position at which this life of the server began
  log bytea not null
);

-- Folders and how far their journals have come.
create table device (
  org_id uuid not null,
  device_id uuid not null,
  generation_id uuid not null,
  key bytea not null,
  certificate bytea not null,
  prefix text not null,
  revoked boolean not null,
  last_seq bigint not null,
  last_chain bytea not null,
  last_eff bigint not null,
  primary key (org_id, device_id, generation_id)
);

-- Every entry, accepted (it has a position) or kept aside (it has a reason).
create table entry (
  org_id uuid not null,
  device_id uuid not null,
  generation_id uuid not null,
  seq bigint not null,
  position bigint,
  eff bigint not null,
  high bigint not null,
  log bytea,
  reason text,
  header bytea not null,
  chain bytea not null,
  signature bytea not null,
  received bigint not null,
  primary key (org_id, device_id, generation_id, seq),
  check ((position is null) <> (reason is null) and (position is null) = (log is null))
);
create unique index entry_position on entry (org_id, position) where position is not null;

-- Salt and body are sealed together: a salt in the clear would let guesses be tried against the hash. Null once a
-- person was erased; the hash stays, so the chain still verifies.
create table entry_part (
  org_id uuid not null,
  device_id uuid not null,
  generation_id uuid not null,
  seq bigint not null,
  ord integer not null,
  kind integer,
  record_id uuid,
  hash bytea not null,
  sealed bytea,
  primary key (org_id, device_id, generation_id, seq, ord)
);

-- Each record once, at its newest state: the feed. Positions are kept per scope. State and clocks are sealed
-- together; the digest on its own, or it would confirm guesses.
create table record (
  org_id uuid not null,
  kind integer not null,
  record_id uuid not null,
  scope text not null,
  position bigint not null,
  sealed bytea not null,
  digest bytea not null,
  primary key (org_id, kind, record_id, scope)
);
create unique index record_feed on record (org_id, scope, position, kind, record_id);

-- Live claims, for the interval query under the head row.
create table claim (
  org_id uuid not null,
  kind integer not null,
  record_id uuid not null,
  resource_id uuid not null,
  occupied_from bigint not null,
  occupied_to bigint not null,
  primary key (org_id, kind, record_id)
);
create index claim_resource on claim (org_id, resource_id, occupied_from);

-- Who bears an identifier, found by its keyed hash.
create table identifier (
  org_id uuid not null,
  kind integer not null,
  record_id uuid not null,
  blind bytea not null,
  primary key (org_id, kind, record_id)
);
create index identifier_blind on identifier (org_id, blind);

-- What role a user held from a position on. The role is bytes: a desk may write any text, also one that `text`
-- does not take.
create table member (
  org_id uuid not null,
  user_id uuid not null,
  position bigint not null,
  device_id uuid not null,
  role bytea not null,
  active boolean not null,
  primary key (org_id, user_id, position)
);

-- One-use codes. The code itself is not kept: the key that is derived from it, sealed, checks a proof.
create table invite (
  org_id uuid not null,
  name text not null,
  code_key bytea not null,
  user_id uuid not null,
  expires bigint not null,
  tries_left integer not null,
  used_by uuid,
  primary key (org_id, name)
);

-- The nonces of contacts that would still be accepted by their time: several server processes count them together.
create table contact (
  org_id uuid not null,
  device_id uuid not null,
  nonce bytea not null,
  at bigint not null,
  primary key (org_id, device_id, nonce)
);

-- A transaction sees the one organization it named, also for the tables' owner, and nothing when it named none.
alter table organization enable row level security;
alter table organization force row level security;
create policy own on organization using (org_id = nullif(current_setting('praxis.org', true), '')::uuid);
alter table device enable row level security;
alter table device force row level security;
create policy own on device using (org_id = nullif(current_setting('praxis.org', true), '')::uuid);
alter table entry enable row level security;
alter table entry force row level security;
create policy own on entry using (org_id = nullif(current_setting('praxis.org', true), '')::uuid);
alter table entry_part enable row level security;
alter table entry_part force row level security;
create policy own on entry_part using (org_id = nullif(current_setting('praxis.org', true), '')::uuid);
alter table record enable row level security;
alter table record force row level security;
create policy own on record using (org_id = nullif(current_setting('praxis.org', true), '')::uuid);
alter table claim enable row level security;
alter table claim force row level security;
create policy own on claim using (org_id = nullif(current_setting('praxis.org', true), '')::uuid);
alter table identifier enable row level security;
alter table identifier force row level security;
create policy own on identifier using (org_id = nullif(current_setting('praxis.org', true), '')::uuid);
alter table member enable row level security;
alter table member force row level security;
create policy own on member using (org_id = nullif(current_setting('praxis.org', true), '')::uuid);
alter table invite enable row level security;
alter table invite force row level security;
create policy own on invite using (org_id = nullif(current_setting('praxis.org', true), '')::uuid);
alter table contact enable row level security;
alter table contact force row level security;
create policy own on contact using (org_id = nullif(current_setting('praxis.org', true), '')::uuid);

-- The server's role owns nothing and may do what its statements do: the journal is never deleted from.
grant select, insert, update on directory to praxis_app;
grant select, insert, update on organization to praxis_app;
grant select, insert, update on device to praxis_app;
grant select, insert, update on entry to praxis_app;
grant select, insert on entry_part to praxis_app;
grant select, insert, update on record to praxis_app;
grant select, insert, update, delete on claim to praxis_app;
grant select, insert, update, delete on identifier to praxis_app;
grant select, insert on member to praxis_app;
grant select, insert, update on invite to praxis_app;
grant select, insert, delete on contact to praxis_app;
