//! Situation reports: the list and the rhythm, writing a draft, signing it off,
//! and the same as paper, PDF, CSV and JSON.

mod table;

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::rhythm::{self, AS_IT_IS};
use super::typed::{Asked, Typed};
use super::{id, who};
use crate::desk::DeskError;
use crate::domain::FieldError;
use crate::domain::delivery::DeliveryState;
use crate::domain::incident::{Kind, Stage};
use crate::domain::recurrence::Day;
use crate::domain::report::{Commentary, Content, Report, methane};
use crate::domain::rhythm::Rhythm;
use crate::domain::time;
use crate::domain::user::Actor;
use crate::page::burndown::grouped;
use crate::store::audit::hex;
use crate::web::Web;
use crate::web::error::{PageError, file, pdf, screen, screen_with};
use crate::web::extract::Staff;
use crate::web::views::form::{Choice, chosen};
use crate::web::views::messages::state_label;
use crate::web::views::reports as view;
use crate::words::english;

/// "Report 3", or "Draft".
fn name(report: &Report) -> String {
    report.signed.as_ref().map_or("Draft".into(), |s| format!("Report {}", s.number))
}

async fn listed(
    web: &Web,
    actor: &Actor,
    incident: Uuid,
    typed: &Typed,
    errors: Vec<FieldError>,
) -> Result<view::Reports, PageError> {
    let found = web.desk.reports(actor, incident, typed.get("before").parse().ok()).await?;
    let now = web.desk.now();
    let row = |report: &Report| view::Row {
        id: report.id.to_string(),
        name: name(report),
        about: match report.due_at {
            Some(due) => format!("For {}.", time::near(due, now, english())),
            None => format!("Figures of {}.", time::near(report.content.as_at, now, english())),
        },
        organisation: report.content.organisation.name.clone(),
        is_signed: report.signed.is_some(),
    };
    let stands = rhythm::standing(found.rhythm.as_ref());
    let answered = |name, stands: &str| match typed.get(name) {
        "" => stands.to_owned(),
        typed => typed.to_owned(),
    };
    let mut often = vec![
        Choice::new("never", "Not by the clock"),
        Choice::new("1", "Every hour"),
        Choice::new("2", "Every 2 hours"),
        Choice::new("4", "Every 4 hours"),
        Choice::new("6", "Every 6 hours"),
        Choice::new("twice", "Twice a day"),
        Choice::new("24", "Once a day"),
        Choice::new("weekly", "Once a week"),
    ];
    if let Some(rhythm) = found.rhythm.as_ref().filter(|_| stands.often == AS_IT_IS) {
        often.push(Choice::new(AS_IT_IS, rhythm.text()));
    }
    let days = Day::ALL.iter().map(|d| Choice::new(d.as_str(), d.label())).collect();
    Ok(view::Reports {
        who: who(web, actor).await?,
        done: "",
        incident: incident.to_string(),
        title: found.incident.title.english.clone(),
        mark: found.incident.kind.word(),
        reports: found.reports.iter().map(row).collect(),
        older: found.older.map(|id| format!("/desk/incidents/{incident}/reports?before={id}")),
        rhythm: found.rhythm.as_ref().map(Rhythm::text).unwrap_or_default(),
        next: found.next.map(|at| time::near(at, now, english())).unwrap_or_default(),
        often: chosen(often, &answered("often", stands.often)),
        hours: rhythm::hours(&answered("hour", &stands.hour)),
        second_hours: rhythm::hours(&answered("second", &stands.second)),
        days: chosen(days, &answered("day", stands.day)),
        once: Uuid::new_v4().to_string(),
        errors: errors.into(),
    })
}

/// `GET /desk/incidents/{id}/reports`.
pub async fn list(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(incident): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let listed = listed(&web, &actor, id(&incident)?, &asked, vec![]).await?;
    let done = if asked.get("done") == "rhythm" { "Saved." } else { "" };
    Ok(screen(&view::Reports { done, ..listed }))
}

/// `POST /desk/incidents/{id}/reports`: a draft with the figures of now.
pub async fn draft(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(incident): Path<String>,
    typed: Typed,
) -> Result<Redirect, PageError> {
    let incident = id(&incident)?;
    let work = async { Ok(web.desk.draft_report(&actor, incident).await?.id) };
    let report = web.desk.once(&actor, typed.id("once"), work).await?;
    Ok(Redirect::to(&format!("/desk/reports/{report}")))
}

/// `POST /desk/incidents/{id}/rhythm`.
pub async fn set_rhythm(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(incident): Path<String>,
    typed: Typed,
) -> Result<Response, PageError> {
    let incident = id(&incident)?;
    let back = format!("/desk/incidents/{incident}/reports?done=rhythm");
    if typed.get("often") == AS_IT_IS {
        return Ok(Redirect::to(&back).into_response());
    }
    match rhythm::read(&typed) {
        Ok(rhythm) => {
            web.desk.set_rhythm(&actor, incident, rhythm.as_ref()).await?;
            Ok(Redirect::to(&back).into_response())
        }
        Err(errors) => {
            let again = listed(&web, &actor, incident, &typed, errors).await?;
            Ok(screen_with(StatusCode::UNPROCESSABLE_ENTITY, &again))
        }
    }
}

/// The report as people read it.
fn told(report: &Report, now: DateTime<Utc>) -> view::Told {
    let (c, own) = (&report.content, &report.commentary);
    let full = |at| time::full(at, english());
    let mut about = vec![format!("{}. Figures of {}.", c.organisation.name, full(c.as_at))];
    about.extend(report.due_at.map(|due| format!("Due at {}.", full(due))));
    about.push(match &report.signed {
        Some(signed) => format!("Signed off by {} at {}.", signed.by, full(signed.at)),
        None => "This is a draft. Nobody has signed it off.".into(),
    });
    let promised = |s: &crate::domain::report::Said| {
        let late = if s.next_update_by <= c.as_at { "was due" } else { "is due" };
        let said = if s.text.is_empty() { "Only what holds for each line." } else { &s.text };
        let at = format!("At {}: {said}", time::near(s.at, c.as_at, english()));
        let due = format!("The next update {late} at {}.", time::near(s.next_update_by, c.as_at, english()));
        // After the end nobody waits for one.
        let goes_on = c.incident.stage != Stage::Resolved;
        std::iter::once(at).chain(goes_on.then_some(due)).collect::<Vec<_>>()
    };
    let counted = |n: &crate::domain::report::Counted| {
        let at = time::near(n.at, c.as_at, english());
        (
            n.name.clone(),
            format!("{} of {} {}, at {at}", grouped(n.done), grouped(n.total), n.unit),
            n.outlook.clone(),
        )
    };
    let numbers = |counts: &crate::domain::report::Counts| counts.named().map(|(_, n)| n).to_vec();
    let (messages_to, messages) = messages(c);
    view::Told {
        title: match &report.signed {
            Some(signed) => format!("Situation report {}: {}", signed.number, c.incident.title),
            None => format!("Draft situation report: {}", c.incident.title),
        },
        mark: c.incident.kind.word(),
        about,
        counts: c.counts.named().to_vec(),
        areas: c.areas.iter().map(|a| (indented(&a.place.name, a.depth), numbers(&a.counts))).collect(),
        changes: c.changes.clone(),
        summary: own.summary.clone(),
        supplier: own.supplier.clone(),
        methane: methane(c, own).map(|(letter, head, text)| (format!("{letter}: {head}"), text)).to_vec(),
        lines: c
            .lines
            .iter()
            .map(|l| (l.label(), l.organisations))
            .chain(c.not_known.iter().map(|l| (l.label_not_known(), l.organisations)))
            .collect(),
        later: c.later.iter().map(|l| (l.label(), l.organisations)).collect(),
        said_heading: match c.incident.kind {
            Kind::Live => "What the public was told last",
            _ => "What was said last. No patient was told",
        },
        messages_to,
        messages,
        counters: c.counters.iter().map(counted).collect(),
        said: c.said.as_ref().map(promised).unwrap_or_default(),
        next_due: c.next_due.map(|at| format!("The next report is due at {}.", full(at))).unwrap_or_default(),
        foot: match &report.signed {
            Some(signed) => {
                format!("Report {}, {}.", signed.number, hex(&signed.hash[..8.min(signed.hash.len())]))
            }
            None => format!("Draft, read at {}.", full(now)),
        },
    }
}

/// For whom the messages of a report are, and how many stand where. Those of an exercise are
/// for staff alone.
fn messages(c: &Content) -> (Vec<&'static str>, Vec<(String, Vec<i64>)>) {
    let (public, staff) = (("To the public", &c.messages), "To staff on duty");
    let all: Vec<(&str, &BTreeMap<DeliveryState, i64>)> = match (&c.messages_to_staff, c.incident.kind) {
        (None, _) => vec![("Messages", &c.messages)],
        (Some(to_staff), Kind::Live) => vec![public, (staff, to_staff)],
        (Some(to_staff), _) => vec![(staff, to_staff)],
    };
    let row = |state: &DeliveryState| {
        let numbers: Vec<i64> = all.iter().map(|(_, of)| of.get(state).copied().unwrap_or(0)).collect();
        let is_any = numbers.iter().any(|n| *n > 0);
        is_any.then(|| (state_label(*state).0.to_owned(), numbers))
    };
    let rows = DeliveryState::ALL.iter().filter_map(row).collect();
    (all.into_iter().map(|(whom, _)| whom).collect(), rows)
}

fn indented(name: &str, depth: u8) -> String {
    format!("{}{name}", "– ".repeat(usize::from(depth)))
}

async fn shown(
    web: &Web,
    actor: &Actor,
    report: &Report,
    commentary: &Commentary,
    errors: Vec<FieldError>,
) -> Result<view::Report, PageError> {
    const ASKED: [(&str, &str); 5] = [
        ("Summary", "What is known, what is being done, what comes next"),
        ("The supplier's last word, and when it came", ""),
        ("Risks to patients' safety", ""),
        ("Patients affected", "How many, and who. Do not name anybody"),
        ("Partners told", "For example: ambulance service, local authority"),
    ];
    let parts = commentary.parts().into_iter().zip(ASKED);
    let part = |((name, text), (label, hint)): ((&'static str, &str), (&'static str, &'static str))| {
        view::Part { name, label, hint, text: text.to_owned() }
    };
    let is_own = web.desk.writes_for(actor, &report.organisation).await?;
    Ok(view::Report {
        who: who(web, actor).await?,
        done: "",
        id: report.id.to_string(),
        incident: report.incident.to_string(),
        told: told(report, web.desk.now()),
        may_write: is_own && report.signed.is_none(),
        as_at: report.content.as_at.to_rfc3339(),
        commentary: parts.map(part).collect(),
        errors: errors.into(),
    })
}

/// `GET /desk/reports/{id}`.
pub async fn one(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(report): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let report = web.desk.report(&actor, id(&report)?).await?;
    let done = match asked.get("done") {
        "saved" => "Saved. It is not signed off yet.",
        "signed" => "The report is signed off.",
        "figures" => "These are the figures of now.",
        _ => "",
    };
    let shown = shown(&web, &actor, &report, &report.commentary, vec![]).await?;
    Ok(screen(&view::Report { done, ..shown }))
}

fn commentary(typed: &Typed) -> Commentary {
    let text = |name: &str| typed.text(name).unwrap_or_default();
    Commentary {
        summary: text("summary"),
        supplier: text("supplier"),
        risks: text("risks"),
        patients: text("patients"),
        partners: text("partners"),
    }
}

/// `POST /desk/reports/{id}`: saves what was written.
pub async fn save(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(report): Path<String>,
    typed: Typed,
) -> Result<Response, PageError> {
    let (report, written) = (id(&report)?, commentary(&typed));
    let done = web.desk.write_report(&actor, report, &written).await;
    after(&web, &actor, report, &written, done, "saved").await
}

/// `POST /desk/reports/{id}/sign`.
pub async fn sign(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(report): Path<String>,
    typed: Typed,
) -> Result<Response, PageError> {
    let (report, written) = (id(&report)?, commentary(&typed));
    let as_at = DateTime::parse_from_rfc3339(typed.get("as_at")).map(|t| t.to_utc()).unwrap_or_default();
    let done = web.desk.sign_report(&actor, report, as_at, &written).await;
    after(&web, &actor, report, &written, done, "signed").await
}

/// `POST /desk/reports/{id}/figures`.
pub async fn figures(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(report): Path<String>,
) -> Result<Redirect, PageError> {
    let report = web.desk.refresh_report(&actor, id(&report)?).await?;
    Ok(Redirect::to(&format!("/desk/reports/{}?done=figures", report.id)))
}

async fn after(
    web: &Web,
    actor: &Actor,
    report: Uuid,
    written: &Commentary,
    done: Result<Report, DeskError>,
    what: &str,
) -> Result<Response, PageError> {
    match done {
        Ok(_) => Ok(Redirect::to(&format!("/desk/reports/{report}?done={what}")).into_response()),
        Err(DeskError::Invalid(errors)) => {
            let found = web.desk.report(actor, report).await?;
            let again = shown(web, actor, &found, written, errors).await?;
            Ok(screen_with(StatusCode::UNPROCESSABLE_ENTITY, &again))
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /desk/reports/{id}/{file}`: `print`, `report.pdf`, `report.csv` or
/// `report.json`.
pub async fn as_file(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path((report, form)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let report = web.desk.report(&actor, id(&report)?).await?;
    let told = told(&report, web.desk.now());
    let named = |extension: &str| match &report.signed {
        Some(signed) => format!("situation-report-{}.{extension}", signed.number),
        None => format!("situation-report-draft.{extension}"),
    };
    match form.as_str() {
        "print" => Ok(screen(&view::Print { id: report.id.to_string(), told })),
        "report.pdf" => Ok(pdf(&named("pdf"), &told.paper())),
        "report.csv" => {
            Ok(file("text/csv; charset=utf-8", &named("csv"), table::rows(&report.content, &told).into()))
        }
        "report.json" => {
            let text = crate::web::api::reports::report_json(&report).to_string();
            Ok(file("application/json", &named("json"), text.into()))
        }
        _ => Err(DeskError::NotFound("This").into()),
    }
}
