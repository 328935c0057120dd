//! After it: the record of an incident, as a screen and as one file.

use axum::extract::{Path, State};
use axum::response::Response;
use chrono::{DateTime, Utc};

use super::{id, log, who, words};
use crate::desk::record::{Event, Record};
use crate::domain::approval::Standing;
use crate::domain::incident::Update;
use crate::domain::org::OrgCode;
use crate::domain::time;
use crate::store::proposals::{Proposal, ProposalKind};
use crate::web::Web;
use crate::web::error::{PageError, file, screen};
use crate::web::extract::Staff;
use crate::web::views::counted;
use crate::web::views::desk::stands;
use crate::web::views::record as view;
use crate::words::english;

/// The most events on one screen.
const MAX_EVENTS: usize = 500;

/// `GET /desk/incidents/{id}/record`.
pub async fn show(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(incident): Path<String>,
) -> Result<Response, PageError> {
    let record = web.desk.record(&actor, id(&incident)?).await?;
    let incident = &record.incident;
    let (stage, colour) = match incident.was_mistaken() {
        true => (incident.label(), "grey"),
        false => stands(incident.stage(), record.is_unconfirmed),
    };
    let events = record.events.iter().take(MAX_EVENTS).map(|(at, event)| told(&web, &record, *at, event));
    Ok(screen(&view::Record {
        who: who(&web, &actor).await?,
        incident: incident.id.to_string(),
        title: incident.title.english.clone(),
        stage,
        colour,
        mark: incident.kind.word(),
        timings: timings(&record),
        events: events.collect(),
        more: record.events.len().saturating_sub(MAX_EVENTS),
        is_theirs: record.is_theirs,
    }))
}

/// `GET /desk/incidents/{id}/record.json`.
pub async fn export(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(incident): Path<String>,
) -> Result<Response, PageError> {
    let incident = id(&incident)?;
    let all = web.desk.export_record(&actor, incident).await?;
    Ok(file("application/json", &format!("record-{incident}.json"), all.to_string().into()))
}

/// What took how long, a sentence each.
fn timings(record: &Record) -> Vec<String> {
    let t = &record.timings;
    let full = |at| time::full(at, english());
    let after = |at: DateTime<Utc>| time::lasted(record.after(at), english());
    let mut out = vec![format!("It is known since {}.", full(t.known_at))];
    out.extend(t.first_posted.map(|at| format!("Time to post: {}.", after(at))));
    let places = counted(words::number(t.reached), "place that you see", "places that you see");
    out.push(format!("{} of {places} answered themselves.", t.answered));
    out.extend((t.answered_for > 0).then(|| {
        let more = counted(words::number(t.answered_for), "more place", "more places");
        format!("For {more} somebody else answered.")
    }));
    out.extend(t.first_answer.map(|at| format!("Time to the first answer: {}.", after(at))));
    out.extend(t.half_answered.map(|at| format!("Time until half had answered: {}.", after(at))));
    out.extend(t.last_answer.map(|at| format!("Time to the last answer so far: {}.", after(at))));
    for (update, is_captured, n, last) in &t.told {
        let Some(update) = record.incident.updates.iter().find(|u| u.id == *update) else { continue };
        let took = time::lasted(*last - update.published_at, english());
        out.push(format!(
            "Update {}: {}, the last one after {took}.",
            update.seq,
            handed_over(*is_captured, *n)
        ));
    }
    for (place, is_captured, n, last) in &t.words {
        let (name, sent) = (named(record, place), handed_over(*is_captured, *n));
        out.push(format!("What {name} said of itself: {sent}, the last one at {}.", full(*last)));
    }
    out
}

fn handed_over(is_captured: bool, n: i64) -> String {
    let messages = counted(u64::try_from(n).unwrap_or(0), "message", "messages");
    let what = if is_captured { "captured and not sent" } else { "to the public handed over" };
    format!("{messages} {what}")
}

fn named(record: &Record, code: &OrgCode) -> String {
    record.names.get(code).cloned().unwrap_or_else(|| code.to_string())
}

/// What a second person did with what waited, or one alone: what, who, why, and where it is.
fn agreed(p: &Proposal, is_review: bool) -> (String, String, Vec<String>, String) {
    let what = match p.kind {
        ProposalKind::Declaration => "the first post",
        ProposalKind::Messages => "the messages",
        _ => "an update",
    };
    let is_own = p.decided_by.as_ref().is_some_and(|by| by.name == p.author.name);
    let did = match p.standing {
        Standing::TakenBack if is_review => {
            format!("Looked at {what}, which one person had published alone, and took it back")
        }
        _ if is_review => format!("Looked at {what}, which one person had published alone"),
        Standing::Refused if is_own => format!("Taken back before anybody approved it: {what}"),
        Standing::Refused => format!("Not approved: {what}"),
        Standing::BrokeGlass | Standing::Reviewed | Standing::TakenBack => {
            format!("Published by one person alone: {what}")
        }
        _ => format!("Approved: {what}"),
    };
    let by = if is_review { &p.reviewed_by } else { &p.decided_by };
    let by = by.as_ref().map(|by| by.name.clone()).unwrap_or_default();
    let because = p.decided_because.as_ref().filter(|_| !is_review);
    let mut words = vec![format!("{} wrote it.", p.author.name)];
    words.extend(because.map(|because| format!("Reason: {because}")));
    (did, by, words, format!("/desk/approvals/{}", p.id))
}

fn told(web: &Web, record: &Record, at: DateTime<Utc>, event: &Event) -> view::Event {
    let now = web.desk.now();
    let system = record.incident.target.system().and_then(|key| web.desk.catalogue.get(key));
    let named = |code: &OrgCode| named(record, code);
    let said = |update: &Update| words::said(update, system.map(AsRef::as_ref));
    let (what, who, words, href) = match event {
        Event::Update(u) => {
            let what = if u.corrects.is_some() { "Correction" } else { "Update" };
            (format!("{what} {}", u.seq), named(&u.said_by), said(u), format!("/desk/updates/{}", u.id))
        }
        Event::TakenBack(u) => {
            // Who took it back, and not who had said it.
            let correction = record.incident.updates.iter().find(|c| c.corrects == Some(u.id));
            let by = named(&correction.unwrap_or(u).said_by);
            (format!("Taken back: update {}", u.seq), by, vec![], String::new())
        }
        Event::Response(r, name) => {
            let mut all = vec![format!("{}.", r.answer.label())];
            all.extend(r.message.as_ref().map(|m| m.english.clone()));
            all.extend(r.lines.0.iter().map(|(line, s)| words::stands(*line, s)));
            let page =
                format!("/desk/organisations/{}/at?time={}", r.organisation, at.format("%Y-%m-%dT%H:%M:%SZ"));
            match &r.by {
                Some(by) => (format!("Answer for {name}"), by.name.clone(), all, page),
                None => (format!("Answer of {name}"), String::new(), all, page),
            }
        }
        Event::Decision(entry) => {
            let e = log::shown(web, entry);
            let late = e.is_late.then(|| "Late entry".to_owned());
            let words = late.into_iter().chain([e.decision]).collect();
            (format!("Decision {}", e.number), e.decided_by, words, format!("/desk/log/{}", e.id))
        }
        Event::Report(report) => {
            let number = report.signed.as_ref().map_or(0, |s| s.number);
            let by = report.signed.as_ref().map(|s| s.by.clone()).unwrap_or_default();
            let words = vec![report.commentary.summary.clone()];
            (format!("Situation report {number}"), by, words, format!("/desk/reports/{}", report.id))
        }
        Event::Statement(s) | Event::Unsaid(s) => {
            let about = s.system.as_ref().and_then(|key| web.desk.catalogue.get(key));
            let about = about.map(|system| format!(" about {}", system.name)).unwrap_or_default();
            let is_unsaid = matches!(event, Event::Unsaid(_));
            let what = if is_unsaid { "Taken back: the word of" } else { "The word of" };
            let words = if is_unsaid { vec![] } else { vec![s.message.english.clone()] };
            (format!("{what} {}{about}", s.speaker.name), String::new(), words, String::new())
        }
        Event::Decided(p) | Event::Reviewed(p) => agreed(p, matches!(event, Event::Reviewed(_))),
        Event::Note(note) => {
            let words = vec![note.message.english.clone()];
            ("What was learned".into(), named(&note.said_by), words, String::new())
        }
    };
    view::Event { at: time::near(at, now, english()), what, who, words, href }
}
