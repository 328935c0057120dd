-- A reader of several places may be told in the name of each: once for each of them and
-- not once in all. What is over for its reader with a message that is no end of the
-- incident is kept with the message.
create unique index deliveries_once on deliveries (broadcast_id, target, organisation);
alter table deliveries drop constraint deliveries_broadcast_id_target_key;
alter table deliveries add column is_last boolean not null default false;
