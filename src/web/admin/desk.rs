//! The desk: where staff start.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::typed::{Asked, Typed};
use super::{again, id, national, planned, presets, who, words};
use crate::desk::DeskError;
use crate::desk::exercises::Practised;
use crate::desk::home::{Home, RECENT, Systems};
use crate::desk::local::{LinesReach, LocalSet};
use crate::desk::responses::ResponseDraft;
use crate::domain::FieldError;
use crate::domain::call::remind_at;
use crate::domain::facts::Freshness;
use crate::domain::incident::{Answer, Incident, Kind, Update};
use crate::domain::line::Line;
use crate::domain::org::OrgKind;
use crate::domain::preset::Readiness;
use crate::domain::system::System;
use crate::domain::time;
use crate::domain::user::Actor;
use crate::web::Web;
use crate::web::error::{PageError, screen, screen_with};
use crate::web::extract::Staff;
use crate::web::views::answer::{Kept, who_answered, who_hears};
use crate::web::views::desk::{
    Below, Desk, Local, Own, PageNow, Recent, Tap, TapGroup, Touching, Wider, expiry_choices, stands,
};
use crate::web::views::form::{LineChoice, Text, session_value};
use crate::web::views::{Who, counted};
use crate::words::english;

/// `GET /desk`.
pub async fn home(
    State(web): State<Web>,
    Staff(actor): Staff,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    Ok(screen(&view(&web, &actor, asked.get("done"), None, vec![]).await?))
}

/// What has just been done, in a sentence.
fn done(what: &str, home: &Home) -> String {
    match what {
        "answered" => "Your answer is on your page. Where it changes whether to come, your readers get a message now. The rest they hear with the next message.".into(),
        "practised" => "Your answer to the exercise is saved. No page changes, and nobody is told.".into(),
        "lines" if home.lines_reach.is_for_others() => {
            format!("Saved. It holds for {} now.", pages(&home.lines_reach))
        }
        "lines" => "Saved. Your page shows it now.".into(),
        "note" => "Saved. It stands with the problem, on the page of past problems.".into(),
        _ => String::new(),
    }
}

/// "up to 40 pages": a line that a place does not have changes nothing there.
fn pages(reach: &LinesReach) -> String {
    format!("up to {}", counted(words::number(reach.pages()), "page", "pages"))
}

/// The screen; `typed` is what was sent wrongly.
async fn view(
    web: &Web,
    actor: &Actor,
    what_is_done: &str,
    typed: Option<&Typed>,
    errors: Vec<FieldError>,
) -> Result<Desk, PageError> {
    let home = web.desk.home(actor).await?;
    let who = who(web, actor).await?;
    let now = web.desk.now();
    let near = |at| time::near(at, now, english());
    let own = |(incident, reached): &(std::sync::Arc<Incident>, usize)| Own {
        id: incident.id.to_string(),
        title: incident.title.english.clone(),
        stage: incident.stage(),
        next_update_by: incident
            .next_update_by()
            .map(|due| time::by(due, now, english()))
            .unwrap_or_default(),
        is_overdue: incident.next_update_by().is_some_and(|due| due <= now),
        is_due_soon: incident.standing().next_back().is_some_and(|last| {
            let due = last.next_update_by;
            remind_at(last.published_at, due) <= now && now < due
        }),
        reached: match incident.kind {
            Kind::Live => words::reached(*reached),
            _ => words::concerned(*reached),
        },
        mark: incident.kind.word(),
        asks: *reached > 1 && !incident.is_national_alone(),
    };
    let touching = |asked: &crate::desk::home::Touching| Touching {
        id: asked.incident.id.to_string(),
        title: asked.incident.title.english.clone(),
        declared_by: asked.declared_by_name.clone(),
        stage: asked.incident.stage(),
        since: near(asked.incident.created_at),
        answered: asked.response.as_ref().map(|r| (r.answer, who_answered(r, now))),
        kept: Kept::of(asked.stood.as_ref(), &home.facts.org.code, "you"),
        is_linked: asked.is_linked,
    };
    let below = |(incident, by, n): &(std::sync::Arc<Incident>, String, usize)| Below {
        id: incident.id.to_string(),
        title: incident.title.english.clone(),
        stage: incident.stage(),
        said: match incident.is_open() {
            true => format!(
                "{by} declared it. It reaches {} of yours.",
                counted(words::number(*n), "place", "places")
            ),
            false => format!(
                "{by} declared it, and it is said to be over. {} not confirmed that yet.",
                counted(words::number(*n), "place of yours has", "places of yours have")
            ),
        },
    };
    Ok(Desk {
        done: done(what_is_done, &home),
        exercises: exercises(web, actor).await?,
        halted: web.desk.halted(actor).await?,
        stopped: match who.may_administer() {
            true => stopped(web, actor).await?,
            false => vec![],
        },
        refused: again::refused(web, actor).await?,
        reports: match who.may_publish() {
            true => waiting(web, actor).await?,
            false => vec![],
        },
        approvals: super::approvals::for_me(web, actor).await?,
        overdue_presets: match who.may_publish() {
            true => presets::own(web, actor, Readiness::ReviewOverdue).await?,
            false => vec![],
        },
        presets: match who.may_publish() {
            true => presets::offered(web, actor).await?,
            false => (vec![], vec![]),
        },
        page: page_now(&home, now),
        wider: match who.may_publish() {
            true => home.wider.iter().map(|w| wider(w, now)).collect(),
            false => vec![],
        },
        systems: home.systems.first.iter().map(|s| tap(s)).collect(),
        others: others(&home.systems),
        touching: home.touching.iter().map(touching).collect(),
        readers: who_hears(home.readers),
        own: home.own.iter().map(own).collect(),
        below: home.below.iter().map(below).collect(),
        updates: recent(&home, now),
        sees_patients: home.facts.org.kind.sees_patients(),
        is_surgery: home.facts.org.kind.is_surgery(),
        planned: home
            .facts
            .windows(now)
            .into_iter()
            .map(|(fact, window)| planned::row(&fact.outlook.planned, window, now))
            .collect(),
        local: local(&home, (actor, &who), typed, now).filter(|_| who.may_publish()),
        errors: errors.into(),
        who,
    })
}

/// What was sent lately, the newest first: updates, and answers that changed whether to come.
fn recent(home: &Home, now: DateTime<Utc>) -> Vec<Recent> {
    let row = |id: &Uuid, at: DateTime<Utc>, title: &str, tag| {
        let row = Recent {
            id: id.to_string(),
            title: title.to_owned(),
            at: time::near(at, now, english()),
            tag,
            reached: words::told(home.deliveries.get(id).map_or(&[], Vec::as_slice)),
        };
        (at, row)
    };
    let tag = |update: &Update| match (update.withdrawn_at, update.corrects) {
        (Some(_), _) => ("Withdrawn", "grey"),
        (None, Some(_)) => ("Correction", "grey"),
        (None, None) => stands(update.stage, home.unconfirmed.contains(&update.incident)),
    };
    let titled = |i: &Incident| format!("{}{}", i.kind.mark(), i.title.english);
    let updates = home.updates.iter().map(|(i, u)| row(&u.id, u.published_at, &titled(i), tag(u)));
    let answers = home.words.iter().map(|(id, at, title)| row(id, *at, title, ("Your answer", "grey")));
    let mut all: Vec<_> = updates.chain(answers).collect();
    all.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    all.into_iter().take(RECENT).map(|(_, row)| row).collect()
}

/// What is going on that is not real.
async fn exercises(web: &Web, actor: &Actor) -> Result<Vec<(&'static str, Touching)>, PageError> {
    let now = web.desk.now();
    let near = |at| time::near(at, now, english());
    let row = |Practised { fact, stood, is_asked }: Practised| {
        let incident = &fact.incident;
        let is_asked = is_asked && incident.declared_by != actor.organisation;
        let asked = Touching {
            id: incident.id.to_string(),
            title: incident.title.english.clone(),
            // Who declared it is not asked.
            declared_by: if is_asked { fact.declared_by_name.clone() } else { String::new() },
            stage: incident.stage(),
            since: near(incident.created_at),
            answered: fact.response.as_ref().map(|r| (r.answer, who_answered(r, now))),
            kept: Kept::of(stood.as_ref(), &actor.organisation, "you"),
            is_linked: false,
        };
        (incident.kind.word(), asked)
    };
    Ok(web.desk.exercises(actor).await?.into_iter().map(row).collect())
}

/// Situation reports that wait for sign-off.
async fn waiting(web: &Web, actor: &Actor) -> Result<Vec<(&'static str, String, String)>, PageError> {
    let all = web.desk.waiting_reports(actor).await?;
    let row = |r: &crate::domain::report::Report| {
        let at = time::near(r.due_at.unwrap_or(r.content.as_at), web.desk.now(), english());
        let about = &r.content.incident;
        (about.kind.word(), format!("/desk/reports/{}", r.id), format!("{}, for {at}", about.title))
    };
    Ok(all.iter().map(row).collect())
}

/// Accounts that were turned off because nothing got through, and why.
async fn stopped(web: &Web, actor: &Actor) -> Result<Vec<(String, String)>, PageError> {
    let all = web.desk.stopped_accounts(&actor.organisation).await?;
    let said = all.into_iter().map(|a| {
        let name = if a.name.is_empty() { String::new() } else { format!(" ({})", a.name) };
        (format!("{}{name} is turned off", a.channel.label()), a.health.trouble.unwrap_or_default())
    });
    Ok(said.collect())
}

fn page_now(home: &Home, now: chrono::DateTime<chrono::Utc>) -> PageNow {
    let view = home.facts.at(now);
    let note = match view.freshness {
        Freshness::Current => "",
        Freshness::Overdue => "The next update is late.",
        Freshness::Expired => "What was said has run out. Patients read that we do not know.",
    };
    PageNow {
        state: view.headline.state,
        label: view.headline.label(english()),
        text: view.headline.text(english()),
        note: note.into(),
        url: format!("/{}", home.facts.org.code),
    }
}

fn tap(system: &System) -> Tap {
    Tap { key: system.key.to_string(), name: system.name.clone(), impact: system.impact.clone() }
}

fn others(systems: &Systems) -> Vec<TapGroup> {
    let group = |(name, systems): &(String, Vec<std::sync::Arc<System>>)| TapGroup {
        name: name.clone(),
        systems: systems.iter().map(|s| tap(s)).collect(),
    };
    systems.others.iter().map(group).collect()
}

fn wider(wider: &crate::desk::local::Wider, now: chrono::DateTime<chrono::Utc>) -> Wider {
    Wider {
        line: wider.line.as_str(),
        label: wider.line.label(english()),
        state: wider.state.label(english()),
        why: match wider.is_linked {
            true => {
                format!("{} reported a problem at surgeries whose prescriptions you make up.", wider.said_by)
            }
            false => format!("{} says so.", wider.said_by),
        },
        until: time::near(wider.until, now, english()),
    }
}

/// The form for the own lines, with what was typed or what stands.
fn local(
    home: &Home,
    (actor, who): (&Actor, &Who),
    typed: Option<&Typed>,
    now: DateTime<Utc>,
) -> Option<Local> {
    // What a board or a region sets holds for its surgeries.
    let own = home.facts.org.kind;
    let kind = if own.sees_patients() { own } else { OrgKind::Practice };
    let stands = home.local.as_ref();
    let state = |line: Line| match typed.and_then(|t| t.line(line)) {
        Some(value) => value.to_owned(),
        None => stands.and_then(|l| l.lines.get(line)).map(|s| s.state.key.to_owned()).unwrap_or_default(),
    };
    let phone = || stands.and_then(|l| l.phone.clone()).unwrap_or_default();
    let message = || Text::new(who, stands.and_then(|l| l.message.as_ref()));
    let session = |line: Line| match typed {
        Some(typed) => typed.get(&format!("when.{line}")).to_owned(),
        None => stands.and_then(|l| l.lines.get(line)?.session).map(session_value).unwrap_or_default(),
    };
    let lines =
        LineChoice::for_kind(kind, state).into_iter().filter(|l| !home.facts.org.lacks.contains(&l.line));
    let mut lines: Vec<LineChoice> = lines
        .map(|l| {
            let when = session(l.line);
            l.with_sessions(&when, now)
        })
        .collect();
    lines.insert(0, LineChoice::optional(Line::Attend, &state(Line::Attend)));
    let nothing = Typed::default();
    let said = stands.map(|l| &l.lines);
    let (national, also) = national::of_lines(actor, own, said, who, typed.unwrap_or(&nothing));
    Some(Local {
        lines,
        national,
        also,
        pages: match home.lines_reach.is_for_others() {
            true => pages(&home.lines_reach),
            false => String::new(),
        },
        needs_two: home.lines_reach.needs_two,
        phone: typed.map_or_else(phone, |t| t.get("phone").to_owned()),
        takes_number: own.sees_patients(),
        message: typed.map_or_else(message, |t| t.field(who, "message")),
        expires: expiry_choices(typed.map_or("", |t| t.get("expires"))),
        is_open: typed.is_some() || stands.is_some(),
    })
}

/// `POST /desk/lines`.
pub async fn set_lines(
    State(web): State<Web>,
    Staff(actor): Staff,
    typed: Typed,
) -> Result<Response, PageError> {
    let mut errors = Vec::new();
    let draft = typed.local(web.desk.now(), &mut errors);
    let set = match errors.is_empty() {
        true => web.desk.set_lines(&actor, &actor.organisation, &draft).await,
        false => Err(DeskError::Invalid(errors)),
    };
    match set {
        Ok(LocalSet::Published(_)) => Ok(Redirect::to("/desk?done=lines").into_response()),
        Ok(LocalSet::Waits(id)) => Ok(Redirect::to(&format!("/desk/approvals/{id}")).into_response()),
        Err(DeskError::Invalid(errors)) => {
            let again = view(&web, &actor, "", Some(&typed), errors).await?;
            Ok(screen_with(StatusCode::UNPROCESSABLE_ENTITY, &again))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /desk/lines/exception`; the field `line`.
pub async fn except(
    State(web): State<Web>,
    Staff(actor): Staff,
    typed: Typed,
) -> Result<Redirect, PageError> {
    let line = Line::parse(typed.get("line")).ok_or(DeskError::NotFound("This line"))?;
    Ok(match web.desk.except(&actor, line).await? {
        LocalSet::Published(_) => Redirect::to("/desk?done=lines"),
        LocalSet::Waits(id) => Redirect::to(&format!("/desk/approvals/{id}")),
    })
}

/// `POST /desk/incidents/{id}/answer`.
pub async fn answer(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(incident): Path<String>,
    typed: Typed,
) -> Result<Redirect, PageError> {
    let answer = Answer::parse(typed.get("answer"))
        .ok_or_else(|| DeskError::field("/answer", "Press one of the answers on your desk."))?;
    let draft = ResponseDraft::of(answer);
    let id = id(&incident)?;
    let practised = web.desk.exercises(&actor).await?.iter().any(|p| p.fact.incident.id == id);
    web.desk.respond(&actor, id, &actor.organisation, &draft).await?;
    Ok(Redirect::to(if practised { "/desk?done=practised" } else { "/desk?done=answered" }))
}
