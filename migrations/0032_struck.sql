-- How many there are in all, of a counter that began without a reading.
alter table counters add column total bigint;
-- A reading that was a mistake: it stays on record and counts no more.
alter table counter_readings add column struck_at timestamptz;
alter table counter_readings add column struck_by text;
