-- How many parts the text message has, which is what providers charge for. Null
-- for words from before this was counted.
alter table messages add column sms_parts integer;
