-- Who left one place of several, and when: a backup that is put back has them still. Whoever
-- comes back is not among them.
create table left_places (
    subscriber_id uuid not null,
    organisation text not null,
    left_at timestamptz not null,
    primary key (subscriber_id, organisation)
);
create index left_places_at on left_places (left_at);
