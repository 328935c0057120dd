-- What somebody wrote, in other languages: {"cy": "…"}. The text itself is in
-- English; organisations in Wales write both.
alter table incidents add column title_in jsonb;
alter table updates add column message_in jsonb;
alter table responses add column message_in jsonb;
alter table local_facts add column message_in jsonb;
alter table incident_notes add column message_in jsonb;
alter table planned add column title_in jsonb;
alter table planned add column message_in jsonb;
alter table planned_steps add column message_in jsonb;
