-- What somebody saw when they decided: the words, the places and the counts of that moment.
alter table proposals add column seen jsonb;
-- Who answered, where it was not the place itself: the code, and the name of that time.
alter table responses add column answered_by text;
alter table responses add column answered_by_name text;
