//! What waits for a second person, and what became of it.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::AssertSqlSafe;
use sqlx::types::Json;
use uuid::Uuid;

use super::{Result, StoreError, Tx, on, word};
use crate::domain::approval::{Reason, Standing};
use crate::domain::org::{OrgCode, words};
use crate::domain::user::Actor;

words! {
    /// What is proposed.
    ProposalKind {
        /// A new incident with its first update.
        Declaration = "declaration",
        /// One more update.
        Update = "update",
        /// What an organisation says about itself and all below it.
        Lines = "lines",
        /// The messages of an update that stands on the page already.
        Messages = "messages",
        /// Planned work.
        Plan = "plan",
        /// That planned work takes longer, is done or is called off.
        PlanChange = "plan_change",
    }
}

/// Something that one person may not say alone.
#[derive(Debug, Clone)]
pub struct Proposal {
    pub id: Uuid,
    pub kind: ProposalKind,
    /// The incident or the plan that it is about, or will make.
    pub incident: Option<Uuid>,
    /// In whose name it is said.
    pub organisation: OrgCode,
    pub content: Value,
    pub content_hash: Vec<u8>,
    pub reasons: Vec<Reason>,
    pub standing: Standing,
    pub author: Actor,
    /// Who changed it last.
    pub editor: Actor,
    pub made_at: DateTime<Utc>,
    pub edited_at: DateTime<Utc>,
    pub decided_by: Option<Actor>,
    pub decided_at: Option<DateTime<Utc>>,
    pub decided_because: Option<String>,
    pub reviewed_by: Option<Actor>,
    pub reviewed_at: Option<DateTime<Utc>>,
    /// What was seen when it was decided.
    pub seen: Option<Value>,
    /// When its author used the words of it again.
    pub used_again_at: Option<DateTime<Utc>>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    kind: String,
    incident_id: Option<Uuid>,
    organisation: String,
    content: Json<Value>,
    content_hash: Vec<u8>,
    reasons: Json<Value>,
    standing: String,
    author: Json<Value>,
    editor: Json<Value>,
    made_at: DateTime<Utc>,
    edited_at: DateTime<Utc>,
    decided_by: Option<Json<Value>>,
    decided_at: Option<DateTime<Utc>>,
    decided_because: Option<String>,
    reviewed_by: Option<Json<Value>>,
    reviewed_at: Option<DateTime<Utc>>,
    seen: Option<Json<Value>>,
    used_again_at: Option<DateTime<Utc>>,
}

fn read<T: serde::de::DeserializeOwned>(value: Json<Value>) -> Result<T> {
    serde_json::from_value(value.0).map_err(|e| StoreError::Corrupt(e.to_string()))
}

fn json(value: impl serde::Serialize) -> Result<Json<Value>> {
    serde_json::to_value(value).map(Json).map_err(|e| StoreError::Corrupt(e.to_string()))
}

impl Row {
    fn into_proposal(self) -> Result<Proposal> {
        Ok(Proposal {
            id: self.id,
            kind: word(&self.kind, ProposalKind::parse)?,
            incident: self.incident_id,
            organisation: word(&self.organisation, OrgCode::parse)?,
            content: self.content.0,
            content_hash: self.content_hash,
            reasons: read(self.reasons)?,
            standing: word(&self.standing, Standing::parse)?,
            author: read(self.author)?,
            editor: read(self.editor)?,
            made_at: self.made_at,
            edited_at: self.edited_at,
            decided_by: self.decided_by.map(read).transpose()?,
            decided_at: self.decided_at,
            decided_because: self.decided_because,
            reviewed_by: self.reviewed_by.map(read).transpose()?,
            reviewed_at: self.reviewed_at,
            seen: self.seen.map(|seen| seen.0),
            used_again_at: self.used_again_at,
        })
    }
}

pub async fn insert(tx: &mut Tx, p: &Proposal) -> Result<()> {
    let (reasons, author, editor) = (json(&p.reasons)?, json(&p.author)?, json(&p.editor)?);
    on!(tx, c => sqlx::query(
        "insert into proposals (id, kind, incident_id, organisation, content, content_hash, reasons, standing,
                                author, editor, made_at, edited_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
        .bind(p.id).bind(p.kind.as_str()).bind(p.incident).bind(p.organisation.as_str())
        .bind(Json(&p.content)).bind(&p.content_hash).bind(reasons).bind(p.standing.as_str())
        .bind(author).bind(editor).bind(p.made_at).bind(p.edited_at).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// One proposal; with `lock` nobody else changes it until the transaction ends,
/// so that of two who decide, one does.
pub async fn find(tx: &mut Tx, id: Uuid, lock: bool) -> Result<Option<Proposal>> {
    const PLAIN: &str = "select * from proposals where id = $1";
    let sql = match lock {
        true => tx.dialect(PLAIN, "select * from proposals where id = $1 for update"),
        false => PLAIN,
    };
    let row: Option<Row> = on!(tx, c => sqlx::query_as(sql).bind(id).fetch_optional(c).await)?;
    row.map(Row::into_proposal).transpose()
}

/// Other words, and who chose them. Whoever had looked at the old ones has to
/// look again.
pub async fn edit(tx: &mut Tx, p: &Proposal) -> Result<()> {
    let (reasons, editor) = (json(&p.reasons)?, json(&p.editor)?);
    on!(tx, c => sqlx::query(
        "update proposals set content = $2, content_hash = $3, reasons = $4, editor = $5, edited_at = $6
         where id = $1 and standing = 'waiting'")
        .bind(p.id).bind(Json(&p.content)).bind(&p.content_hash).bind(reasons).bind(editor).bind(p.edited_at)
        .execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Decides a proposal that waits.
pub async fn decide(
    tx: &mut Tx,
    id: Uuid,
    standing: Standing,
    who: &Actor,
    because: Option<&str>,
    at: DateTime<Utc>,
) -> Result<()> {
    let who = json(who)?;
    on!(tx, c => sqlx::query(
        "update proposals set standing = $2, decided_by = $3, decided_because = $4, decided_at = $5
         where id = $1 and standing = 'waiting'")
        .bind(id).bind(standing.as_str()).bind(who).bind(because).bind(at).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Its author used the words of a refused proposal again.
pub async fn use_again(tx: &mut Tx, id: Uuid, author: Uuid, at: DateTime<Utc>) -> Result<()> {
    let Some(refused) = find(tx, id, true).await? else { return Ok(()) };
    if refused.author.id == author && refused.standing == Standing::Refused {
        on!(tx, c => sqlx::query("update proposals set used_again_at = $2 where id = $1 and used_again_at is null")
            .bind(id).bind(at).execute(c).await.map(|_| ()))?;
    }
    Ok(())
}

/// Keeps what is seen of a proposal, the first time; what was decided on stays as it was.
pub async fn keep_seen(tx: &mut Tx, id: Uuid, seen: &Value) -> Result<()> {
    on!(tx, c => sqlx::query("update proposals set seen = $2 where id = $1 and seen is null")
        .bind(id).bind(Json(seen)).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Somebody looked at what one person had published alone, and left it or took it back
/// (`found`). Gives whether it was still to be looked at.
pub async fn review(tx: &mut Tx, id: Uuid, found: Standing, who: &Actor, at: DateTime<Utc>) -> Result<bool> {
    let who = json(who)?;
    let done = on!(tx, c => sqlx::query(
        "update proposals set standing = $2, reviewed_by = $3, reviewed_at = $4
         where id = $1 and standing = 'broke_glass'")
        .bind(id).bind(found.as_str()).bind(who).bind(at).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// Whether a proposal waits for somebody. Messages that were stopped or taken back, or
/// whose place a newer update has taken, do not: a broadcast has the id of its proposal.
const WAITS: &str = "standing = 'waiting' and not exists (select 1 from broadcasts b
     where b.id = proposals.id and (b.superseded_at is not null or b.epoch > 0))";

/// Whether there is anything left to decide of one that waits.
pub async fn is_needed(tx: &mut Tx, id: Uuid) -> Result<bool> {
    let sql = format!("select exists (select 1 from proposals where id = $1 and {WAITS})");
    Ok(on!(tx, c => sqlx::query_scalar(AssertSqlSafe(sql.as_str())).bind(id).fetch_one(c).await)?)
}

/// What waits, what has to be looked at, and what was decided since; the newest
/// first.
pub async fn recent(tx: &mut Tx, since: DateTime<Utc>) -> Result<Vec<Proposal>> {
    let sql = format!(
        "select * from proposals where ({WAITS}) or standing = 'broke_glass' or decided_at > $1
         order by made_at desc, id desc limit 5000"
    );
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(AssertSqlSafe(sql.as_str()))
        .bind(since).fetch_all(c).await)?;
    rows.into_iter().map(Row::into_proposal).collect()
}

/// What one person published alone between two times, and nobody has looked at.
pub async fn unreviewed(tx: &mut Tx, since: DateTime<Utc>, until: DateTime<Utc>) -> Result<Vec<Uuid>> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "select id from proposals where standing = 'broke_glass' and decided_at > $1 and decided_at <= $2
         order by decided_at")
        .bind(since).bind(until).fetch_all(c).await)?)
}

/// The newest lines of the same organisation that were agreed on, or published alone, since
/// a proposal was written.
pub async fn lines_since(tx: &mut Tx, of: &Proposal) -> Result<Option<Uuid>> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "select id from proposals where kind = 'lines' and organisation = $1 and id <> $2 and decided_at > $3
             and standing in ('approved', 'broke_glass', 'reviewed', 'taken_back') order by decided_at desc limit 1")
        .bind(of.organisation.as_str()).bind(of.id).bind(of.edited_at).fetch_optional(c).await)?)
}

/// In whose names something waits.
pub async fn waiting(tx: &mut Tx) -> Result<Vec<OrgCode>> {
    let sql = format!("select organisation from proposals where {WAITS}");
    let rows: Vec<String> = on!(tx, c => sqlx::query_scalar(AssertSqlSafe(sql.as_str())).fetch_all(c).await)?;
    rows.iter().map(|t| word(t, OrgCode::parse)).collect()
}

/// What was proposed about an incident, by id and time; the first one first.
pub async fn of_incident(tx: &mut Tx, incident: Uuid) -> Result<Vec<(Uuid, DateTime<Utc>)>> {
    Ok(on!(tx, c => sqlx::query_as(
        "select id, made_at from proposals where incident_id = $1 order by made_at, id")
        .bind(incident).fetch_all(c).await)?)
}

/// The same as they stand.
pub async fn all_of_incident(tx: &mut Tx, incident: Uuid) -> Result<Vec<Proposal>> {
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(
        "select * from proposals where incident_id = $1 order by made_at, id")
        .bind(incident).fetch_all(c).await)?;
    rows.into_iter().map(Row::into_proposal).collect()
}

/// What waits about an incident or a plan; the first one first.
pub async fn waiting_about(tx: &mut Tx, subject: Uuid) -> Result<Vec<Uuid>> {
    let sql = format!("select id from proposals where incident_id = $1 and {WAITS} order by made_at, id");
    Ok(on!(tx, c => sqlx::query_scalar(AssertSqlSafe(sql.as_str())).bind(subject).fetch_all(c).await)?)
}

/// Whether a broadcast was agreed on at `agreed` that had waited at `then`. It has the id
/// of what was proposed; a step of planned work its own.
pub async fn waited(
    tx: &mut Tx,
    (broadcast, planned): (Uuid, Option<Uuid>),
    then: DateTime<Utc>,
    agreed: DateTime<Utc>,
) -> Result<bool> {
    let about = chrono::Duration::minutes(1);
    Ok(on!(tx, c => sqlx::query_scalar(
        "select exists (select 1 from proposals where made_at <= $3 and decided_at > $3
             and (id = $1 or (incident_id = $2 and kind in ('plan', 'plan_change')
                  and decided_at >= $4 and decided_at <= $5)))")
        .bind(broadcast).bind(planned).bind(then).bind(agreed - about).bind(agreed + about)
        .fetch_one(c).await)?)
}
