-- Whom to ask at a site: a contact point and what it is called there. The
-- contact point is shared with `subscribers`; being on duty and following a
-- place have nothing else in common.
create table duties (
    id uuid primary key,
    subscriber_id uuid not null references subscribers (id),
    organisation text not null,
    label text not null,
    created_at timestamptz not null,
    ended_at timestamptz
);

create unique index duties_current on duties (subscriber_id, organisation) where ended_at is null;
create index duties_organisation on duties (organisation, id) where ended_at is null;

-- What staff are told. The broadcast has the same id.
create table calls (
    id uuid primary key,
    reason text not null,
    -- Of the incident: live, exercise or test.
    kind text not null,
    incident_id uuid references incidents (id),
    update_id uuid references updates (id),
    organisation text not null,
    subject text,
    text text,
    made_at timestamptz not null
);

-- An update calls once for each reason, whoever sees first that it has to.
create unique index calls_update on calls (update_id, reason) where update_id is not null;
create index calls_alarms on calls (made_at) where reason = 'alarm';

-- How often the sites that an incident reaches were asked, and when those that
-- are silent are asked again; null when nobody is.
create table chases (
    incident_id uuid primary key references incidents (id),
    asked integer not null,
    next_at timestamptz,
    stopped_at timestamptz
);

create index chases_due on chases (next_at) where next_at is not null;
-- Nobody is asked about what was declared before sites could be.
insert into chases (incident_id, asked) select id, 0 from incidents;

-- Those on duty come right after corrections.
update broadcasts set lane = lane + 1 where lane > 0;
update deliveries set lane = lane + 1 where lane > 0;
