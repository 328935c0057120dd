//! Situation reports and their rhythm.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::types::Json;
use uuid::Uuid;

use super::{Result, StoreError, Tx, audit, on, word};
use crate::domain::org::OrgCode;
use crate::domain::report::{Report, Signed};
use crate::domain::rhythm::Rhythm;

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    incident_id: Uuid,
    organisation: String,
    due_at: Option<DateTime<Utc>>,
    content: Json<Value>,
    commentary: Json<Value>,
    number: Option<i32>,
    signed_at: Option<DateTime<Utc>>,
    signed_by: Option<String>,
    hash: Option<Vec<u8>>,
}

impl Row {
    fn into_report(self) -> Result<Report> {
        let corrupt = |e: serde_json::Error| StoreError::Corrupt(e.to_string());
        let signed = self.number.zip(self.signed_at).zip(self.signed_by.zip(self.hash));
        Ok(Report {
            id: self.id,
            incident: self.incident_id,
            organisation: word(&self.organisation, OrgCode::parse)?,
            due_at: self.due_at,
            content: serde_json::from_value(self.content.0).map_err(corrupt)?,
            commentary: serde_json::from_value(self.commentary.0).map_err(corrupt)?,
            signed: signed.map(|((number, at), (by, hash))| Signed { number, at, by, hash }),
        })
    }
}

/// What is signed: a change of any of it gives another hash.
pub fn hash(report: &Report) -> Vec<u8> {
    let whole = json!({
        "id": report.id,
        "incident": report.incident,
        "organisation": report.organisation,
        "content": report.content,
        "commentary": report.commentary,
    });
    Sha256::digest(audit::canonical(&whole)).to_vec()
}

/// Inserts a draft; `false` when there is one for that hour already.
pub async fn insert(tx: &mut Tx, report: &Report) -> Result<bool> {
    let done = on!(tx, c => sqlx::query(
        "insert into reports (id, incident_id, organisation, due_at, as_at, content, commentary)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing")
        .bind(report.id).bind(report.incident).bind(report.organisation.as_str()).bind(report.due_at)
        .bind(report.content.as_at).bind(Json(json!(report.content))).bind(Json(json!(report.commentary)))
        .execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// Writes a draft anew; `false` when it has been signed off.
pub async fn rewrite(tx: &mut Tx, report: &Report) -> Result<bool> {
    let done = on!(tx, c => sqlx::query(
        "update reports set as_at = $2, content = $3, commentary = $4 where id = $1 and number is null")
        .bind(report.id).bind(report.content.as_at).bind(Json(json!(report.content)))
        .bind(Json(json!(report.commentary))).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// Signs a draft off; `false` when it has been.
pub async fn sign(tx: &mut Tx, id: Uuid, signed: &Signed) -> Result<bool> {
    let done = on!(tx, c => sqlx::query(
        "update reports set number = $2, signed_at = $3, signed_by = $4, hash = $5
         where id = $1 and number is null")
        .bind(id).bind(signed.number).bind(signed.at).bind(&signed.by).bind(&signed.hash)
        .execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<Report>> {
    let row: Option<Row> = on!(tx, c => sqlx::query_as("select * from reports where id = $1")
        .bind(id).fetch_optional(c).await)?;
    row.map(Row::into_report).transpose()
}

/// Whether the report of an hour has been made.
pub async fn is_made(tx: &mut Tx, s: &Standing, due_at: DateTime<Utc>) -> Result<bool> {
    let found: Option<Uuid> = on!(tx, c => sqlx::query_scalar(
        "select id from reports where incident_id = $1 and organisation = $2 and due_at = $3")
        .bind(s.incident).bind(s.organisation.as_str()).bind(due_at).fetch_optional(c).await)?;
    Ok(found.is_some())
}

/// The reports about an incident, the newest figures first.
pub async fn of_incident(tx: &mut Tx, incident: Uuid) -> Result<Vec<Report>> {
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(
        "select * from reports where incident_id = $1 order by as_at desc, id desc")
        .bind(incident).fetch_all(c).await)?;
    rows.into_iter().map(Row::into_report).collect()
}

/// The ids of the reports about an incident, and whose each is; the newest
/// figures first.
pub async fn ids_of_incident(tx: &mut Tx, incident: Uuid) -> Result<Vec<(Uuid, OrgCode)>> {
    let rows: Vec<(Uuid, String)> = on!(tx, c => sqlx::query_as(
        "select id, organisation from reports where incident_id = $1 order by as_at desc, id desc")
        .bind(incident).fetch_all(c).await)?;
    rows.into_iter().map(|(id, code)| Ok((id, word(&code, OrgCode::parse)?))).collect()
}

/// The last report that an organisation signed off about an incident.
pub async fn last_signed(tx: &mut Tx, incident: Uuid, organisation: &OrgCode) -> Result<Option<Report>> {
    let row: Option<Row> = on!(tx, c => sqlx::query_as(
        "select * from reports where incident_id = $1 and organisation = $2 and number is not null
         order by number desc limit 1")
        .bind(incident).bind(organisation.as_str()).fetch_optional(c).await)?;
    row.map(Row::into_report).transpose()
}

/// The newest drafts that wait, of one organisation: one for each incident.
pub async fn waiting(tx: &mut Tx, organisation: &OrgCode) -> Result<Vec<Report>> {
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(
        "select r.* from reports r where r.organisation = $1 and r.number is null
           and not exists (select 1 from reports n where n.incident_id = r.incident_id
               and n.organisation = r.organisation and (n.as_at > r.as_at or (n.as_at = r.as_at and n.id > r.id)))
         order by r.as_at desc, r.id")
        .bind(organisation.as_str()).fetch_all(c).await)?;
    rows.into_iter().map(Row::into_report).collect()
}

/// A report that was signed off, as the chain says it.
#[derive(sqlx::FromRow)]
struct SignOff {
    subject: String,
    at: DateTime<Utc>,
    actor_name: String,
    detail: Json<Value>,
}

impl SignOff {
    fn number(&self) -> i32 {
        self.detail["number"].as_i64().and_then(|n| i32::try_from(n).ok()).unwrap_or(0)
    }

    /// Whether that is what stands: the words, and who signed them, when and under which
    /// number.
    fn is_of(&self, report: &Report) -> bool {
        let hex = audit::hex(&hash(report));
        let Some(signed) = &report.signed else { return false };
        self.detail["hash"].as_str() == Some(hex.as_str())
            && audit::hex(&signed.hash) == hex
            && (signed.number, signed.at, &signed.by) == (self.number(), self.at, &self.actor_name)
    }
}

/// The first report that is no longer what was signed off, by its id and number; the
/// chain says what that was. Also one that is signed, and that nobody signed.
pub async fn altered(tx: &mut Tx) -> Result<Option<(Uuid, i32)>> {
    let signed: Vec<SignOff> = on!(tx, c => sqlx::query_as(
        "select subject, at, actor_name, detail from audit where action = 'sign_report' order by seq")
        .fetch_all(c).await)?;
    let mut known = HashSet::new();
    for sign_off in signed {
        let id = word(&sign_off.subject, |id| Uuid::parse_str(id).ok())?;
        let stands = match find(tx, id).await {
            Err(error) if error.is_unreadable() || matches!(error, StoreError::Corrupt(_)) => None,
            found => found?,
        };
        if !stands.is_some_and(|report| sign_off.is_of(&report)) {
            return Ok(Some((id, sign_off.number())));
        }
        known.insert(id);
    }
    let numbered: Vec<(Uuid, i32)> = on!(tx, c => sqlx::query_as(
        "select id, number from reports where number is not null order by id").fetch_all(c).await)?;
    Ok(numbered.into_iter().find(|(id, _)| !known.contains(id)))
}

/// Sets when an organisation's reports about an incident are due, from now on.
pub async fn set_rhythm(
    tx: &mut Tx,
    id: Uuid,
    (incident, organisation): (Uuid, &OrgCode),
    rhythm: Option<&Rhythm>,
    (at, author): (DateTime<Utc>, &str),
) -> Result<()> {
    on!(tx, c => sqlx::query(
        "insert into report_rhythms (id, incident_id, organisation, rhythm, set_at, author)
         values ($1, $2, $3, $4, $5, $6)")
        .bind(id).bind(incident).bind(organisation.as_str()).bind(rhythm.map(|r| Json(json!(r))))
        .bind(at).bind(author).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// A rhythm that stands, and since when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub incident: Uuid,
    pub organisation: OrgCode,
    pub rhythm: Rhythm,
    pub set_at: DateTime<Utc>,
}

/// The rhythms that stand, of all incidents that are open or of one.
pub async fn rhythms(tx: &mut Tx, incident: Option<Uuid>) -> Result<Vec<Standing>> {
    type Stored = (Uuid, String, Option<Json<Value>>, DateTime<Utc>);
    let rows: Vec<Stored> = on!(tx, c => sqlx::query_as(
        "select r.incident_id, r.organisation, r.rhythm, r.set_at
         from report_rhythms r join incidents i on i.id = r.incident_id
         where (i.id = $1 or ($1 is null and i.closed_at is null))
           and not exists (select 1 from report_rhythms n where n.incident_id = r.incident_id
               and n.organisation = r.organisation and (n.set_at > r.set_at or (n.set_at = r.set_at and n.id > r.id)))
         order by r.incident_id, r.organisation")
        .bind(incident).fetch_all(c).await)?;
    let standing = |(incident, code, rhythm, set_at): Stored| {
        let Some(Json(rhythm)) = rhythm else { return Ok(None) };
        let rhythm = serde_json::from_value(rhythm).map_err(|e| StoreError::Corrupt(e.to_string()))?;
        Ok(Some(Standing { incident, organisation: word(&code, OrgCode::parse)?, rhythm, set_at }))
    };
    rows.into_iter().filter_map(|row| standing(row).transpose()).collect()
}
