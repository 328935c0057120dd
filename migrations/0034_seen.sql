-- What somebody saw when they decided: the words, the places and the counts of that moment.
alter table proposals add column seen jsonb;
-- Who answered, where it was not the place itself: a board or a region that said it for the place.
alter table responses add column answered_by text;
