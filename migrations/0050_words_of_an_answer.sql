-- Who said the words of an answer, where that is another than who answered.
alter table responses add column message_by text;
alter table responses add column message_by_name text;
