-- How many parts the text message of earlier words had: what was sent then is charged by it.
alter table earlier_messages add column sms_parts integer;

-- Who left lately is kept outside of the database too, for when a backup is put back.
create index subscribers_left on subscribers (left_at) where left_at is not null;
