-- Which pharmacies make up the prescriptions of which surgery: beside the tree.
-- A row only gets an end, so that any moment can be read.
create table pharmacy_links (
    practice text not null,
    pharmacy text not null,
    since timestamptz not null,
    until timestamptz,
    primary key (practice, pharmacy, since)
);

create unique index pharmacy_links_now on pharmacy_links (practice, pharmacy) where until is null;
create index pharmacy_links_pharmacy on pharmacy_links (pharmacy);
