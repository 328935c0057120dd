-- One contact point each, sealed, found by keyed hash. No names.
create table subscribers (
    id uuid primary key,
    channel text not null,
    contact_sealed bytea,
    contact_hash bytea,
    locale text not null,
    created_at timestamptz not null,
    confirmed_at timestamptz,
    left_at timestamptz,
    -- When the last code was sent, and how many in a row got no answer: few
    -- are sent to somebody who does not answer.
    code_sent_at timestamptz,
    codes_unanswered integer not null,
    unique (channel, contact_hash)
);

create table subscriptions (
    subscriber_id uuid not null references subscribers (id),
    organisation text not null,
    created_at timestamptz not null,
    -- Null until the person has answered the code for it.
    confirmed_at timestamptz,
    -- When the code for it was sent, while it waits for an answer, and how
    -- often it was tried. A code serves no other subscription.
    code_sent_at timestamptz,
    code_tries integer not null,
    primary key (subscriber_id, organisation)
);

create index subscriptions_organisation on subscriptions (organisation, subscriber_id);
