-- What one person may not say alone: kept here until somebody else agrees.
create table proposals (
    -- The id that the update has, or will have; of local facts, its own.
    id uuid primary key,
    kind text not null,
    -- The incident that it is about, or will make.
    incident_id uuid,
    -- In whose name it is said.
    organisation text not null,
    content jsonb not null,
    -- Of content, audience and channels: an approval holds for this alone.
    content_hash bytea not null,
    reasons jsonb not null,
    standing text not null,
    author jsonb not null,
    -- Who changed it last; the author at first.
    editor jsonb not null,
    made_at timestamptz not null,
    edited_at timestamptz not null,
    -- Who approved, refused or broke the glass, and why.
    decided_by jsonb,
    decided_at timestamptz,
    decided_because text,
    reviewed_by jsonb,
    reviewed_at timestamptz
);

create index proposals_standing on proposals (standing, made_at);
