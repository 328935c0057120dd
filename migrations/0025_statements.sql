-- Who has a word beside the NHS's own: suppliers about their systems, partner
-- bodies about an area. `kinds` is {"kinds": ["pharmacy"]}.
create table speakers (
    id uuid primary key,
    key text not null,
    name text not null,
    kind text not null,
    scope text,
    kinds jsonb,
    admitted_by text not null,
    admitted_at timestamptz not null,
    ended_at timestamptz
);

create unique index speakers_key on speakers (key) where ended_at is null;

-- Never changed but for being taken back.
create table statements (
    id uuid primary key,
    speaker uuid not null references speakers (id),
    system text,
    message text not null,
    message_in jsonb,
    made_at timestamptz not null,
    until_at timestamptz not null,
    author text not null,
    taken_back_at timestamptz
);

create index statements_made on statements (speaker, made_at);

create view statements_said as
select s.id, s.system, s.message, s.message_in, s.made_at, s.until_at, s.taken_back_at,
       p.id as speaker_id, p.key as speaker_key, p.name, p.kind as speaker_kind, p.scope, p.kinds,
       p.admitted_by, p.ended_at
from statements s join speakers p on p.id = s.speaker;

-- Somebody who acts for a speaker, and for nobody else.
alter table users add column speaker uuid references speakers (id);
alter table api_tokens add column speaker uuid references speakers (id);
