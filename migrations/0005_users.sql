-- People at the desk, how they prove who they are, and tokens for programs.
create table users (
    id uuid primary key,
    email text not null unique,
    name text not null,
    organisation text not null,
    role text not null,
    password_hash text,
    created_at timestamptz not null,
    disabled_at timestamptz
);

create table passkeys (
    id uuid primary key,
    user_id uuid not null references users (id),
    credential_id bytea not null unique,
    credential jsonb not null,
    name text not null,
    created_at timestamptz not null,
    used_at timestamptz
);

create table sign_in_links (
    token_hash bytea primary key,
    user_id uuid not null references users (id),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
);

create table sessions (
    token_hash bytea primary key,
    user_id uuid not null references users (id),
    created_at timestamptz not null,
    expires_at timestamptz not null
);

-- Half-done passkey ceremonies.
create table ceremonies (
    id uuid primary key,
    user_id uuid references users (id),
    state jsonb not null,
    expires_at timestamptz not null
);

-- Wrong passwords, to slow down guessing.
create table sign_in_failures (
    id uuid primary key,
    email text not null,
    failed_at timestamptz not null
);

create index sign_in_failures_email on sign_in_failures (email, failed_at);

create table api_tokens (
    id uuid primary key,
    token_hash bytea not null unique,
    name text not null,
    organisation text not null,
    role text not null,
    created_at timestamptz not null,
    revoked_at timestamptz
);

-- The first answer to a request with an Idempotency-Key.
create table idempotency (
    actor uuid not null,
    key text not null,
    request_hash bytea not null,
    status integer not null,
    answer text not null,
    created_at timestamptz not null,
    primary key (actor, key)
);

-- Facts about this installation, such as which key sealed its contacts.
create table instance (
    name text primary key,
    value bytea not null
);
