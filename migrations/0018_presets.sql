-- What is said in a hurry, written in quiet times.
create table presets (
    id uuid primary key,
    -- Whose it is; it is offered to all below it as well.
    organisation text not null,
    content jsonb not null,
    content_hash bytea not null,
    author jsonb not null,
    -- Who changed it last; the author at first.
    editor jsonb not null,
    made_at timestamptz not null,
    edited_at timestamptz not null,
    -- Who agreed that one person may publish it alone in an emergency, and the
    -- hash of what they saw: the approval holds for that alone.
    approved_by jsonb,
    approved_at timestamptz,
    approved_hash bytea,
    removed_at timestamptz
);

create index presets_organisation on presets (organisation) where removed_at is null;
