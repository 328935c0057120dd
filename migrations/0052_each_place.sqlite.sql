-- A reader of several places may be told in the name of each: once for each of them and
-- not once in all. SQLite has no other way than to make the table anew, and with it the
-- one that refers to it. What is over for its reader with a message that is no end of the
-- incident is kept with the message.
create table new_deliveries (
    id uuid primary key,
    broadcast_id uuid not null references broadcasts (id),
    target uuid not null,
    channel text not null,
    organisation text not null,
    locale text not null,
    lane integer not null,
    state text not null,
    reason text,
    made_at timestamptz not null,
    due_at timestamptz not null,
    deadline_at timestamptz not null,
    epoch integer not null,
    attempt integer not null,
    lease_owner uuid,
    lease_until timestamptz,
    look_ups integer not null,
    reference text,
    settled_at timestamptz,
    replayed_at timestamptz,
    provider text,
    pinned_to text,
    first_due_at timestamptz,
    is_last boolean not null default false,
    unique (broadcast_id, target, organisation)
);

insert into new_deliveries (id, broadcast_id, target, channel, organisation, locale, lane, state, reason, made_at,
        due_at, deadline_at, epoch, attempt, lease_owner, lease_until, look_ups, reference, settled_at, replayed_at,
        provider, pinned_to, first_due_at)
    select id, broadcast_id, target, channel, organisation, locale, lane, state, reason, made_at,
        due_at, deadline_at, epoch, attempt, lease_owner, lease_until, look_ups, reference, settled_at, replayed_at,
        provider, pinned_to, first_due_at from deliveries;

create table new_attempts (
    delivery_id uuid not null references new_deliveries (id),
    number integer not null,
    started_at timestamptz not null,
    ended_at timestamptz,
    outcome text,
    detail text,
    provider text,
    primary key (delivery_id, number)
);

insert into new_attempts (delivery_id, number, started_at, ended_at, outcome, detail, provider)
    select delivery_id, number, started_at, ended_at, outcome, detail, provider from attempts;

drop table attempts;
drop table deliveries;
alter table new_deliveries rename to deliveries;
alter table new_attempts rename to attempts;

create index deliveries_due on deliveries (channel, lane, due_at, id) where state = 'queued';
create index deliveries_retried on deliveries (channel, lane, due_at, id)
    where state = 'queued' and provider > '';
create index deliveries_put_off on deliveries (channel, lane, first_due_at)
    where state = 'queued' and first_due_at is not null;
create index deliveries_sending on deliveries (lease_until) where state = 'sending';
create index deliveries_unclear on deliveries (due_at) where state = 'unclear';
create index deliveries_reference on deliveries (reference) where reference > '';
create index deliveries_settled on deliveries (target, settled_at);
