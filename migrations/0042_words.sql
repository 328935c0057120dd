-- What words rest on: the revision of all that pages rest on, and until when the clock
-- alone changes nothing of it. What leaves later has them written anew where they differ.
-- Null for words that rest on nothing that anybody says (codes, calls).
alter table messages add column revision bigint;
alter table messages add column good_until timestamptz;
-- Words from before this was kept are looked at once before they leave.
update messages set revision = 0 where broadcast_id in
    (select id from broadcasts where kind in ('update', 'planned'));
