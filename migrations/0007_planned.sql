-- Planned downtime. A plan is never edited; what happens to it is a step.
create table planned (
    id uuid primary key,
    title text not null,
    message text,
    system text,
    scope text,
    organisations jsonb,
    lines jsonb not null,
    planned_by text not null,
    -- The first window, and how it comes back.
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    repeats jsonb,
    -- Hours before each window; 0 for no reminder.
    remind_hours integer not null,
    created_at timestamptz not null,
    author text not null,
    -- When nothing more will come of it; null while it goes on.
    over_at timestamptz
);

create index planned_over on planned (over_at);

create table planned_steps (
    -- Made from the plan, the window and the step, so that however many
    -- workers take it, it is taken once.
    id uuid primary key,
    planned_id uuid not null references planned (id),
    seq integer not null,
    kind text not null,
    -- The day on which the window begins; null for the whole plan.
    day text,
    ends_at timestamptz,
    message text,
    at timestamptz not null,
    said_by text not null,
    author text not null,
    unique (planned_id, seq)
);

alter table broadcasts add column planned_id uuid references planned (id);
alter table broadcasts add column step_id uuid references planned_steps (id);
create index broadcasts_planned on broadcasts (planned_id);
