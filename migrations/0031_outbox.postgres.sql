-- Postgres asks for the row that a reference names one by one, and locks it: a
-- fifth of the time in which a national audience is put together. Deliveries are
-- made in a transaction that holds their broadcast, attempts in one that holds
-- their delivery, and nothing removes those before them. (SQLite looks it up in
-- what it has in memory anyway.)
alter table deliveries drop constraint deliveries_broadcast_id_fkey;
alter table attempts drop constraint attempts_delivery_id_fkey;
