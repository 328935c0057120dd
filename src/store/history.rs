//! What was said longer ago: months past, notes, local facts that were
//! replaced.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::covered::Public;
use super::incidents::{self, HISTORY, LocalRow};
use super::{Result, Tx, on, word, written};
use crate::domain::facts::Situation;
use crate::domain::incident::{Kind, LocalFacts, Note};
use crate::domain::org::OrgCode;

#[derive(sqlx::FromRow)]
pub(super) struct NoteRow {
    id: Uuid,
    pub incident_id: Uuid,
    message: String,
    message_in: written::Others,
    said_by: String,
    made_at: DateTime<Utc>,
}

impl NoteRow {
    pub(super) fn into_note(self) -> Result<Note> {
        Ok(Note {
            id: self.id,
            message: written::read(self.message, self.message_in)?,
            said_by: word(&self.said_by, OrgCode::parse)?,
            made_at: self.made_at,
        })
    }
}

/// When the first live incident was declared.
pub async fn since(tx: &mut Tx) -> Result<Option<DateTime<Utc>>> {
    Ok(on!(tx, c => sqlx::query_scalar("select min(created_at) from incidents where kind = 'live'")
        .fetch_one(c).await)?)
}

/// When the first entry of the log was made.
pub async fn kept_since(tx: &mut Tx) -> Result<Option<DateTime<Utc>>> {
    Ok(on!(tx, c => sqlx::query_scalar("select at from audit order by seq limit 1")
        .fetch_optional(c).await)?)
}

/// Live incidents that went on at some time from `from` on and before `to`, with
/// everything that was said and answered about them, newest first; and all that those
/// organisations ever said of themselves that said something then.
pub async fn between(tx: &mut Tx, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Situation> {
    let ids: Vec<Uuid> = on!(tx, c => sqlx::query_scalar(
        "select id from incidents where created_at < $2 and (closed_at is null or closed_at > $1) and kind = 'live'
         order by created_at desc, id desc")
        .bind(from).bind(to).fetch_all(c).await)?;
    let mut situation = Situation::default();
    for id in ids {
        add(tx, &mut situation, id).await?;
    }
    let rows: Vec<LocalRow> = on!(tx, c => sqlx::query_as(
        "select organisation, lines, message, message_in, phone, expires_at, set_at, said_by, said_by_name from local_facts
         where organisation in (select organisation from local_facts where set_at < $2 and expires_at > $1)
         order by organisation, set_at, id")
        .bind(from).bind(to).fetch_all(c).await)?;
    situation.local_past =
        one_after_another(rows.into_iter().map(LocalRow::into_facts).collect::<Result<_>>()?);
    Ok(situation)
}

/// All that an organisation ever said of itself, oldest first.
pub async fn local_of(tx: &mut Tx, code: &OrgCode) -> Result<HashMap<OrgCode, Vec<Arc<LocalFacts>>>> {
    let rows: Vec<LocalRow> = on!(tx, c => sqlx::query_as(
        "select organisation, lines, message, message_in, phone, expires_at, set_at, said_by, said_by_name from local_facts
         where organisation = $1 order by set_at, id")
        .bind(code.as_str()).fetch_all(c).await)?;
    Ok(one_after_another(rows.into_iter().map(LocalRow::into_facts).collect::<Result<_>>()?))
}

/// One incident, however old, with what was answered about it.
pub async fn one(tx: &mut Tx, id: Uuid) -> Result<Situation> {
    let mut situation = Situation::default();
    add(tx, &mut situation, id).await?;
    Ok(situation)
}

/// The same beside all that is said at a moment, and was lately: whose word counted beside it.
pub async fn one_of_all(tx: &mut Tx, id: Uuid, now: DateTime<Utc>) -> Result<Situation> {
    let mut situation = incidents::situation(tx, now).await?;
    if !situation.incidents.iter().any(|incident| incident.id == id) {
        add(tx, &mut situation, id).await?;
    }
    Ok(situation)
}

async fn add(tx: &mut Tx, situation: &mut Situation, id: Uuid) -> Result<()> {
    let Some(incident) = incidents::find(tx, id, false).await? else { return Ok(()) };
    situation.incidents.push(Arc::new(incident));
    for response in incidents::every_response_to(tx, id).await? {
        situation.answer(response);
    }
    Ok(())
}

/// How many incidents of each kind are not over.
pub async fn open(tx: &mut Tx) -> Result<Vec<(Kind, i64)>> {
    let rows: Vec<(String, i64)> = on!(tx, c => sqlx::query_as(
        "select kind, count(*) from incidents where closed_at is null group by kind")
        .fetch_all(c).await)?;
    let of = |kind: Kind| rows.iter().find(|(k, _)| k == kind.as_str()).map_or(0, |(_, n)| *n);
    Ok(Kind::ALL.iter().map(|kind| (*kind, of(*kind))).collect())
}

/// Adds a note; the newest counts.
pub async fn add_note(tx: &mut Tx, incident: Uuid, note: &Note, author: &str) -> Result<()> {
    let (message, message_in) = written::columns(&note.message);
    on!(tx, c => sqlx::query(
        "insert into incident_notes (id, incident_id, message, message_in, said_by, author, made_at)
         values ($1, $2, $3, $4, $5, $6, $7)")
        .bind(note.id).bind(incident).bind(message).bind(message_in).bind(note.said_by.as_str()).bind(author)
        .bind(note.made_at).execute(c).await.map(|_| ()))?;
    tx.cover(Public::Note, note.id);
    Ok(())
}

/// The note on one incident.
pub async fn note(tx: &mut Tx, incident: Uuid) -> Result<Option<Note>> {
    let row: Option<NoteRow> = on!(tx, c => sqlx::query_as(
        "select id, incident_id, message, message_in, said_by, made_at from incident_notes
         where incident_id = $1 order by made_at desc, id desc limit 1")
        .bind(incident).fetch_optional(c).await)?;
    row.map(NoteRow::into_note).transpose()
}

/// Every note on one incident, replaced ones too, oldest first.
pub async fn every_note(tx: &mut Tx, incident: Uuid) -> Result<Vec<Note>> {
    let rows: Vec<NoteRow> = on!(tx, c => sqlx::query_as(
        "select id, incident_id, message, message_in, said_by, made_at from incident_notes
         where incident_id = $1 order by made_at, id")
        .bind(incident).fetch_all(c).await)?;
    rows.into_iter().map(NoteRow::into_note).collect()
}

/// The notes on open and recent incidents.
pub(super) async fn notes(tx: &mut Tx, since: DateTime<Utc>) -> Result<HashMap<Uuid, Note>> {
    let rows: Vec<NoteRow> = on!(tx, c => sqlx::query_as(
        "select n.id, n.incident_id, n.message, n.message_in, n.said_by, n.made_at
         from incident_notes n join incidents i on i.id = n.incident_id
         where i.closed_at is null or i.closed_at > $1 order by n.made_at, n.id")
        .bind(since).fetch_all(c).await)?;
    rows.into_iter().map(|row| Ok((row.incident_id, row.into_note()?))).collect()
}

/// The local facts of the last 90 days, oldest first; each ends where the next
/// of the same speaker begins.
pub(super) async fn local_past(
    tx: &mut Tx,
    now: DateTime<Utc>,
) -> Result<HashMap<OrgCode, Vec<Arc<LocalFacts>>>> {
    let rows: Vec<LocalRow> = on!(tx, c => sqlx::query_as(
        "select organisation, lines, message, message_in, phone, expires_at, set_at, said_by, said_by_name from local_facts
         where expires_at > $1 order by organisation, set_at, id")
        .bind(now - HISTORY).fetch_all(c).await)?;
    Ok(one_after_another(rows.into_iter().map(LocalRow::into_facts).collect::<Result<_>>()?))
}

/// Facts in the order of their organisations and times: each ends where the next
/// of the same speaker begins.
pub(super) fn one_after_another(mut all: Vec<LocalFacts>) -> HashMap<OrgCode, Vec<Arc<LocalFacts>>> {
    let mut last: HashMap<(OrgCode, Option<OrgCode>), usize> = HashMap::new();
    for i in 0..all.len() {
        let speaker = (all[i].organisation.clone(), all[i].by.as_ref().map(|by| by.code.clone()));
        if let Some(before) = last.insert(speaker, i) {
            let next = all[i].set_at;
            let word = &mut all[before];
            if next < word.expires_at {
                word.meant_until = Some(std::mem::replace(&mut word.expires_at, next));
            }
        }
    }
    let mut out: HashMap<OrgCode, Vec<Arc<LocalFacts>>> = HashMap::new();
    for facts in all {
        out.entry(facts.organisation.clone()).or_default().push(Arc::new(facts));
    }
    out
}
