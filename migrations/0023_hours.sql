-- When organisations are open, as they or a file said last.
create table hours (
    organisation text primary key,
    content jsonb not null,
    set_at timestamptz not null,
    set_by text not null
);
