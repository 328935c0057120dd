-- What the operator was told, so that of several processes one tells it, and
-- seldom.
create table notices (
    name text primary key,
    told_at timestamptz not null,
    -- Whether it has been over since.
    is_over boolean not null
);
