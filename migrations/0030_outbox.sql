-- deliveries_settled begins with the target as well, and each index of this table
-- is written three times for each message.
drop index deliveries_target;
