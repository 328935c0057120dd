//! The decision log: reading it, entering a decision, printing.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;

use super::plan::{wall, wall_text};
use super::typed::{Asked, Typed};
use super::{id, who};
use crate::desk::DeskError;
use crate::desk::decisions::{Entry, Log, Which};
use crate::domain::FieldError;
use crate::domain::decision::{Decision, DecisionDraft};
use crate::domain::time;
use crate::domain::user::Actor;
use crate::store::audit::Head;
use crate::store::decisions::Chained;
use crate::web::Web;
use crate::web::error::{PageError, pdf, screen, screen_with};
use crate::web::extract::Staff;
use crate::web::views::form::{Choice, chosen};
use crate::web::views::log as view;
use crate::words::english;

/// One entry, told at this moment.
pub fn shown(web: &Web, entry: &Entry) -> view::Entry {
    let (d, now) = (&entry.chained.decision, web.desk.now());
    let address = |id: &uuid::Uuid| format!("/desk/log/{id}");
    view::Entry {
        id: d.id.to_string(),
        number: d.number,
        made_at: time::near(d.made_at, now, english()),
        entered_at: time::near(d.entered_at, now, english()),
        is_late: d.is_late(),
        decided_by: d.decided_by.clone(),
        entered_by: d.entered_by.clone(),
        organisation: entry.organisation_name.clone(),
        decision: d.decision.clone(),
        reason: d.reason.clone(),
        refused: d.refused.clone(),
        incident: entry.incident.as_ref().map(|(title, _)| title.clone()).unwrap_or_default(),
        mark: entry.incident.as_ref().map_or("", |(_, kind)| kind.word()),
        corrects: d.corrects.zip(entry.corrects).map(|(id, number)| (address(&id), number)),
        corrected_by: entry.corrected_by.iter().map(|(id, number)| (address(id), *number)).collect(),
        seq: entry.chained.seq,
        hash: Head { seq: entry.chained.seq, hash: entry.chained.hash.clone() }.short(),
    }
}

/// The incidents that an entry may be about.
async fn incidents(web: &Web, actor: &Actor, none: &str, value: &str) -> Result<Vec<Choice>, PageError> {
    let mut all = vec![Choice::new("", none)];
    for incident in web.desk.incidents(actor).await? {
        let began = time::near(incident.created_at, web.desk.now(), english());
        all.push(Choice::new(
            incident.id.to_string(),
            format!("{}{} ({began})", incident.kind.mark(), incident.title.english),
        ));
    }
    Ok(chosen(all, value))
}

/// What somebody asks for; a day that is none is a mistake.
fn which(actor: &Actor, asked: &Typed) -> (Which, Vec<FieldError>) {
    let mut errors = Vec::new();
    let day: Option<NaiveDate> = asked.get("day").parse().ok();
    if day.is_none() && !asked.get("day").is_empty() {
        errors.push(FieldError::new("/day", "Enter a day, such as 19 7 2024."));
    }
    let own = (asked.get("whose") != "below").then(|| actor.organisation.clone());
    (Which { organisation: own, incident: asked.id("incident"), day }, errors)
}

/// The same as an address has it.
fn query(asked: &Typed, more: &[(&str, String)]) -> String {
    let kept = ["whose", "incident", "day"].iter().map(|n| (*n, asked.get(n).to_owned()));
    let all = kept.filter(|(_, v)| !v.is_empty()).chain(more.iter().cloned());
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(all).finish()
}

/// `GET /desk/log?whose=&incident=&day=&before=`.
pub async fn list(
    State(web): State<Web>,
    Staff(actor): Staff,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let (which, errors) = which(&actor, &asked);
    let log = web.desk.decisions(&actor, &which, asked.get("before").parse().ok()).await?;
    let whose = vec![Choice::new("", "Our own"), Choice::new("below", "Our own and all below us")];
    let about = which.incident.map(|i| format!("?incident={i}")).unwrap_or_default();
    Ok(screen(&view::Log {
        who: who(&web, &actor).await?,
        done: if asked.get("done").is_empty() { "" } else { "The decision is in the log." },
        whose: chosen(whose, asked.get("whose")),
        incidents: incidents(&web, &actor, "Everything", asked.get("incident")).await?,
        day: asked.get("day").to_owned(),
        errors: errors.into(),
        entries: log.entries.iter().map(|e| shown(&web, e)).collect(),
        print: format!("/desk/log/print?{}", query(&asked, &[])),
        pdf: format!("/desk/log/log.pdf?{}", query(&asked, &[])),
        new: format!("/desk/log/new{about}"),
        older: log.next.map(|n| format!("/desk/log?{}", query(&asked, &[("before", n.to_string())]))),
    }))
}

/// The questions, with what was typed and what is wrong with it.
async fn asked_for(
    web: &Web,
    actor: &Actor,
    typed: &Typed,
    errors: Vec<FieldError>,
) -> Result<view::New, PageError> {
    let who = who(web, actor).await?;
    if !who.may_publish() {
        return Err(DeskError::Denied.into());
    }
    let corrected = match typed.id("corrects") {
        Some(id) => Some(web.desk.decision(actor, id).await?.chained.decision),
        None => None,
    };
    let before = |name: &str, of: fn(&Decision) -> String| match (typed.get(name), &corrected) {
        ("", Some(d)) if typed.get("decision").is_empty() => of(d),
        (typed, _) => typed.to_owned(),
    };
    let now = web.desk.now();
    Ok(view::New {
        corrects: typed.get("corrects").to_owned(),
        incidents: incidents(web, actor, "Our day, no single incident", typed.get("incident")).await?,
        made_at: match before("made_at", |d| wall_text(d.made_at)) {
            none if none.is_empty() && errors.is_empty() => wall_text(now),
            typed => typed,
        },
        decided_by: match before("decided_by", |d| d.decided_by.clone()) {
            none if none.is_empty() && errors.is_empty() => actor.name.clone(),
            typed => typed,
        },
        decision: before("decision", |d| d.decision.clone()),
        reason: before("reason", |d| d.reason.clone()),
        refused: before("refused", |d| d.refused.join("\n")),
        errors: errors.into_iter().map(beside_its_field).collect::<Vec<_>>().into(),
        corrected: corrected.map(|d| (d.number, d.decision)),
        who,
    })
}

/// Options are one field here, and a list in the API.
fn beside_its_field(error: FieldError) -> FieldError {
    match error.pointer.starts_with("/refused/") {
        true => FieldError::new("/refused", error.detail),
        false => error,
    }
}

/// What was typed, and the mistakes that only a form can have.
fn draft(typed: &Typed) -> (DecisionDraft, Vec<FieldError>) {
    let mut errors = Vec::new();
    let made_at = wall(typed.get("made_at"));
    if made_at.is_none() {
        errors.push(FieldError::new("/made_at", "Enter the day and the time."));
    }
    let decided_by = typed.text("decided_by");
    if decided_by.is_none() {
        errors.push(FieldError::new("/decided_by", "Enter who decided."));
    }
    let refused = typed.text("refused").unwrap_or_default();
    let draft = DecisionDraft {
        incident: typed.id("incident"),
        made_at,
        decided_by,
        decision: typed.text("decision").unwrap_or_default(),
        reason: typed.text("reason").unwrap_or_default(),
        refused: refused.lines().filter(|l| !l.trim().is_empty()).map(str::to_owned).collect(),
        corrects: typed.id("corrects"),
    };
    (draft, errors)
}

async fn refused(
    web: &Web,
    actor: &Actor,
    typed: &Typed,
    errors: Vec<FieldError>,
) -> Result<Response, PageError> {
    let again = asked_for(web, actor, typed, errors).await?;
    Ok(screen_with(StatusCode::UNPROCESSABLE_ENTITY, &again))
}

/// `GET /desk/log/new?incident=&corrects=`.
pub async fn form(
    State(web): State<Web>,
    Staff(actor): Staff,
    Asked(typed): Asked,
) -> Result<Response, PageError> {
    Ok(screen(&asked_for(&web, &actor, &typed, vec![]).await?))
}

/// `POST /desk/log/new/edit`: back from the check, with everything typed.
pub async fn edit(State(web): State<Web>, Staff(actor): Staff, typed: Typed) -> Result<Response, PageError> {
    Ok(screen(&asked_for(&web, &actor, &typed, vec![]).await?))
}

/// `POST /desk/log/new/check`: enters nothing.
pub async fn check(State(web): State<Web>, Staff(actor): Staff, typed: Typed) -> Result<Response, PageError> {
    let (draft, mut errors) = draft(&typed);
    let decision = match web.desk.check_decision(&actor, &draft).await {
        Ok(decision) if errors.is_empty() => decision,
        Ok(_) => return refused(&web, &actor, &typed, errors).await,
        Err(DeskError::Invalid(more)) => {
            errors.extend(more);
            return refused(&web, &actor, &typed, errors).await;
        }
        Err(error) => return Err(error.into()),
    };
    let incident = match decision.incident {
        Some(id) => Some(web.desk.incident(&actor, id).await?),
        None => None,
    };
    let corrects = match decision.corrects {
        Some(id) => Some(web.desk.decision(&actor, id).await?.chained.decision.number),
        None => None,
    };
    let who = who(&web, &actor).await?;
    let entry = Entry {
        chained: Chained { decision, seq: 0, hash: Vec::new() },
        organisation_name: who.organisation.clone(),
        incident: incident.map(|i| (i.title.english, i.kind)),
        corrects,
        corrected_by: Vec::new(),
    };
    let names = ["corrects", "incident", "decision", "reason", "refused", "made_at", "decided_by"];
    let mut carried: Vec<(String, String)> =
        names.iter().map(|n| ((*n).to_owned(), typed.get(n).to_owned())).collect();
    carried.push(("once".into(), uuid::Uuid::new_v4().to_string()));
    Ok(screen(&view::Check { who, entry: shown(&web, &entry), typed: carried }))
}

/// `POST /desk/log/new`.
pub async fn enter(State(web): State<Web>, Staff(actor): Staff, typed: Typed) -> Result<Response, PageError> {
    let (draft, errors) = draft(&typed);
    if !errors.is_empty() {
        return refused(&web, &actor, &typed, errors).await;
    }
    let work = async { Ok(web.desk.decide(&actor, &draft).await?.id) };
    match web.desk.once(&actor, typed.id("once"), work).await {
        Ok(id) => Ok(Redirect::to(&format!("/desk/log/{id}?done=entered")).into_response()),
        Err(DeskError::Invalid(errors)) => refused(&web, &actor, &typed, errors).await,
        Err(error) => Err(error.into()),
    }
}

/// `GET /desk/log/{id}`.
pub async fn one(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(entry): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let entry = web.desk.decision(&actor, id(&entry)?).await?;
    Ok(screen(&view::Seen {
        who: who(&web, &actor).await?,
        done: if asked.get("done").is_empty() { "" } else { "The decision is in the log." },
        may_correct: web.desk.writes_for(&actor, &entry.chained.decision.organisation).await?,
        entry: shown(&web, &entry),
    }))
}

/// The log as it goes on paper.
async fn printed(web: &Web, actor: &Actor, asked: &Typed) -> Result<view::Print, PageError> {
    let (which, _) = which(actor, asked);
    let log = web.desk.printed_log(actor, &which).await?;
    let who = who(web, actor).await?;
    let now = web.desk.now();
    let subject = match which.incident {
        Some(id) => web.desk.incident(actor, id).await?.title.english,
        None => who.organisation.clone(),
    };
    let mut about = vec![match &which.organisation {
        Some(_) => format!("The log of {}.", who.organisation),
        None => format!("The logs of {} and all below.", who.organisation),
    }];
    if let Some(day) = which.day {
        about.push(format!("Decided on {}.", time::date(day, english())));
    }
    if log.next.is_some() {
        about.push("These are the newest entries. Older ones are left out: choose a day.".into());
    }
    about.push(format!("Printed by {} at {}.", actor.name, time::full(now, english())));
    let entries: Vec<view::Entry> = log.entries.iter().map(|e| full(web, e)).collect();
    Ok(view::Print {
        title: format!("Decision log: {subject}"),
        about,
        head: head(&log),
        mark: mark(&entries),
        entries,
        back: format!("/desk/log?{}", query(asked, &[])),
        pdf: format!("/desk/log/log.pdf?{}", query(asked, &[])),
    })
}

/// With the year: paper is read later.
fn full(web: &Web, entry: &Entry) -> view::Entry {
    let d = &entry.chained.decision;
    let at = |at| time::full(at, english());
    view::Entry { made_at: at(d.made_at), entered_at: at(d.entered_at), ..shown(web, entry) }
}

/// What stands on each page, so that the paper can be held against the chain.
fn head(log: &Log) -> String {
    match &log.head {
        Some(head) => format!("Audit chain head {}, entry {}.", head.short(), head.seq),
        None => "The audit chain is empty.".into(),
    }
}

/// `GET /desk/log/print?whose=&incident=&day=`.
pub async fn print(
    State(web): State<Web>,
    Staff(actor): Staff,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    Ok(screen(&printed(&web, &actor, &asked).await?))
}

/// `GET /desk/log/log.pdf?whose=&incident=&day=`.
pub async fn as_pdf(
    State(web): State<Web>,
    Staff(actor): Staff,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let printed = printed(&web, &actor, &asked).await?;
    Ok(pdf("decision-log.pdf", &printed.paper()))
}

/// What a print is marked with: nothing where something in it is real.
fn mark(entries: &[view::Entry]) -> &'static str {
    match entries.iter().any(|e| e.mark.is_empty()) {
        true => "",
        false => entries.first().map_or("", |e| e.mark),
    }
}
