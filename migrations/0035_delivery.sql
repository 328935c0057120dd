-- When a message was due before somebody put it off: what waits is late by that,
-- and not by the time of its next try. Null where nobody did.
alter table deliveries add column first_due_at timestamptz;
-- Almost empty while all is well, so it costs a claim nothing.
create index deliveries_put_off on deliveries (channel, lane, first_due_at)
    where state = 'queued' and first_due_at is not null;
-- The language that somebody chose with the sign-up whose code waits for an answer.
alter table subscriptions add column locale_asked text;
