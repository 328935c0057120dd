-- The message whose failure suspended an address: where it arrived after all, or a newer one
-- did, the address takes messages. Null for what was suspended before this was kept.
alter table subscribers add column suspended_by uuid;
