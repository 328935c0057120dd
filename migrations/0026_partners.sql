-- Under which code a partner body is told, and of which systems' incidents; of
-- all when `follows`, {"systems": ["emis-web"]}, names none.
alter table speakers add column code text;
alter table speakers add column follows jsonb;

drop view statements_said;

create view statements_said as
select s.id, s.system, s.message, s.message_in, s.made_at, s.until_at, s.taken_back_at,
       p.id as speaker_id, p.key as speaker_key, p.name, p.kind as speaker_kind, p.scope, p.kinds,
       p.admitted_by, p.code, p.follows, p.ended_at
from statements s join speakers p on p.id = s.speaker;
