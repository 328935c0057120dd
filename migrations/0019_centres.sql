-- Command centres: sets of organisations with a name and dates. They stand
-- beside the tree, under a code of their own.
create table centres (
    code text primary key,
    name text not null,
    lead text not null,
    first_day text not null,
    last_day text,
    made_at timestamptz not null,
    ended_at timestamptz
);

-- Who is in a centre, and from when to when. Somebody of the organisation, or
-- above it, has to agree.
create table centre_members (
    id uuid primary key,
    centre text not null references centres (code),
    organisation text not null,
    asked_at timestamptz not null,
    agreed_at timestamptz,
    agreed_by text,
    left_at timestamptz
);

create unique index centre_members_now on centre_members (centre, organisation) where left_at is null;

-- Who acts for a centre: users and API tokens.
create table centre_people (
    id uuid primary key,
    centre text not null references centres (code),
    actor uuid not null,
    name text not null,
    role text not null,
    since timestamptz not null,
    left_at timestamptz
);

create unique index centre_people_now on centre_people (centre, actor) where left_at is null;
