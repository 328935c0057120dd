//! Incidents, updates, responses and local facts.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

use super::covered::Public;
use super::{Result, StoreError, Tx, history, on, planned, statements, word, written};
use crate::domain::facts::Situation;
use crate::domain::incident::{
    Answer, Incident, Kind, LocalFacts, Note, Proxy, Response, Stage, Target, Update,
};
use crate::domain::line::Lines;
use crate::domain::org::OrgCode;
use crate::domain::system::SystemKey;

/// How long a closed incident stays on the pages' history.
pub const HISTORY: Duration = Duration::days(90);

#[derive(sqlx::FromRow)]
pub(super) struct IncidentRow {
    pub id: Uuid,
    title: String,
    title_in: written::Others,
    system: Option<String>,
    scope: Option<String>,
    organisations: Option<Json<Value>>,
    declared_by: String,
    kind: String,
    level: Option<i32>,
    created_at: DateTime<Utc>,
}

#[derive(sqlx::FromRow)]
pub(super) struct UpdateRow {
    id: Uuid,
    incident_id: Uuid,
    seq: i32,
    stage: String,
    lines: Json<Value>,
    message: Option<String>,
    message_in: written::Others,
    published_at: DateTime<Utc>,
    next_update_by: DateTime<Utc>,
    said_by: String,
    withdrawn_at: Option<DateTime<Utc>>,
    corrects: Option<Uuid>,
}

#[derive(sqlx::FromRow)]
pub(super) struct ResponseRow {
    incident_id: Uuid,
    organisation: String,
    answer: String,
    lines: Json<Value>,
    message: Option<String>,
    message_in: written::Others,
    made_at: DateTime<Utc>,
    answered_by: Option<String>,
    answered_by_name: Option<String>,
    message_by: Option<String>,
    message_by_name: Option<String>,
}

#[derive(sqlx::FromRow)]
pub(super) struct LocalRow {
    organisation: String,
    lines: Json<Value>,
    message: Option<String>,
    message_in: written::Others,
    phone: Option<String>,
    expires_at: DateTime<Utc>,
    set_at: DateTime<Utc>,
    said_by: Option<String>,
    said_by_name: Option<String>,
}

/// Who spoke for a place, from the two columns that say it.
fn proxy(by: Option<String>, name: Option<String>) -> Result<Option<Proxy>> {
    by.zip(name).map(|(by, name)| Ok(Proxy { code: code(&by)?, name })).transpose()
}

fn code(text: &str) -> Result<OrgCode> {
    word(text, OrgCode::parse)
}

pub(super) fn lines(json: &Value) -> Result<Lines> {
    Lines::parse(json).map_err(|_| StoreError::Corrupt(format!("lines {json}")))
}

/// Where something applies, from the three columns that say it.
pub(super) fn target(
    organisations: Option<Json<Value>>,
    system: Option<&str>,
    scope: Option<&str>,
) -> Result<Target> {
    let (system, scope) = (system.map(SystemKey::new), scope.map(code).transpose()?);
    match (organisations, system, scope) {
        (Some(Json(list)), system, _) => {
            let list: Vec<OrgCode> =
                serde_json::from_value(list).map_err(|e| StoreError::Corrupt(e.to_string()))?;
            Ok(Target::Named { organisations: list, system })
        }
        (None, Some(system), Some(scope)) => Ok(Target::System { system, scope }),
        (None, None, Some(scope)) => Ok(Target::Area { scope }),
        (None, _, None) => Err(StoreError::Corrupt("something that applies nowhere".into())),
    }
}

/// The list of a target that names its organisations.
pub(super) fn named(target: &Target) -> Option<Json<Value>> {
    match target {
        Target::Named { organisations, .. } => Some(Json(serde_json::json!(organisations))),
        _ => None,
    }
}

impl IncidentRow {
    pub(super) fn into_incident(self, updates: Vec<Update>, note: Option<Note>) -> Result<Incident> {
        let target = target(self.organisations, self.system.as_deref(), self.scope.as_deref())?;
        Ok(Incident {
            id: self.id,
            title: written::read(self.title, self.title_in)?,
            target,
            declared_by: code(&self.declared_by)?,
            kind: word(&self.kind, Kind::parse)?,
            level: self.level.and_then(|l| u8::try_from(l).ok()),
            created_at: self.created_at,
            updates,
            note,
        })
    }
}

impl UpdateRow {
    pub(super) fn into_update(self) -> Result<Update> {
        Ok(Update {
            id: self.id,
            incident: self.incident_id,
            seq: self.seq,
            stage: word(&self.stage, Stage::parse)?,
            lines: lines(&self.lines)?,
            message: written::read_any(self.message, self.message_in)?,
            published_at: self.published_at,
            next_update_by: self.next_update_by,
            said_by: code(&self.said_by)?,
            withdrawn_at: self.withdrawn_at,
            corrects: self.corrects,
        })
    }
}

impl ResponseRow {
    pub(super) fn into_response(self) -> Result<Response> {
        Ok(Response {
            by: proxy(self.answered_by, self.answered_by_name)?,
            message_by: proxy(self.message_by, self.message_by_name)?,
            incident: self.incident_id,
            organisation: code(&self.organisation)?,
            answer: word(&self.answer, Answer::parse)?,
            lines: lines(&self.lines)?,
            message: written::read_any(self.message, self.message_in)?,
            made_at: self.made_at,
            was_affected: false,
        })
    }
}

impl LocalRow {
    pub(super) fn into_facts(self) -> Result<LocalFacts> {
        Ok(LocalFacts {
            organisation: code(&self.organisation)?,
            lines: lines(&self.lines)?,
            message: written::read_any(self.message, self.message_in)?,
            phone: self.phone,
            expires_at: self.expires_at,
            set_at: self.set_at,
            by: proxy(self.said_by, self.said_by_name)?,
        })
    }
}

/// Inserts an incident without its updates.
pub async fn insert(tx: &mut Tx, incident: &Incident) -> Result<()> {
    let (title, title_in) = written::columns(&incident.title);
    on!(tx, c => sqlx::query(
        "insert into incidents (id, title, title_in, system, scope, organisations, declared_by, kind, level,
                                created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
        .bind(incident.id).bind(title).bind(title_in)
        .bind(incident.target.system().map(|s| s.as_str()))
        .bind(incident.target.scope().map(|s| s.as_str()))
        .bind(named(&incident.target)).bind(incident.declared_by.as_str()).bind(incident.kind.as_str())
        .bind(incident.level.map(i32::from)).bind(incident.created_at)
        .execute(c).await.map(|_| ()))?;
    tx.cover(Public::Incident, incident.id);
    Ok(())
}

/// Appends an update, and closes or reopens its incident.
pub async fn append(tx: &mut Tx, update: &Update, author: &str) -> Result<()> {
    let (message, message_in) = written::columns_of_any(update.message.as_ref());
    on!(tx, c => sqlx::query(
        "insert into updates (id, incident_id, seq, stage, lines, message, message_in, published_at,
                              next_update_by, said_by, author, corrects)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
        .bind(update.id).bind(update.incident).bind(update.seq).bind(update.stage.as_str())
        .bind(Json(update.lines.to_json())).bind(message).bind(message_in).bind(update.published_at)
        .bind(update.next_update_by).bind(update.said_by.as_str()).bind(author).bind(update.corrects)
        .execute(c).await.map(|_| ()))?;
    let closed_at = (update.stage == Stage::Resolved).then_some(update.published_at);
    on!(tx, c => sqlx::query("update incidents set closed_at = $2 where id = $1")
        .bind(update.incident).bind(closed_at).execute(c).await.map(|_| ()))?;
    tx.cover(Public::Update, update.id);
    tx.cover(Public::Incident, update.incident);
    Ok(())
}

/// Marks an update as withdrawn; `false` when it already was.
pub async fn withdraw(tx: &mut Tx, id: Uuid, at: DateTime<Utc>) -> Result<bool> {
    let done = on!(tx, c => sqlx::query(
        "update updates set withdrawn_at = $2 where id = $1 and withdrawn_at is null")
        .bind(id).bind(at).execute(c).await.map(|d| d.rows_affected()))?;
    tx.cover(Public::Update, id);
    Ok(done == 1)
}

/// One incident with its updates. On Postgres the row stays locked for the
/// rest of a writing transaction, so that two updates get two numbers.
pub async fn find(tx: &mut Tx, id: Uuid, lock: bool) -> Result<Option<Incident>> {
    let sql = if lock {
        tx.dialect(
            "select * from incidents where id = $1",
            "select * from incidents where id = $1 for update",
        )
    } else {
        "select * from incidents where id = $1"
    };
    let row: Option<IncidentRow> = on!(tx, c => sqlx::query_as(sql).bind(id).fetch_optional(c).await)?;
    let Some(row) = row else { return Ok(None) };
    let updates: Vec<UpdateRow> = on!(tx, c => sqlx::query_as(
        "select * from updates where incident_id = $1 order by seq").bind(id).fetch_all(c).await)?;
    let updates = updates.into_iter().map(UpdateRow::into_update).collect::<Result<_>>()?;
    let note = history::note(tx, id).await?;
    row.into_incident(updates, note).map(Some)
}

/// The incident that an update belongs to.
pub async fn of_update(tx: &mut Tx, update: Uuid) -> Result<Option<Uuid>> {
    Ok(on!(tx, c => sqlx::query_scalar("select incident_id from updates where id = $1")
        .bind(update).fetch_optional(c).await)?)
}

/// The name of who wrote an update.
pub async fn author_of(tx: &mut Tx, update: Uuid) -> Result<Option<String>> {
    Ok(on!(tx, c => sqlx::query_scalar("select author from updates where id = $1")
        .bind(update).fetch_optional(c).await)?)
}

/// Everything that is being said, and what was said lately. Newest incident
/// first.
pub async fn situation(tx: &mut Tx, now: DateTime<Utc>) -> Result<Situation> {
    let since = now - HISTORY;
    let rows: Vec<IncidentRow> = on!(tx, c => sqlx::query_as(
        "select * from incidents where closed_at is null or closed_at > $1 order by created_at desc, id desc")
        .bind(since).fetch_all(c).await)?;
    let updates: Vec<UpdateRow> = on!(tx, c => sqlx::query_as(
        "select u.* from updates u join incidents i on i.id = u.incident_id
         where i.closed_at is null or i.closed_at > $1 order by u.incident_id, u.seq")
        .bind(since).fetch_all(c).await)?;
    let mut by_incident: HashMap<Uuid, Vec<Update>> = HashMap::new();
    for row in updates {
        let update = row.into_update()?;
        by_incident.entry(update.incident).or_default().push(update);
    }
    let mut notes = history::notes(tx, since).await?;
    let mut situation = Situation::default();
    for row in rows {
        let updates = by_incident.remove(&row.id).unwrap_or_default();
        let note = notes.remove(&row.id);
        situation.incidents.push(Arc::new(row.into_incident(updates, note)?));
    }
    responses(tx, since, &mut situation).await?;
    local_facts(tx, None).await?.into_iter().for_each(|word| situation.say(word));
    situation.planned = planned::near(tx, now).await?;
    situation.local_past = history::local_past(tx, now).await?;
    situation.since = history::since(tx).await?;
    situation.kept_since = history::kept_since(tx).await?;
    situation.statements = statements::seen_at(tx, now).await?;
    Ok(situation)
}

/// What each organisation answered about each recent incident.
async fn responses(tx: &mut Tx, since: DateTime<Utc>, situation: &mut Situation) -> Result<()> {
    let rows: Vec<ResponseRow> = on!(tx, c => sqlx::query_as(
        "select r.* from responses r join incidents i on i.id = r.incident_id
         where i.closed_at is null or i.closed_at > $1 order by r.made_at, r.id")
        .bind(since).fetch_all(c).await)?;
    for row in rows {
        situation.answer(row.into_response()?);
    }
    Ok(())
}

/// What is said of all organisations, or of one, as it stands now.
async fn local_facts(tx: &mut Tx, of: Option<&OrgCode>) -> Result<Vec<LocalFacts>> {
    let rows: Vec<LocalRow> = on!(tx, c => sqlx::query_as(
        "select organisation, lines, message, message_in, phone, expires_at, set_at, said_by, said_by_name from local_facts
         where is_current and ($1 is null or organisation = $1) order by organisation, set_at, id")
        .bind(of.map(OrgCode::as_str)).fetch_all(c).await)?;
    rows.into_iter().map(LocalRow::into_facts).collect()
}

/// The newest answer of each organisation about one incident; without those that do not
/// count any more.
pub async fn responses_to(tx: &mut Tx, incident: &Incident) -> Result<Vec<Response>> {
    let rows: Vec<ResponseRow> = on!(tx, c => sqlx::query_as(
        "select * from responses where incident_id = $1 order by made_at, id")
        .bind(incident.id).fetch_all(c).await)?;
    let mut said = Situation::default();
    for row in rows {
        said.answer(row.into_response()?);
    }
    let mut answers: Vec<Response> = said.responses.into_values().collect();
    answers.retain(|answer| !incident.is_outdated(answer));
    Ok(answers)
}

/// Who gave each place's newest answer about one incident.
pub async fn who_answered(tx: &mut Tx, incident: Uuid) -> Result<HashMap<OrgCode, String>> {
    let rows: Vec<(String, String)> = on!(tx, c => sqlx::query_as(
        "select organisation, author from responses where incident_id = $1 order by made_at, id")
        .bind(incident).fetch_all(c).await)?;
    rows.into_iter().map(|(organisation, author)| Ok((code(&organisation)?, author))).collect()
}

/// Every answer about one incident, replaced ones too, oldest first.
pub async fn every_response_to(tx: &mut Tx, incident: Uuid) -> Result<Vec<Response>> {
    let rows: Vec<ResponseRow> = on!(tx, c => sqlx::query_as(
        "select * from responses where incident_id = $1 order by made_at, id")
        .bind(incident).fetch_all(c).await)?;
    rows.into_iter().map(ResponseRow::into_response).collect()
}

/// Adds an answer; the newest counts.
pub async fn respond(tx: &mut Tx, id: Uuid, response: &Response, author: &str) -> Result<()> {
    let (message, message_in) = written::columns_of_any(response.message.as_ref());
    let [by, words_by] = [&response.by, &response.message_by]
        .map(|by| by.as_ref().map(|by| (by.code.as_str(), by.name.as_str())));
    on!(tx, c => sqlx::query(
        "insert into responses (id, incident_id, organisation, answer, lines, message, message_in, made_at,
                                author, answered_by, answered_by_name, message_by, message_by_name)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)")
        .bind(id).bind(response.incident).bind(response.organisation.as_str())
        .bind(response.answer.as_str()).bind(Json(response.lines.to_json())).bind(message).bind(message_in)
        .bind(response.made_at).bind(author).bind(by.map(|(code, _)| code)).bind(by.map(|(_, name)| name))
        .bind(words_by.map(|(code, _)| code)).bind(words_by.map(|(_, name)| name))
        .execute(c).await.map(|_| ()))?;
    tx.cover(Public::Answer, id);
    Ok(())
}

/// What is said of one organisation as it stands now, the newest first; one word of each
/// speaker.
pub async fn words_of(tx: &mut Tx, org: &OrgCode) -> Result<Vec<LocalFacts>> {
    let mut words = local_facts(tx, Some(org)).await?;
    words.reverse();
    Ok(words)
}

/// What a word takes the place of.
pub async fn word_before(tx: &mut Tx, word: &LocalFacts) -> Result<Option<LocalFacts>> {
    Ok(words_of(tx, &word.organisation).await?.into_iter().find(|before| before.is_replaced_by(word)))
}

/// Sets local facts in place of what the same speaker said before.
pub async fn set_local(tx: &mut Tx, id: Uuid, facts: &LocalFacts, author: &str) -> Result<()> {
    let speaker = facts.by.as_ref().map(|by| by.code.as_str());
    let before: Vec<Uuid> = on!(tx, c => sqlx::query_scalar(
        "update local_facts set is_current = false
         where organisation = $1 and coalesce(said_by, '') = coalesce($2, '') and is_current returning id")
        .bind(facts.organisation.as_str()).bind(speaker).fetch_all(c).await)?;
    before.into_iter().chain([id]).for_each(|id| tx.cover(Public::Lines, id));
    let (message, message_in) = written::columns_of_any(facts.message.as_ref());
    on!(tx, c => sqlx::query(
        "insert into local_facts (id, organisation, lines, message, message_in, phone, expires_at, set_at, author,
                                  said_by, said_by_name, is_current)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, true)")
        .bind(id).bind(facts.organisation.as_str()).bind(Json(facts.lines.to_json())).bind(message).bind(message_in)
        .bind(&facts.phone).bind(facts.expires_at).bind(facts.set_at).bind(author)
        .bind(speaker).bind(facts.by.as_ref().map(|by| by.name.as_str()))
        .execute(c).await.map(|_| ()))?;
    Ok(())
}
