-- What overtook a broadcast: where that is stopped or taken back, the older one leaves
-- after all. Null for what was overtaken before this was kept.
alter table broadcasts add column superseded_by uuid;
create index broadcasts_superseded_by on broadcasts (superseded_by) where superseded_by is not null;
-- With whose account a provider rests, by a fingerprint: another account is another's
-- trouble. Null where it is not known.
alter table pauses add column account text;
