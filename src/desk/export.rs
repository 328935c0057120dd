//! All that is recorded about one incident as one file, for a review: with what was
//! proposed, what staff were told, the words that left, and the audit chain. No contact of
//! anybody is in it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use uuid::Uuid;

use super::decisions::Which;
use super::{Desk, Result};
use crate::domain::incident::Incident;
use crate::domain::org::OrgCode;
use crate::domain::report::Report;
use crate::domain::user::{Action, Actor, Role};
use crate::store::audit::{self, hex};
use crate::store::calls::{self, Told};
use crate::store::proposals::{self, Proposal};
use crate::store::words::{self, Left};
use crate::store::{Tx, counters, delivery_reports, history, incidents, reports};

/// In what role a place's contact is told.
const ON_DUTY: &str = "on_duty";

impl Desk {
    /// Everything that is recorded about an incident of theirs, with its entries
    /// of the audit chain. No contact of anybody is in it.
    pub async fn export_record(&self, who: &Actor, id: Uuid) -> Result<Value> {
        let incident = self.incident(who, id).await?;
        let log = self.printed_log(who, &Which { incident: Some(id), ..Which::default() }).await?;
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        who.may(Action::See, &incident.declared_by, &directory)?;
        let sees = |code: &OrgCode| who.may(Action::See, code, &directory).is_ok();
        let mut responses = incidents::every_response_to(&mut tx, id).await?;
        responses.retain(|r| sees(&r.organisation));
        let mut all = reports::of_incident(&mut tx, id).await?;
        all.retain(|r| sees(&r.organisation));
        let mut counted = counters::of_incident(&mut tx, id).await?;
        counted.retain(|c| sees(&c.organisation));
        let mut proposed = proposals::all_of_incident(&mut tx, id).await?;
        let updates: Vec<Uuid> = incident.updates.iter().map(|u| u.id).collect();
        let subjects: BTreeSet<String> = std::iter::once(id)
            .chain(updates)
            .chain(proposed.iter().map(|p| p.id))
            .chain(all.iter().map(|r| r.id))
            .chain(counted.iter().map(|c| c.id))
            .chain(log.entries.iter().map(|e| e.chained.decision.id))
            .map(|id| id.to_string())
            .collect();
        let chain = audit::about(&mut tx, &subjects.into_iter().collect::<Vec<_>>()).await?;
        let head = audit::head(&mut tx).await?;
        proposed.retain(|p| sees(&p.organisation));
        Ok(json!({
            "taken_at": self.now(),
            "taken_by": who.name,
            "kind": incident.kind,
            "statements": self.said_by_others(&mut tx, &incident, &directory).await?,
            "notes": history::every_note(&mut tx, id).await?,
            "responses": responses,
            "decisions": log.entries.iter().map(|e| &e.chained.decision).collect::<Vec<_>>(),
            "proposals": proposed.iter().map(proposal).collect::<Vec<_>>(),
            "reports": all.iter().map(whole).collect::<Vec<_>>(),
            "counters": counted,
            "calls": calls_about(&mut tx, &incident, &proposed, &sees).await?,
            "messages": counts(&mut tx, &incident).await?,
            "words": words_that_left(&mut tx, &incident, &sees).await?,
            "incident": incident,
            "audit": {"entries": chain, "head": head.map(|h| json!({"seq": h.seq, "hash": hex(&h.hash)}))},
        }))
    }
}

fn whole(report: &Report) -> Value {
    json!({
        "id": report.id,
        "organisation": report.organisation,
        "due_at": report.due_at,
        "content": report.content,
        "commentary": report.commentary,
        "signed": report.signed.as_ref().map(|s| json!({
            "number": s.number, "at": s.at, "by": s.by, "hash": hex(&s.hash),
        })),
    })
}

/// What was proposed, with all its words: also what was refused, and what still waits.
fn proposal(p: &Proposal) -> Value {
    let name = |who: &Option<Actor>| who.as_ref().map(|who| who.name.clone());
    json!({
        "id": p.id,
        "kind": p.kind,
        "organisation": p.organisation,
        "content": p.content,
        "hash": hex(&p.content_hash),
        "reasons": p.reasons,
        "standing": p.standing,
        "author": p.author.name,
        "made_at": p.made_at,
        "editor": p.editor.name,
        "edited_at": p.edited_at,
        "decided_by": name(&p.decided_by),
        "decided_at": p.decided_at,
        "decided_because": p.decided_because,
        "reviewed_by": name(&p.reviewed_by),
        "reviewed_at": p.reviewed_at,
    })
}

/// How many messages of each update stand where.
async fn counts(tx: &mut Tx, incident: &Incident) -> Result<Vec<Value>> {
    let updates: Vec<Uuid> = incident.updates.iter().map(|u| u.id).collect();
    let all = delivery_reports::counts_of_updates(tx, &updates).await?;
    let each = |(update, state, n)| {
        json!({"update": update, "state": state, "messages": n,
            "each": format!("/desk/updates/{update}/deliveries.csv")})
    };
    Ok(all.into_iter().map(each).collect())
}

/// What staff were told about it: why, when, at which place or in which role, by which
/// channel. Also the alarms about what one person published of it alone.
async fn calls_about(
    tx: &mut Tx,
    incident: &Incident,
    proposed: &[Proposal],
    sees: &impl Fn(&OrgCode) -> bool,
) -> Result<Vec<Value>> {
    let mut all = calls::about(tx, incident.id).await?;
    if let Some(first) = proposed.iter().map(|p| p.made_at).min() {
        // An alarm leads to what it is about, and knows no more of it.
        let is_about = |text: &str| proposed.iter().any(|p| text.ends_with(&p.id.to_string()));
        let alarms = calls::alarms_since(tx, first).await?;
        all.extend(alarms.into_iter().filter(|call| call.text.as_deref().is_some_and(is_about)));
    }
    all.sort_by_key(|call| (call.made_at, call.id));
    let mut out = Vec::new();
    for call in all.iter().filter(|call| sees(&call.organisation)) {
        let told = calls::told(tx, call.id).await?;
        let one = |t: &Told| {
            json!({"organisation": t.organisation, "role": t.role.map_or(ON_DUTY, Role::as_str), "channel": t.channel, "state": t.state,
                "messages": t.number, "first_at": t.first_at, "last_at": t.last_at})
        };
        out.push(json!({
            "id": call.id,
            "reason": call.reason,
            "at": call.made_at,
            "organisation": call.organisation,
            "update": call.update,
            "subject": call.subject,
            "text": call.text,
            "told": told.iter().map(one).collect::<Vec<_>>(),
        }));
    }
    Ok(out)
}

/// The very words that were told of each update, by place, language and channel, and to how
/// many. Words that were written anew meanwhile are told of apart.
async fn words_that_left(
    tx: &mut Tx,
    incident: &Incident,
    sees: &impl Fn(&OrgCode) -> bool,
) -> Result<Vec<Value>> {
    let mut out = Vec::new();
    for update in &incident.updates {
        let mut left = words::left(tx, update.id).await?;
        left.retain(|l| sees(&l.organisation));
        out.extend(left.iter().map(|Left { organisation, locale, until, channel, message, to }| {
            let to: BTreeMap<_, _> = to.iter().map(|(state, n)| (state.as_str(), n)).collect();
            json!({"update": update.id, "organisation": organisation, "language": locale, "until": until,
                "channel": channel, "text": message.text_for(*channel), "to": to})
        }));
    }
    Ok(out)
}
