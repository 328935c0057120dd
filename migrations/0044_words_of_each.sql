-- Of what is said of a place, each speaker's word stands by itself.
drop index local_facts_current;
create unique index local_facts_current on local_facts (organisation, coalesce(said_by, '')) where is_current;
