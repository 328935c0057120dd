-- What a place says of itself may change whether to come: its own readers hear that, in a
-- broadcast of the newest update that goes to the audiences of this place alone.
alter table broadcasts add column place text;
-- The lines that it lifts, where somebody took back what was set apart from any incident.
alter table broadcasts add column lifted text;
create index broadcasts_update on broadcasts (update_id);
