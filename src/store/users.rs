//! People at the desk, their passkeys, links and API tokens.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

use super::{Result, Tx, on, word};
use crate::domain::org::OrgCode;
use crate::domain::user::Role;

/// Somebody who may sign in.
#[derive(Debug, Clone)]
pub struct User {
    pub id: Uuid,
    /// In lower case; only for signing in.
    pub email: String,
    pub name: String,
    pub organisation: OrgCode,
    pub role: Role,
    /// The supplier or partner body that they speak for, and nothing else.
    pub speaker: Option<Uuid>,
    /// Argon2id in PHC form; none until they choose one.
    pub password_hash: Option<String>,
    pub disabled_at: Option<DateTime<Utc>>,
}

#[derive(sqlx::FromRow)]
struct UserRow {
    id: Uuid,
    email: String,
    name: String,
    organisation: String,
    role: String,
    speaker: Option<Uuid>,
    password_hash: Option<String>,
    disabled_at: Option<DateTime<Utc>>,
}

impl UserRow {
    fn into_user(self) -> Result<User> {
        Ok(User {
            id: self.id,
            email: self.email,
            name: self.name,
            organisation: word(&self.organisation, OrgCode::parse)?,
            role: word(&self.role, Role::parse)?,
            speaker: self.speaker,
            password_hash: self.password_hash,
            disabled_at: self.disabled_at,
        })
    }
}

pub async fn insert(tx: &mut Tx, user: &User, at: DateTime<Utc>) -> Result<()> {
    on!(tx, c => sqlx::query(
        "insert into users (id, email, name, organisation, role, speaker, created_at)
         values ($1, $2, $3, $4, $5, $6, $7)")
        .bind(user.id).bind(&user.email).bind(&user.name).bind(user.organisation.as_str())
        .bind(user.role.as_str()).bind(user.speaker).bind(at).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Changes name, organisation, role, and for whom they speak; who was removed
/// may come in again.
pub async fn update(tx: &mut Tx, user: &User) -> Result<()> {
    on!(tx, c => sqlx::query(
        "update users set name = $2, organisation = $3, role = $4, speaker = $5, disabled_at = null where id = $1")
        .bind(user.id).bind(&user.name).bind(user.organisation.as_str()).bind(user.role.as_str())
        .bind(user.speaker).execute(c).await.map(|_| ()))?;
    Ok(())
}

pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<User>> {
    let row: Option<UserRow> =
        on!(tx, c => sqlx::query_as("select * from users where id = $1").bind(id).fetch_optional(c).await)?;
    row.map(UserRow::into_user).transpose()
}

pub async fn find_by_email(tx: &mut Tx, email: &str) -> Result<Option<User>> {
    let row: Option<UserRow> = on!(tx, c => sqlx::query_as("select * from users where email = $1").bind(email).fetch_optional(c).await)?;
    row.map(UserRow::into_user).transpose()
}

/// Who may sign in for these organisations and is at least a coordinator.
pub async fn in_charge_of(tx: &mut Tx, organisations: &[OrgCode]) -> Result<Vec<User>> {
    let mut out = Vec::new();
    for org in organisations {
        let rows: Vec<UserRow> = on!(tx, c => sqlx::query_as(
            "select * from users where organisation = $1 and disabled_at is null
               and role in ('coordinator', 'administrator') order by id")
            .bind(org.as_str()).fetch_all(c).await)?;
        out.extend(rows.into_iter().map(UserRow::into_user).collect::<Result<Vec<_>>>()?);
    }
    Ok(out)
}

/// Whether anybody (with this role) has chosen how they sign in, and still may.
pub async fn somebody_came(tx: &mut Tx, role: Option<Role>) -> Result<bool> {
    let found: i64 = on!(tx, c => sqlx::query_scalar(
        "select count(*) from users u where disabled_at is null and ($1 = '' or role = $1)
           and (password_hash is not null or exists (select 1 from passkeys p where p.user_id = u.id))")
        .bind(role.map_or("", |r| r.as_str())).fetch_one(c).await)?;
    Ok(found > 0)
}

pub async fn set_password(tx: &mut Tx, id: Uuid, hash: &str) -> Result<()> {
    on!(tx, c => sqlx::query("update users set password_hash = $2 where id = $1")
        .bind(id).bind(hash).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Whoever is removed has no password either.
pub async fn disable(tx: &mut Tx, id: Uuid, at: DateTime<Utc>) -> Result<()> {
    on!(tx, c => sqlx::query("update users set disabled_at = $2, password_hash = null where id = $1")
        .bind(id).bind(at).execute(c).await.map(|_| ()))?;
    Ok(())
}

pub async fn forget_password(tx: &mut Tx, id: Uuid) -> Result<()> {
    on!(tx, c => sqlx::query("update users set password_hash = null where id = $1")
        .bind(id).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// A passkey of a user; `credential` is what the library keeps.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct PasskeyRow {
    pub id: Uuid,
    pub user_id: Uuid,
    pub credential_id: Vec<u8>,
    pub credential: Json<Value>,
    pub name: String,
    pub created_at: DateTime<Utc>,
    pub used_at: Option<DateTime<Utc>>,
}

pub async fn insert_passkey(tx: &mut Tx, key: &PasskeyRow) -> Result<()> {
    on!(tx, c => sqlx::query(
        "insert into passkeys (id, user_id, credential_id, credential, name, created_at)
         values ($1, $2, $3, $4, $5, $6)")
        .bind(key.id).bind(key.user_id).bind(&key.credential_id).bind(&key.credential).bind(&key.name)
        .bind(key.created_at).execute(c).await.map(|_| ()))?;
    Ok(())
}

pub async fn passkeys_of(tx: &mut Tx, user: Uuid) -> Result<Vec<PasskeyRow>> {
    Ok(on!(tx, c => sqlx::query_as("select * from passkeys where user_id = $1 order by created_at")
        .bind(user).fetch_all(c).await)?)
}

pub async fn passkey(tx: &mut Tx, credential_id: &[u8]) -> Result<Option<PasskeyRow>> {
    Ok(on!(tx, c => sqlx::query_as("select * from passkeys where credential_id = $1")
        .bind(credential_id).fetch_optional(c).await)?)
}

pub async fn passkey_used(tx: &mut Tx, id: Uuid, credential: Value, at: DateTime<Utc>) -> Result<()> {
    on!(tx, c => sqlx::query("update passkeys set credential = $2, used_at = $3 where id = $1")
        .bind(id).bind(Json(credential)).bind(at).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Forgets a passkey of a user. Gives whether there was one.
pub async fn remove_passkey(tx: &mut Tx, user: Uuid, id: Uuid) -> Result<bool> {
    let done = on!(tx, c => sqlx::query("delete from passkeys where id = $1 and user_id = $2")
        .bind(id).bind(user).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// Forgets all passkeys of a user. Gives how many there were.
pub async fn remove_passkeys(tx: &mut Tx, user: Uuid) -> Result<u64> {
    Ok(on!(tx, c => sqlx::query("delete from passkeys where user_id = $1")
        .bind(user).execute(c).await.map(|d| d.rows_affected()))?)
}

/// A program's token. Only its hash is known.
#[derive(Debug, Clone)]
pub struct ApiToken {
    pub id: Uuid,
    pub name: String,
    pub organisation: OrgCode,
    pub role: Role,
    pub speaker: Option<Uuid>,
}

pub async fn insert_token(tx: &mut Tx, token: &ApiToken, hash: &[u8], at: DateTime<Utc>) -> Result<()> {
    on!(tx, c => sqlx::query(
        "insert into api_tokens (id, token_hash, name, organisation, role, speaker, created_at)
         values ($1, $2, $3, $4, $5, $6, $7)")
        .bind(token.id).bind(hash).bind(&token.name).bind(token.organisation.as_str())
        .bind(token.role.as_str()).bind(token.speaker).bind(at).execute(c).await.map(|_| ()))?;
    Ok(())
}

type TokenRow = (Uuid, String, String, String, Option<Uuid>);

fn into_token((id, name, organisation, role, speaker): TokenRow) -> Result<ApiToken> {
    let (organisation, role) = (word(&organisation, OrgCode::parse)?, word(&role, Role::parse)?);
    Ok(ApiToken { id, name, organisation, role, speaker })
}

/// The token with this hash, unless it was revoked.
pub async fn find_token(tx: &mut Tx, hash: &[u8]) -> Result<Option<ApiToken>> {
    let row: Option<TokenRow> = on!(tx, c => sqlx::query_as(
        "select id, name, organisation, role, speaker from api_tokens where token_hash = $1 and revoked_at is null")
        .bind(hash).fetch_optional(c).await)?;
    row.map(into_token).transpose()
}

/// A token by its id, unless it was revoked.
pub async fn token(tx: &mut Tx, id: Uuid) -> Result<Option<ApiToken>> {
    let row: Option<TokenRow> = on!(tx, c => sqlx::query_as(
        "select id, name, organisation, role, speaker from api_tokens where id = $1 and revoked_at is null")
        .bind(id).fetch_optional(c).await)?;
    row.map(into_token).transpose()
}

/// Every token of this name that was not revoked.
pub async fn tokens_named(tx: &mut Tx, name: &str) -> Result<Vec<ApiToken>> {
    let rows: Vec<TokenRow> = on!(tx, c => sqlx::query_as(
        "select id, name, organisation, role, speaker from api_tokens where name = $1 and revoked_at is null order by id")
        .bind(name).fetch_all(c).await)?;
    rows.into_iter().map(into_token).collect()
}

/// Every token that was not revoked, by organisation and name.
pub async fn tokens(tx: &mut Tx) -> Result<Vec<ApiToken>> {
    let rows: Vec<TokenRow> = on!(tx, c => sqlx::query_as(
        "select id, name, organisation, role, speaker from api_tokens where revoked_at is null
         order by organisation, name, id")
        .fetch_all(c).await)?;
    rows.into_iter().map(into_token).collect()
}

pub async fn revoke_token(tx: &mut Tx, id: Uuid, at: DateTime<Utc>) -> Result<()> {
    on!(tx, c => sqlx::query("update api_tokens set revoked_at = $2 where id = $1")
        .bind(id).bind(at).execute(c).await.map(|_| ()))?;
    Ok(())
}
