-- Who said something of a place that is not its own: null where it did itself.
alter table local_facts add column said_by text;
alter table local_facts add column said_by_name text;
