-- A large audience is told in steps: it is held for a moment, then the first
-- 1 % are told, then the rest. Null where everybody is told at once.
alter table broadcasts add column holding text;
-- When the first 1 % may leave.
alter table broadcasts add column held_until timestamptz;
create index broadcasts_holding on broadcasts (held_until) where holding is not null;

-- How many messages somebody had in the last hour.
create index deliveries_settled on deliveries (target, settled_at);
