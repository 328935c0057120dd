-- Several accounts of one organisation on one channel, told apart by name, and
-- how each fares. SQLite cannot drop a constraint, so the table is made anew.
create table accounts_of_channels (
    id uuid primary key,
    organisation text not null,
    channel text not null,
    -- Empty where a channel takes one account only.
    name text not null,
    credentials_sealed bytea not null,
    created_at timestamptz not null,
    worked_at timestamptz,
    trouble text,
    trouble_at timestamptz,
    failing_since timestamptz,
    -- Turned off; nothing is sent until somebody turns it on again.
    stopped_at timestamptz,
    unique (organisation, channel, name)
);

insert into accounts_of_channels (id, organisation, channel, name, credentials_sealed, created_at)
    select id, organisation, channel, '', credentials_sealed, created_at from channel_accounts;

drop table channel_accounts;

alter table accounts_of_channels rename to channel_accounts;

-- Somebody asked for a message to be sent once more: being overtaken does not
-- hold it back.
alter table deliveries add column replayed_at timestamptz;

-- The posts of one account about one incident make a thread.
create index deliveries_target_broadcast on deliveries (target, broadcast_id) where reference is not null;
