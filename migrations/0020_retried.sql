-- What one provider did not take waits for another among all that nobody had
-- yet, which may be a million: without an index of its own, each claim of the
-- second provider would read them all.
create index deliveries_retried on deliveries (channel, lane, due_at, id)
    where state = 'queued' and provider is not null;
