//! Recovery counters: starting one, entering readings, the chart.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::DateTime;
use uuid::Uuid;

use super::plan::{wall, wall_text};
use super::typed::{Asked, Typed};
use super::{id, who};
use crate::desk::DeskError;
use crate::desk::recovery::read_rows;
use crate::domain::FieldError;
use crate::domain::recovery::{Counter, CounterDraft, ReadingDraft};
use crate::domain::time;
use crate::domain::user::Actor;
use crate::page::burndown::{self, Size, grouped};
use crate::web::Web;
use crate::web::error::{PageError, screen, screen_with};
use crate::web::extract::Staff;
use crate::web::views::recovery as view;
use crate::words::english;

/// "40,000 of 150,000 computers are done, counted at 9am."
pub fn stands(web: &Web, counter: &Counter) -> String {
    let Some(now) = counter.now() else {
        let total = counter.total.map(|n| format!(" There are {} {}.", grouped(n), counter.unit));
        return format!("Nothing has been counted yet.{}", total.unwrap_or_default());
    };
    let at = time::near(now.at, web.desk.now(), english());
    format!("{} of {} {} are done, counted at {at}.", grouped(now.done), grouped(now.total), counter.unit)
}

/// A whole number as people type it; a mistake where it is none.
fn number(typed: &Typed, name: &str, errors: &mut Vec<FieldError>) -> Option<i64> {
    let text = typed.text(name)?;
    let read = text.replace([',', ' '], "").parse().ok();
    if read.is_none() {
        errors.push(FieldError::new(format!("/{name}"), "Enter a whole number, such as 1,200."));
    }
    read
}

async fn listed(
    web: &Web,
    actor: &Actor,
    incident: Uuid,
    typed: &Typed,
    errors: Vec<FieldError>,
) -> Result<view::Recovery, PageError> {
    let found = web.desk.incident(actor, incident).await?;
    let mut counters = Vec::new();
    for counter in web.desk.counters(actor, incident).await? {
        counters.push(view::Line {
            id: counter.id.to_string(),
            name: counter.name.clone(),
            stands: stands(web, &counter),
            outlook: web.desk.outlook_of(&counter),
            organisation: web.desk.name_of(&counter.organisation).await?,
        });
    }
    let field = |name: &str| typed.get(name).to_owned();
    Ok(view::Recovery {
        who: who(web, actor).await?,
        incident: incident.to_string(),
        title: found.title.english.clone(),
        mark: found.kind.word(),
        counters,
        called: field("name"),
        unit: field("unit"),
        total: field("total"),
        done: field("done"),
        once: Uuid::new_v4().to_string(),
        errors: errors.into(),
    })
}

/// `GET /desk/incidents/{id}/recovery`.
pub async fn list(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(incident): Path<String>,
) -> Result<Response, PageError> {
    Ok(screen(&listed(&web, &actor, id(&incident)?, &Typed::default(), vec![]).await?))
}

/// `POST /desk/incidents/{id}/recovery`.
pub async fn start(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(incident): Path<String>,
    typed: Typed,
) -> Result<Response, PageError> {
    let incident = id(&incident)?;
    let mut errors = Vec::new();
    let first = ReadingDraft {
        done: number(&typed, "done", &mut errors),
        total: number(&typed, "total", &mut errors),
        at: None,
    };
    let text = |name: &str| typed.text(name).unwrap_or_default();
    let draft = CounterDraft { name: text("name"), unit: text("unit"), first };
    if errors.is_empty() {
        let work = async { Ok(web.desk.start_counter(&actor, incident, &draft).await?.id) };
        match web.desk.once(&actor, typed.id("once"), work).await {
            Ok(made) => {
                return Ok(Redirect::to(&format!("/desk/counters/{made}?done=started")).into_response());
            }
            Err(DeskError::Invalid(more)) => errors = more,
            Err(error) => return Err(error.into()),
        }
    }
    let again = listed(&web, &actor, incident, &typed, errors).await?;
    Ok(screen_with(StatusCode::UNPROCESSABLE_ENTITY, &again))
}

async fn shown(
    web: &Web,
    actor: &Actor,
    counter: Uuid,
    typed: Option<&Typed>,
    errors: Vec<FieldError>,
) -> Result<view::Counter, PageError> {
    let counter = web.desk.counter(actor, counter).await?;
    let incident = web.desk.incident(actor, counter.incident).await?;
    let now = web.desk.now();
    let (stands, outlook) = (stands(web, &counter), web.desk.outlook_of(&counter));
    let reading = |r: &crate::domain::recovery::Reading| view::Reading {
        at: time::near(r.at, now, english()),
        done: grouped(r.done),
        left: grouped(r.left()),
        total: grouped(r.total),
        entered: format!("{}, {}", time::near(r.entered_at, now, english()), r.author),
        key: r.at.timestamp_micros().to_string(),
    };
    let struck = web.desk.struck(actor, counter.id).await?;
    let struck = struck.iter().map(|(r, by, at)| {
        let (read, at) = (time::near(r.at, now, english()), time::near(*at, now, english()));
        format!("{read}: {} of {}. {by} struck it out at {at}.", grouped(r.done), grouped(r.total))
    });
    let field = |name: &str| typed.map(|t| t.get(name).to_owned());
    Ok(view::Counter {
        who: who(web, actor).await?,
        done_text: "",
        id: counter.id.to_string(),
        incident: counter.incident.to_string(),
        incident_title: incident.title.english.clone(),
        mark: incident.kind.word(),
        name: counter.name.clone(),
        unit: counter.unit.clone(),
        charts: [Size::WIDE, Size::NARROW]
            .map(|size| burndown::svg(&counter, &format!("{}: {stands} {outlook}", counter.name), now, size)),
        readings: counter.readings.iter().rev().map(reading).collect(),
        struck: struck.collect(),
        may_count: web.desk.writes_for(actor, &counter.organisation).await?,
        done: field("done").unwrap_or_default(),
        total: field("total")
            .or(counter.now().map(|r| r.total).or(counter.total).map(|n| n.to_string()))
            .unwrap_or_default(),
        at: field("at").unwrap_or_else(|| wall_text(now)),
        pasted: field("rows").unwrap_or_default(),
        errors: errors.into(),
        stands,
        outlook,
    })
}

/// `GET /desk/counters/{id}`.
pub async fn one(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(counter): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let shown = shown(&web, &actor, id(&counter)?, None, vec![]).await?;
    let done_text = match asked.get("done") {
        "started" => "Counting has begun.",
        "counted" => "Entered.",
        "struck" => "Struck out. It stays on record, and counts no more.",
        _ => "",
    };
    Ok(screen(&view::Counter { done_text, ..shown }))
}

/// `POST /desk/counters/{id}`: one reading.
pub async fn count(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(counter): Path<String>,
    typed: Typed,
) -> Result<Response, PageError> {
    let mut errors = Vec::new();
    let at = wall(typed.get("at"));
    if at.is_none() {
        errors.push(FieldError::new("/at", "Enter the day and the time."));
    }
    let draft = ReadingDraft {
        done: number(&typed, "done", &mut errors),
        total: number(&typed, "total", &mut errors),
        at,
    };
    entered(&web, &actor, id(&counter)?, &typed, vec![draft], errors).await
}

/// `POST /desk/counters/{id}/strike`: a reading was a mistake.
pub async fn strike(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(counter): Path<String>,
    typed: Typed,
) -> Result<Redirect, PageError> {
    let counter = id(&counter)?;
    let reading = typed.get("reading").parse().ok().and_then(DateTime::from_timestamp_micros);
    let reading = reading.ok_or(DeskError::NotFound("This reading"))?;
    web.desk.strike(&actor, counter, reading).await?;
    Ok(Redirect::to(&format!("/desk/counters/{counter}?done=struck")))
}

/// `POST /desk/counters/{id}/rows`: many readings, as CSV.
pub async fn rows(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(counter): Path<String>,
    typed: Typed,
) -> Result<Response, PageError> {
    let (drafts, errors) = match read_rows(typed.get("rows")) {
        Ok(drafts) => (drafts, Vec::new()),
        Err(errors) => (Vec::new(), errors),
    };
    entered(&web, &actor, id(&counter)?, &typed, drafts, errors).await
}

async fn entered(
    web: &Web,
    actor: &Actor,
    counter: Uuid,
    typed: &Typed,
    drafts: Vec<ReadingDraft>,
    mut errors: Vec<FieldError>,
) -> Result<Response, PageError> {
    if errors.is_empty() {
        match web.desk.count(actor, counter, &drafts).await {
            Ok(_) => {
                return Ok(Redirect::to(&format!("/desk/counters/{counter}?done=counted")).into_response());
            }
            Err(DeskError::Invalid(more)) => errors = more,
            Err(error) => return Err(error.into()),
        }
    }
    let beside = errors.into_iter().map(|e| match e.pointer.strip_prefix("/readings/") {
        // Line 1 is the header.
        Some(rest) => {
            let row = rest.split('/').next().and_then(|n| n.parse::<usize>().ok()).unwrap_or(0);
            FieldError::new("/rows", format!("Line {}: {}", row + 2, e.detail))
        }
        None if !typed.get("rows").is_empty() => FieldError::new("/rows", e.detail),
        None => e,
    });
    let again = shown(web, actor, counter, Some(typed), beside.collect()).await?;
    Ok(screen_with(StatusCode::UNPROCESSABLE_ENTITY, &again))
}
