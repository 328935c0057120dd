-- Decisions lie in the audit chain itself, with the action `decide`, so that
-- nothing about them can be altered unseen.
create index audit_decisions on audit (seq) where action = 'decide';
create unique index audit_decision on audit (subject) where action = 'decide';
-- Everything about one incident, for a review.
create index audit_subject on audit (subject);

-- What is counted until all of it is done. A reading is never edited; of two at
-- the same time the one entered later counts.
create table counters (
    id uuid primary key,
    incident_id uuid not null references incidents (id),
    organisation text not null,
    name text not null,
    unit text not null,
    created_at timestamptz not null,
    author text not null
);

create index counters_incident on counters (incident_id);

create table counter_readings (
    id uuid primary key,
    counter_id uuid not null references counters (id),
    done bigint not null,
    total bigint not null,
    at timestamptz not null,
    entered_at timestamptz not null,
    author text not null
);

create index counter_readings_counter on counter_readings (counter_id, at);

-- Situation reports of one organisation about one incident. A draft's figures
-- may be taken again; signed off, it has a number and is never changed.
create table reports (
    id uuid primary key,
    incident_id uuid not null references incidents (id),
    organisation text not null,
    -- The set hour that made it; null when somebody asked for it.
    due_at timestamptz,
    as_at timestamptz not null,
    content jsonb not null,
    commentary jsonb not null,
    number integer,
    signed_at timestamptz,
    signed_by text,
    -- Of content and commentary, as signed; it stands in the audit chain too.
    hash bytea,
    unique (incident_id, organisation, due_at),
    unique (incident_id, organisation, number)
);

-- When reports are due. Each row stays; the newest of an organisation counts.
create table report_rhythms (
    id uuid primary key,
    incident_id uuid not null references incidents (id),
    organisation text not null,
    -- Null for no more reports.
    rhythm jsonb,
    set_at timestamptz not null,
    author text not null
);

create index report_rhythms_incident on report_rhythms (incident_id, organisation, set_at);

-- Since when we know of places and what they use (null: since before this was
-- kept), and what stood there before it was changed: so that a page of the past
-- rests on the places of its time.
alter table organisations add column known_at timestamptz;
alter table organisation_links add column known_at timestamptz;
alter table organisation_systems add column known_at timestamptz;

create table directory_past (
    id uuid primary key,
    until_at timestamptz not null,
    -- organisation, link or system.
    kind text not null,
    was jsonb not null
);

create index directory_past_until on directory_past (until_at);
