-- The audit chain's end is sealed from now on. Where there were entries before, the
-- newest of them is noted, and the first entry after it brings the seal.
insert into instance (name, value)
    select 'audit_before_seals', hash from audit where seq = (select max(seq) from audit);
