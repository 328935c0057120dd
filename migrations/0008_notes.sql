-- What an organisation learned from an incident. Every note stays; the newest
-- of an incident counts.
create table incident_notes (
    id uuid primary key,
    incident_id uuid not null references incidents (id),
    message text not null,
    said_by text not null,
    author text not null,
    made_at timestamptz not null
);

create index incident_notes_incident on incident_notes (incident_id, made_at);

-- For months long past, and for the local facts of the last 90 days.
create index incidents_created on incidents (created_at);
create index local_facts_expires on local_facts (expires_at);
