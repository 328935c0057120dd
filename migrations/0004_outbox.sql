-- One row per thing to be told. The audience is a reference (the incident's
-- target at `created_at`), expanded into deliveries in resumable chunks.
create table broadcasts (
    id uuid primary key,
    kind text not null,
    incident_id uuid references incidents (id),
    update_id uuid references updates (id),
    -- For a correction: the update whose audience it goes to.
    corrects uuid,
    lane integer not null,
    content_hash bytea not null,
    epoch integer not null,
    created_at timestamptz not null,
    -- How far the audience has been expanded; null before the first chunk.
    cursor uuid,
    social_done boolean not null,
    expanded_at timestamptz,
    superseded_at timestamptz
);

create index broadcasts_pending on broadcasts (lane, created_at) where expanded_at is null;
create index broadcasts_incident on broadcasts (incident_id);

-- The exact words, once per audience.
create table messages (
    broadcast_id uuid not null references broadcasts (id),
    organisation text not null,
    locale text not null,
    body jsonb not null,
    primary key (broadcast_id, organisation, locale)
);

-- `target` is a subscriber, or an account of an organisation.
create table deliveries (
    id uuid primary key,
    broadcast_id uuid not null references broadcasts (id),
    target uuid not null,
    channel text not null,
    organisation text not null,
    locale text not null,
    lane integer not null,
    state text not null,
    reason text,
    made_at timestamptz not null,
    due_at timestamptz not null,
    deadline_at timestamptz not null,
    epoch integer not null,
    attempt integer not null,
    lease_owner uuid,
    lease_until timestamptz,
    look_ups integer not null,
    reference text,
    settled_at timestamptz,
    unique (broadcast_id, target)
);

create index deliveries_due on deliveries (channel, lane, due_at) where state = 'queued';
create index deliveries_sending on deliveries (lease_until) where state = 'sending';
create index deliveries_unclear on deliveries (due_at) where state = 'unclear';
create index deliveries_reference on deliveries (reference) where reference is not null;
create index deliveries_target on deliveries (target);

-- Committed before a byte leaves; `outcome` stays null when nobody knows.
create table attempts (
    delivery_id uuid not null references deliveries (id),
    number integer not null,
    started_at timestamptz not null,
    ended_at timestamptz,
    outcome text,
    detail text,
    primary key (delivery_id, number)
);

create table channel_pauses (
    channel text primary key,
    until_at timestamptz not null,
    reason text not null
);

-- Accounts that organisations post with. Credentials are sealed.
create table channel_accounts (
    id uuid primary key,
    organisation text not null,
    channel text not null,
    credentials_sealed bytea not null,
    created_at timestamptz not null,
    unique (organisation, channel)
);
