-- Who did what; each entry carries the hash of the one before.
create table audit (
    seq bigint primary key,
    at timestamptz not null,
    actor uuid not null,
    actor_name text not null,
    door text not null,
    organisation text not null,
    action text not null,
    subject text not null,
    detail jsonb not null,
    previous_hash bytea not null,
    hash bytea not null
);
