-- Words that were written anew because what they rest on changed, as they were
-- until then: what was sent before had these (proof, and for looking it up).
create table earlier_messages (
    broadcast_id uuid not null references broadcasts (id),
    organisation text not null,
    locale text not null,
    until_at timestamptz not null,
    body jsonb not null,
    primary key (broadcast_id, organisation, locale, until_at)
);
