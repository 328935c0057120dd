-- The rows of what was public that were written together with an entry, each with a hash
-- of all that it says: {"updates": {"<id>": "<hash>"}}. Null in entries of before.
alter table audit add column covers jsonb;
create index audit_covers on audit (seq) where covers is not null;
