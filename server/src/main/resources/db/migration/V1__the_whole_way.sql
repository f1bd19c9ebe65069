-- The store (docs/architecture.md). PostgreSQL 17 and 18.
-- Texts that come from outside are bounded here too: what validation lets slip must not fill a disk.

-- Who we are ---------------------------------------------------------------------------------------

create table deployment (
  only_one    boolean     not null default true,
  id          text        not null,
  store_epoch text        not null,
  created_at  timestamptz not null default now(),
  constraint deployment_pk primary key (only_one),
  constraint deployment_one_row check (only_one),
  constraint deployment_id_hex check (id ~ '^[0-9a-f]{32}$'),
  constraint deployment_epoch_hex check (store_epoch ~ '^[0-9a-f]{32}$')
);
comment on table deployment is
  'One row: the random id that reports are bound to, and the epoch that changes when the database was restored from a copy.';

insert into deployment (id, store_epoch)
values (replace(gen_random_uuid()::text, '-', ''), replace(gen_random_uuid()::text, '-', ''));

create table server_key (
  kid        text        not null,
  use        text        not null,
  jwk        text        not null,
  valid_from timestamptz not null,
  retired_at timestamptz,
  constraint server_key_pk primary key (kid),
  constraint server_key_use check (use in ('sig', 'enc'))
);
comment on table server_key is
  'Public parts of the servers'' keys and when they were valid; the private parts never leave the keys file.';

-- Agents -------------------------------------------------------------------------------------------

create table agent (
  agent_id        int4        generated always as identity,
  name            text        not null,
  region          text        not null,
  tags            jsonb       not null default '{}',
  may_report      text[]      not null default '{*}',
  created_at      timestamptz not null default now(),
  removed_at      timestamptz,
  last_seen_at    timestamptz,
  clock_offset_us int8,
  version         text,
  acknowledged_at timestamptz,
  forked_at       timestamptz,
  constraint agent_pk primary key (agent_id),
  constraint agent_name unique (name),
  constraint agent_name_bounded check (length(name) between 1 and 64),
  constraint agent_region_bounded check (length(region) between 1 and 64)
);
comment on table agent is 'Registered agents. The name is the id that configurations and log lines carry.';
comment on column agent.may_report is 'Patterns of monitor ids, * for any characters.';
comment on column agent.acknowledged_at is
  'When it last took a signed acknowledgement, within a minute; null: it never asked, so it is queue-acknowledged.';
comment on column agent.forked_at is 'When two different reports were last seen for one range of its sequences.';

create table stream (
  stream_id          int4           generated always as identity,
  agent_id           int4           not null,
  stream             text           not null,
  fork_of            int4,
  fork_no            int2           not null default 0,
  continues_stream   text,
  continues_sequence int8,
  continues_hash     bytea,
  received           int8multirange not null default '{}',
  lost               int8multirange not null default '{}',
  refused            int8multirange not null default '{}',
  -- All sequences from 1 to this one are received, refused or declared lost.
  contiguous         int8           not null generated always as
    (lower('{[1,)}'::int8multirange - (received + lost + refused)) - 1) stored,
  reports            int8           not null default 0,
  results            int8           not null default 0,
  gaps               int4           not null default 0,
  chain_breaks       int4           not null default 0,
  fork_first         int8,
  fork_last          int8,
  boot               text,
  first_seen_at      timestamptz    not null,
  last_seen_at       timestamptz    not null,
  constraint stream_pk primary key (stream_id),
  constraint stream_agent foreign key (agent_id) references agent,
  constraint stream_fork_of foreign key (fork_of) references stream,
  constraint stream_identity unique (agent_id, stream, fork_no),
  constraint stream_hex check (stream ~ '^[0-9a-f]{32}$'),
  constraint stream_fork check ((fork_no = 0) = (fork_of is null)),
  constraint stream_disjoint check (not received && lost)
);
create index stream_fork_of_index on stream (fork_of) where fork_of is not null;
comment on table stream is
  'The unbroken life of one data_dir, and the accounting of its sequences; locked FOR UPDATE by whoever stores a report of it. A fork has a row of its own.';
comment on column stream.fork_first is 'On the row with fork_no 0: the newest range for which a different report is held.';

create table agent_key (
  kid              text        not null,
  agent_id         int4        not null,
  jwk              text        not null,
  valid_from       timestamptz not null,
  retired_at       timestamptz,
  retired_stream   text,
  retired_sequence int8,
  revoked_at       timestamptz,
  revoked_as_of    timestamptz,
  constraint agent_key_pk primary key (kid),
  constraint agent_key_agent foreign key (agent_id) references agent,
  constraint agent_key_bounded check (length(jwk) <= 2000)
);
create index agent_key_agent_index on agent_key (agent_id);
comment on table agent_key is 'Public keys of agents by RFC 7638 thumbprint.';
comment on column agent_key.retired_sequence is
  'The rotate line that named the next key: reports of that stream from it on have to be signed by that one.';
comment on column agent_key.revoked_as_of is 'Reports received from this time on are refused; null: from revoked_at.';

-- Reports ------------------------------------------------------------------------------------------

create table report (
  report_id   int8        generated always as identity,
  stream_id   int4        not null,
  first       int8        not null,
  last        int8        not null,
  hash        bytea       not null,
  kind        text        not null,
  kid         text        not null,
  previous    bytea,
  dropped     bytea,
  sealed_at   timestamptz not null,
  received_at timestamptz not null,
  transport   text        not null,
  stored      int4        not null,
  refused     int4        not null,
  constraint report_pk primary key (report_id),
  constraint report_stream foreign key (stream_id) references stream,
  constraint report_kid foreign key (kid) references agent_key,
  constraint report_identity unique (stream_id, first, last, hash),
  constraint report_range check (first >= 1 and last >= first),
  constraint report_kind check (kind in ('lines', 'gap')),
  constraint report_hash check (length(hash) = 32)
);
create index report_hash_index on report (stream_id, hash);
create index report_last_index on report (stream_id, last);
create index report_kid_index on report (kid);
create index report_received_index on report (received_at);
comment on table report is
  'Every report that was taken in, once: the base of idempotence. Written in the transaction of its results.';

create table report_evidence (
  report_id   int8        not null,
  received_at timestamptz not null,
  jws         text        not null,
  constraint report_evidence_pk primary key (report_id, received_at)
) partition by range (received_at);
-- Base64 of gzip does not compress: do not try.
alter table report_evidence alter column jws set storage external;
comment on table report_evidence is
  'The signed bytes of each report, kept by the day they were received. No foreign key: partitions are dropped whole.';

create table refused_range (
  refused_id int8        generated always as identity,
  stream_id  int4        not null,
  report_id  int8        not null,
  first      int8        not null,
  last       int8        not null,
  reason     text        not null,
  detail     text        not null,
  refused_at timestamptz not null,
  constraint refused_range_pk primary key (refused_id),
  constraint refused_range_stream foreign key (stream_id) references stream,
  constraint refused_range_report foreign key (report_id) references report on delete cascade,
  constraint refused_range_range check (first >= 1 and last >= first),
  constraint refused_range_bounded check (length(detail) <= 500)
);
create index refused_range_stream_index on refused_range (stream_id, first);
create index refused_range_report_index on refused_range (report_id);
comment on table refused_range is 'Sequences of authentic reports that will never be stored, and why.';

create table rejected_report (
  rejected_id int8        generated always as identity,
  first_at    timestamptz not null,
  last_at     timestamptz not null,
  reason      text        not null,
  detail      text        not null,
  transport   text        not null,
  bytes       int4        not null,
  sha256      bytea       not null,
  sample      bytea       not null,
  count       int8        not null default 1,
  constraint rejected_report_pk primary key (rejected_id),
  constraint rejected_report_content unique (sha256, reason),
  constraint rejected_report_bounded check (length(detail) <= 500 and length(sample) <= 512)
);
create index rejected_report_time_index on rejected_report (last_at);
comment on table rejected_report is
  'What arrived and was not authentic: the newest 10,000 kinds of it, with the beginning of each.';

create table rejected_count (
  day       date not null,
  reason    text not null,
  transport text not null,
  count     int8 not null,
  constraint rejected_count_pk primary key (day, reason, transport)
);
comment on table rejected_count is 'How many were rejected: all of them, those too for which rejected_report had no room.';

-- Monitors -----------------------------------------------------------------------------------------

create table monitor (
  monitor_id int4        generated always as identity,
  slug       text        not null,
  created_at timestamptz not null default now(),
  constraint monitor_pk primary key (monitor_id),
  constraint monitor_slug unique (slug),
  constraint monitor_slug_bounded check (slug ~ '^[a-z0-9][a-z0-9._-]{0,63}$')
);
comment on table monitor is 'What is watched: the id that people gave it, once and for ever.';

create table monitor_definition (
  definition_id      int4        generated always as identity,
  monitor_id         int4        not null,
  short_hash         bytea       not null,
  hash               bytea,
  essence            bytea,
  name               text        not null,
  type               text        not null,
  url                text        not null,
  enabled            boolean     not null,
  interval_ms        int8        not null,
  timeout_ms         int8,
  retry_interval_ms  int8,
  failure_threshold  int4,
  recovery_threshold int4,
  quorum             text,
  group_name         text,
  tags               jsonb       not null default '{}',
  definition         jsonb,
  first_seen_at      timestamptz not null,
  constraint monitor_definition_pk primary key (definition_id),
  constraint monitor_definition_monitor foreign key (monitor_id) references monitor,
  constraint monitor_definition_identity unique (monitor_id, short_hash),
  constraint monitor_definition_short_hash check (length(short_hash) = 8),
  constraint monitor_definition_hash check (hash is null or length(hash) = 32)
);
comment on table monitor_definition is
  'What a definition''s hash stands for. Until a hello line told it in full, hash is null and name, type, URL and interval are those of a result.';
comment on column monitor_definition.essence is
  'SHA-256 of type, URL and assertions: agents that differ in it are in conflict.';

create table configuration (
  configuration_id int4           generated always as identity,
  agent_id         int4           not null,
  stream_id        int4           not null,
  revision         int8           not null,
  version          text           not null,
  parts            int4           not null,
  parts_received   int4multirange not null,
  complete         boolean        not null generated always as
    (parts_received @> int4range(1, parts, '[]')) stored,
  at               timestamptz    not null,
  constraint configuration_pk primary key (configuration_id),
  constraint configuration_agent foreign key (agent_id) references agent,
  constraint configuration_stream foreign key (stream_id) references stream,
  constraint configuration_identity unique (stream_id, revision),
  constraint configuration_parts check (parts >= 1)
);
create index configuration_agent_index on configuration (agent_id, at desc) where complete;
comment on table configuration is 'A revision of an agent''s configuration, as its hello lines said it.';

create table monitor_declaration (
  configuration_id int4 not null,
  monitor_id       int4 not null,
  definition_id    int4 not null,
  constraint monitor_declaration_pk primary key (configuration_id, monitor_id),
  constraint monitor_declaration_configuration foreign key (configuration_id) references configuration on delete cascade,
  constraint monitor_declaration_monitor foreign key (monitor_id) references monitor,
  constraint monitor_declaration_definition foreign key (definition_id) references monitor_definition
);
create index monitor_declaration_monitor_index on monitor_declaration (monitor_id);
create index monitor_declaration_definition_index on monitor_declaration (definition_id);
comment on table monitor_declaration is 'Which monitors a revision lists: definitions per (monitor, agent, revision).';

-- Results ------------------------------------------------------------------------------------------

create table failure_kind (
  kind int2 not null,
  code text not null,
  constraint failure_kind_pk primary key (kind),
  constraint failure_kind_code unique (code)
);
comment on table failure_kind is 'check_result.kind in words.';
insert into failure_kind (kind, code) values
  (1, 'dns'), (2, 'connect_refused'), (3, 'unreachable'), (4, 'connect_timeout'), (5, 'tls'),
  (6, 'certificate_expired'), (7, 'certificate_untrusted'), (8, 'certificate_hostname'), (9, 'timeout'),
  (10, 'connection_reset'), (11, 'protocol'), (12, 'proxy'), (13, 'too_many_redirects'),
  (14, 'unexpected_location'), (15, 'http_status'), (16, 'content_missing'), (17, 'content_forbidden'),
  (18, 'assertion'), (19, 'too_slow'), (20, 'blocked_address'), (21, 'agent_offline'), (22, 'internal'),
  (99, 'other');

create table result_detail (
  detail_id              int4        generated always as identity,
  hash                   bytea       not null,
  message                text,
  address                text,
  certificate_expires_at timestamptz,
  content_matched        boolean,
  hops                   jsonb,
  excerpt                text,
  count                  int4        not null default 1,
  until                  timestamptz,
  clock_stepped          boolean     not null default false,
  due_offset_us          int8,
  duration_us            int8,
  dns_us                 int8,
  connect_us             int8,
  tls_us                 int8,
  wait_us                int8,
  transfer_us            int8,
  last_used              date        not null,
  constraint result_detail_pk primary key (detail_id),
  constraint result_detail_hash unique (hash),
  constraint result_detail_hash_length check (length(hash) = 32)
);
create index result_detail_last_used_index on result_detail (last_used);
comment on table result_detail is 'What results say beside numbers, each combination once.';
comment on column result_detail.count is 'Missed checks folded into one result; until is then the end of their span.';
comment on column result_detail.duration_us is
  'This and the others in microseconds only where one is past the 35 minutes of an int4; the int4 column is then at its bound.';

create table check_result (
  at            timestamptz not null,
  sequence      int8        not null,
  monitor_id    int4        not null,
  stream_id     int4        not null,
  definition_id int4        not null,
  detail_id     int4,
  due_offset_us int4        not null,
  duration_us   int4        not null,
  dns_us        int4,
  connect_us    int4,
  tls_us        int4,
  wait_us       int4,
  transfer_us   int4,
  http_status   int2,
  kind          int2,
  status        "char"      not null,
  constraint check_result_pk primary key (monitor_id, stream_id, at),
  constraint check_result_status check (status in ('u', 'g', 'd', 'n', 'm'))
) partition by range (at);
comment on table check_result is
  'Every check of the raw retention. No foreign keys: ids are read in the transaction that writes them, and none is ever deleted.';
comment on column check_result.status is 'u up, g degraded, d down, n unknown, m missed';
comment on column check_result.due_offset_us is 'How long after it was due the check began.';

create table result_out_of_time (
  stream_id   int4        not null,
  sequence    int8        not null,
  monitor_id  int4        not null,
  at          timestamptz not null,
  received_at timestamptz not null,
  line        text        not null,
  constraint result_out_of_time_pk primary key (stream_id, sequence),
  constraint result_out_of_time_stream foreign key (stream_id) references stream,
  constraint result_out_of_time_monitor foreign key (monitor_id) references monitor
);
create index result_out_of_time_monitor_index on result_out_of_time (monitor_id, received_at);
comment on table result_out_of_time is
  'Results older than the raw retention or more than 15 minutes ahead when received: kept and shown, in no verdict.';

create table last_result (
  monitor_id int4        not null,
  agent_id   int4        not null,
  stream_id  int4        not null,
  at         timestamptz not null,
  constraint last_result_pk primary key (monitor_id, agent_id),
  constraint last_result_monitor foreign key (monitor_id) references monitor,
  constraint last_result_agent foreign key (agent_id) references agent,
  constraint last_result_stream foreign key (stream_id) references stream
);
create index last_result_agent_index on last_result (agent_id);
create index last_result_stream_index on last_result (stream_id);
comment on table last_result is 'The key of the newest result (greatest at) of each monitor by each agent, for overviews.';

create table evaluation_due (
  monitor_id int4        not null,
  from_time  timestamptz not null,
  constraint evaluation_due_pk primary key (monitor_id),
  constraint evaluation_due_monitor foreign key (monitor_id) references monitor
);
comment on table evaluation_due is
  'Monitors with results that no verdict has seen, and from when on. Written with the results, always DO UPDATE (docs/verdict.md).';

-- Partitions ---------------------------------------------------------------------------------------

-- Makes the partition of one UTC day. Attaching takes a lock that lets others insert meanwhile, which
-- "create table ... partition of" does not.
create function make_day_partition(parent text, day date) returns void language plpgsql as $$
declare
  partition text := parent || '_' || to_char(day, 'YYYYMMDD');
  starts timestamptz := day::timestamp at time zone 'UTC';
  ends timestamptz := (day + 1)::timestamp at time zone 'UTC';
begin
  -- Several servers may want the same day at the same time; the number only has to be ours.
  perform pg_advisory_xact_lock(7760613, hashtext(parent));
  if to_regclass(quote_ident(partition)) is null then
    execute format('create table %I (like %I including defaults including constraints including storage)',
      partition, parent);
    execute format('alter table %I attach partition %I for values from (%L) to (%L)',
      parent, partition, starts, ends);
  end if;
end
$$;
comment on function make_day_partition is 'Makes the partition of one UTC day if there is none; safe among several servers.';

-- Access -------------------------------------------------------------------------------------------

create table api_key (
  key_id       text        not null,
  secret_hash  bytea       not null,
  name         text        not null,
  scopes       text[]      not null,
  agent_id     int4,
  created_at   timestamptz not null default now(),
  expires_at   timestamptz,
  revoked_at   timestamptz,
  last_used_at timestamptz,
  constraint api_key_pk primary key (key_id),
  constraint api_key_agent foreign key (agent_id) references agent,
  constraint api_key_secret check (length(secret_hash) = 32),
  constraint api_key_scopes check (scopes <@ array['ingest', 'read', 'admin'])
);
create index api_key_agent_index on api_key (agent_id);
comment on table api_key is 'wm_<key_id>_<secret>: only SHA-256 of the secret is kept.';
comment on column api_key.agent_id is 'An ingest key may be bound to one agent.';

create table login_link (
  token_hash bytea       not null,
  scopes     text[]      not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at    timestamptz,
  constraint login_link_pk primary key (token_hash),
  constraint login_link_token check (length(token_hash) = 32)
);
create index login_link_expiry_index on login_link (expires_at);
comment on table login_link is 'One-time links that become a session.';

create table session (
  token_hash   bytea       not null,
  subject      text        not null,
  scopes       text[]      not null,
  created_at   timestamptz not null default now(),
  expires_at   timestamptz not null,
  last_used_at timestamptz,
  ended_at     timestamptz,
  constraint session_pk primary key (token_hash),
  constraint session_token check (length(token_hash) = 32)
);
create index session_expiry_index on session (expires_at);
comment on table session is 'Browser sessions; the cookie''s value is kept as SHA-256 only.';

create table audit_log (
  audit_id int8        generated always as identity,
  at       timestamptz not null default now(),
  actor    text        not null,
  action   text        not null,
  subject  text        not null,
  detail   jsonb       not null default '{}',
  constraint audit_log_pk primary key (audit_id)
);
create index audit_log_time_index on audit_log (at);
comment on table audit_log is 'Who changed what; append only.';
