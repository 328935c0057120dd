-- The provider's ids of attempts that failed, of messages that a person had sent once
-- more: what a provider says of those is no news of the attempt that follows.
create table earlier_references (
    reference text not null,
    delivery_id uuid not null,
    primary key (reference, delivery_id)
);
create index earlier_references_delivery on earlier_references (delivery_id);
-- When a provider that rests is asked whether it is well again. Null where it said
-- itself for how long it wants to be left alone.
alter table pauses add column ask_at timestamptz;
