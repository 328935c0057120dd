-- What went wrong, what was said about it, and who answered.
create table incidents (
    id uuid primary key,
    title text not null,
    system text,
    scope text,
    organisations jsonb,
    declared_by text not null,
    kind text not null,
    level integer,
    created_at timestamptz not null,
    closed_at timestamptz
);

create index incidents_open on incidents (closed_at, created_at);

create table updates (
    id uuid primary key,
    incident_id uuid not null references incidents (id),
    seq integer not null,
    stage text not null,
    lines jsonb not null,
    message text,
    published_at timestamptz not null,
    next_update_by timestamptz not null,
    said_by text not null,
    author text not null,
    withdrawn_at timestamptz,
    corrects uuid references updates (id),
    unique (incident_id, seq)
);

-- Every answer stays; the newest of an organisation counts.
create table responses (
    id uuid primary key,
    incident_id uuid not null references incidents (id),
    organisation text not null,
    answer text not null,
    lines jsonb not null,
    message text,
    made_at timestamptz not null,
    author text not null
);

create index responses_incident on responses (incident_id, organisation, made_at);

-- Every set of local facts stays; the newest of an organisation counts.
create table local_facts (
    id uuid primary key,
    organisation text not null,
    lines jsonb not null,
    message text,
    phone text,
    expires_at timestamptz not null,
    set_at timestamptz not null,
    author text not null,
    is_current boolean not null
);

create unique index local_facts_current on local_facts (organisation) where is_current;
