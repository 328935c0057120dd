//! What was being said at a moment of the past: everything that was recorded by
//! then, and nothing that was recorded later. What was withdrawn afterwards
//! stands; what was replaced afterwards is not replaced yet.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::incidents::{HISTORY, IncidentRow, LocalRow, ResponseRow, UpdateRow};
use super::{Result, Tx, history, on, planned, statements};
use crate::domain::facts::Situation;
use crate::domain::incident::{LocalFacts, Note, Stage, Update};
use crate::domain::org::OrgCode;

/// The situation as [`super::incidents::situation`] gave it at `at`; answers and
/// local facts only of these organisations: a page rests on its own and on those
/// of everybody above.
async fn situation(tx: &mut Tx, at: DateTime<Utc>, of: &[OrgCode]) -> Result<Situation> {
    let mut situation = Situation::default();
    let mut updates = updates(tx, at).await?;
    let mut notes = notes(tx, at).await?;
    // What is closed today may have been open then: a superset, sifted below.
    let rows: Vec<IncidentRow> = on!(tx, c => sqlx::query_as(
        "select * from incidents where created_at <= $1 and (closed_at is null or closed_at > $2)
         order by created_at desc, id desc")
        .bind(at).bind(at - HISTORY).fetch_all(c).await)?;
    for row in rows {
        let said = updates.remove(&row.id).unwrap_or_default();
        let note = notes.remove(&row.id);
        let incident = row.into_incident(said, note)?;
        let last = incident.updates.last();
        let closed_at = last.filter(|u| u.stage == Stage::Resolved).map(|u| u.published_at);
        if closed_at.is_none_or(|closed| closed > at - HISTORY) {
            situation.incidents.push(Arc::new(incident));
        }
    }
    for code in of {
        responses(tx, at, code, &mut situation).await?;
        local(tx, at, code, &mut situation).await?;
    }
    let known: HashSet<Uuid> = situation.incidents.iter().map(|i| i.id).collect();
    situation.responses.retain(|(id, _), _| known.contains(id));
    situation.answered_before.retain(|(id, _), _| known.contains(id));
    situation.planned = planned::known_at(tx, at).await?;
    situation.since = history::since(tx).await?.filter(|since| *since <= at);
    situation.kept_since = history::kept_since(tx).await?;
    situation.statements = statements::seen_at(tx, at).await?;
    Ok(situation)
}

/// The same for the page of one place: of a pharmacy, also what the surgeries said
/// whose prescriptions it makes up.
pub async fn situation_of(
    tx: &mut Tx,
    at: DateTime<Utc>,
    of: &[OrgCode],
    place: &OrgCode,
) -> Result<Situation> {
    let mut situation = situation(tx, at, of).await?;
    let answers: Vec<ResponseRow> = on!(tx, c => sqlx::query_as(
        "select * from responses where made_at <= $1 and organisation in
            (select practice from pharmacy_links where pharmacy = $2) order by made_at, id")
        .bind(at).bind(place.as_str()).fetch_all(c).await)?;
    for row in answers {
        let response = row.into_response()?;
        if situation.incidents.iter().any(|i| i.id == response.incident) {
            situation.answer(response);
        }
    }
    let local: Vec<LocalRow> = on!(tx, c => sqlx::query_as(
        "select organisation, lines, message, message_in, phone, expires_at, set_at, said_by, said_by_name from local_facts
         where set_at <= $1 and organisation in
            (select practice from pharmacy_links where pharmacy = $2) order by set_at, id")
        .bind(at).bind(place.as_str()).fetch_all(c).await)?;
    for row in local {
        situation.say(row.into_facts()?);
    }
    Ok(situation)
}

/// Everything that had been said, as it stood then: what was taken back later
/// was not taken back yet.
async fn updates(tx: &mut Tx, at: DateTime<Utc>) -> Result<HashMap<Uuid, Vec<Update>>> {
    let rows: Vec<UpdateRow> = on!(tx, c => sqlx::query_as(
        "select u.* from updates u join incidents i on i.id = u.incident_id
         where u.published_at <= $1 and (i.closed_at is null or i.closed_at > $2)
         order by u.incident_id, u.seq")
        .bind(at).bind(at - HISTORY).fetch_all(c).await)?;
    let mut out: HashMap<Uuid, Vec<Update>> = HashMap::new();
    for row in rows {
        let mut update = row.into_update()?;
        update.withdrawn_at = update.withdrawn_at.filter(|withdrawn| *withdrawn <= at);
        out.entry(update.incident).or_default().push(update);
    }
    Ok(out)
}

/// The newest answer of an organisation about each incident.
async fn responses(tx: &mut Tx, at: DateTime<Utc>, of: &OrgCode, situation: &mut Situation) -> Result<()> {
    let rows: Vec<ResponseRow> = on!(tx, c => sqlx::query_as(
        "select * from responses where organisation = $2 and made_at <= $1 order by made_at, id")
        .bind(at).bind(of.as_str()).fetch_all(c).await)?;
    for row in rows {
        let response = row.into_response()?;
        situation.answer(response);
    }
    Ok(())
}

/// The notes that stood; the newest of an incident counts.
async fn notes(tx: &mut Tx, at: DateTime<Utc>) -> Result<HashMap<Uuid, Note>> {
    let rows: Vec<history::NoteRow> = on!(tx, c => sqlx::query_as(
        "select n.id, n.incident_id, n.message, n.message_in, n.said_by, n.made_at from incident_notes n
         where n.made_at <= $1 order by n.made_at, n.id")
        .bind(at).fetch_all(c).await)?;
    rows.into_iter().map(|row| Ok((row.incident_id, row.into_note()?))).collect()
}

/// The local facts of an organisation that stood, and those of the 90 days
/// before.
async fn local(tx: &mut Tx, at: DateTime<Utc>, of: &OrgCode, situation: &mut Situation) -> Result<()> {
    let rows: Vec<LocalRow> = on!(tx, c => sqlx::query_as(
        "select organisation, lines, message, message_in, phone, expires_at, set_at, said_by, said_by_name from local_facts
         where organisation = $2 and set_at <= $1 order by set_at, id")
        .bind(at).bind(of.as_str()).fetch_all(c).await)?;
    let all: Vec<LocalFacts> = rows.into_iter().map(LocalRow::into_facts).collect::<Result<_>>()?;
    all.iter().for_each(|word| situation.say(word.clone()));
    let recent = all.into_iter().filter(|f| f.expires_at > at - HISTORY).collect();
    situation.local_past.extend(history::one_after_another(recent));
    Ok(())
}

/// The moments between two times at which something was said, taken back,
/// planned or learned by anybody, or answered or set by one of these
/// organisations or by a surgery whose prescriptions the first of them makes up;
/// in order. Whether a page changed has to be worked out.
pub async fn moments(
    tx: &mut Tx,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    of: &[OrgCode],
) -> Result<Vec<DateTime<Utc>>> {
    let mut all: Vec<DateTime<Utc>> = on!(tx, c => sqlx::query_scalar(
        "select published_at from updates where published_at > $1 and published_at <= $2
         union select withdrawn_at from updates where withdrawn_at > $1 and withdrawn_at <= $2
         union select made_at from incident_notes where made_at > $1 and made_at <= $2
         union select at from planned_steps where at > $1 and at <= $2
         union select made_at from statements where made_at > $1 and made_at <= $2
         union select taken_back_at from statements where taken_back_at > $1 and taken_back_at <= $2
         union select ended_at from speakers where ended_at > $1 and ended_at <= $2")
        .bind(from).bind(to).fetch_all(c).await)?;
    for code in of {
        let own: Vec<DateTime<Utc>> = on!(tx, c => sqlx::query_scalar(
            "select made_at from responses where organisation = $3 and made_at > $1 and made_at <= $2
             union select set_at from local_facts where organisation = $3 and set_at > $1 and set_at <= $2")
            .bind(from).bind(to).bind(code.as_str()).fetch_all(c).await)?;
        all.extend(own);
    }
    if let Some(place) = of.first() {
        let linked: Vec<DateTime<Utc>> = on!(tx, c => sqlx::query_scalar(
            "select made_at from responses where made_at > $1 and made_at <= $2 and organisation in
                (select practice from pharmacy_links where pharmacy = $3)
             union select set_at from local_facts where set_at > $1 and set_at <= $2 and organisation in
                (select practice from pharmacy_links where pharmacy = $3)")
            .bind(from).bind(to).bind(place.as_str()).fetch_all(c).await)?;
        all.extend(linked);
    }
    all.sort_unstable();
    all.dedup();
    Ok(all)
}
