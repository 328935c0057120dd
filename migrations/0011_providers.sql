-- Who takes a message where several could: a mail relay, a service for texts.
-- `pinned_to` is set while nobody knows whether that one has it already: then
-- no other may get it.
alter table deliveries add column provider text;
alter table deliveries add column pinned_to text;
alter table attempts add column provider text;

-- What waits, and why: a provider of a channel ("sms twilio"). When the time
-- is up it is asked; then one message is sent by way of trial.
drop table channel_pauses;
create table pauses (
    scope text primary key,
    until_at timestamptz not null,
    reason text not null,
    -- How often in a row, for waiting longer and longer.
    fails integer not null,
    trial boolean not null
);

-- An address that takes no messages. The contact stays for a while: mail
-- systems in trouble say "no such mailbox" of everybody.
alter table subscribers add column suspended_at timestamptz;
alter table subscribers add column suspended_because text;

-- Failures for good that may be the address's own, one for each message.
create table bounces (
    delivery_id uuid primary key,
    subscriber_id uuid not null references subscribers (id),
    at timestamptz not null
);

create index bounces_subscriber on bounces (subscriber_id, at);
