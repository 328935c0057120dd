-- Organisations, their dated parents, and the systems they use.
create table organisations (
    code text primary key,
    name text not null,
    kind text not null,
    status text not null,
    address text not null,
    town text not null,
    postcode text not null,
    phone text not null,
    opened text,
    closed text,
    placeholder boolean not null
);

create table organisation_links (
    child text not null,
    parent text not null,
    kind text not null,
    joined text not null,
    left_on text,
    primary key (child, parent, kind, joined)
);

create table organisation_systems (
    organisation text not null,
    system text not null,
    primary key (organisation, system)
);

-- One row per thing that readers keep in memory. A process whose copy has a
-- smaller number reads again.
create table revisions (
    subject text primary key,
    number bigint not null
);

insert into revisions (subject, number) values ('directory', 1);
insert into revisions (subject, number) values ('situation', 1);
