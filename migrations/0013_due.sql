-- A whole audience is due at one moment: without the id, each claim would sort
-- all of it to take the first few.
drop index deliveries_due;
create index deliveries_due on deliveries (channel, lane, due_at, id) where state = 'queued';
