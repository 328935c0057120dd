//! Planning work: questions, preview, published. Only the last changes
//! anything.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use super::post::{beside_their_fields, reach, system};
use super::questions::Before;
use super::typed::{Asked, Typed};
use super::{samples, who, words};
use crate::desk::DeskError;
use crate::desk::incidents::Declaration;
use crate::desk::planned::{Plan, PlanPreview};
use crate::desk::proposals;
use crate::domain::FieldError;
use crate::domain::approval::Publication;
use crate::domain::hours::Promise;
use crate::domain::incident::{Draft, Stage};
use crate::domain::line::{Line, Lines, Setting};
use crate::domain::planned_words;
use crate::domain::recurrence::{Day, Nth, Pattern, Repeat};
use crate::domain::time::{from_wall, london};
use crate::domain::user::Actor;
use crate::web::Web;
use crate::web::error::{PageError, screen, screen_with};
use crate::web::extract::Staff;
use crate::web::views::form::{Choice, chosen};
use crate::web::views::planned as view;
use crate::words::english;

/// How `datetime-local` writes a time.
const WALL: &str = "%Y-%m-%dT%H:%M";

/// A time on the clock in London, as a browser sends it.
pub fn wall(text: &str) -> Option<DateTime<Utc>> {
    let formats = [WALL, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"];
    let found = formats.iter().find_map(|f| NaiveDateTime::parse_from_str(text.trim(), f).ok());
    found.map(from_wall)
}

/// The same for a form's field.
pub fn wall_text(at: DateTime<Utc>) -> String {
    london(at).format(WALL).to_string()
}

/// The questions, with what was typed and what is wrong with it.
async fn asked(
    web: &Web,
    actor: &Actor,
    typed: &Typed,
    errors: Vec<FieldError>,
) -> Result<view::Plan, PageError> {
    let (who, ground) = (who(web, actor).await?, web.desk.ground(actor).await?);
    let system = system(web, typed)?;
    let as_usual = Lines([(Line::Attend, Setting::new(Line::Attend.normal()))].into());
    let lines = system.map(|s| s.lines.clone()).unwrap_or(as_usual);
    let kinds = ground.kinds(system);
    let stage = Stage::Identified;
    let before = Before { kinds: &kinds, lines: &lines, stands: false, stage, preset: None, national: &[] };
    let questions = before.questions(&who, typed, web.desk.now(), Promise::usual(web.desk.now()));
    let mut questions = questions.without_sessions();
    questions.next_update.clear();
    let picked = typed.all("days");
    Ok(view::Plan {
        system: system.map(|s| s.key.to_string()).unwrap_or_default(),
        system_name: system.map(|s| s.name.clone()).unwrap_or_default(),
        title: typed.field(&who, "title"),
        starts: typed.get("starts").to_owned(),
        ends: typed.get("ends").to_owned(),
        repeats: repeats(typed.get("repeat")),
        days: Day::ALL
            .iter()
            .map(|d| Choice { chosen: picked.contains(&d.as_str()), ..Choice::new(d.as_str(), d.label()) })
            .collect(),
        until: typed.get("until").to_owned(),
        reminders: reminders(typed.get("remind")),
        questions,
        reach: reach(&ground, typed),
        errors: beside_their_fields(errors).into(),
        who,
    })
}

fn repeats(value: &str) -> Vec<Choice> {
    let all = vec![
        Choice::new("never", "It does not happen again"),
        Choice::new("1", "Every week"),
        Choice::new("2", "Every 2 weeks"),
        Choice::new("3", "Every 3 weeks"),
        Choice::new("4", "Every 4 weeks"),
        Choice::new("monthly", "Every month, for example on the second Sunday"),
        Choice::new("monthly_last", "Every month, on the last such day"),
    ];
    chosen(all, if value.is_empty() { "never" } else { value })
}

fn reminders(value: &str) -> Vec<Choice> {
    let all = vec![
        Choice::new("24", "24 hours before"),
        Choice::new("48", "2 days before"),
        Choice::new("168", "7 days before"),
        Choice::new("2", "2 hours before"),
        Choice::new("0", "Never"),
    ];
    chosen(all, if value.is_empty() { "24" } else { value })
}

/// What the form asks to plan, and the mistakes in it so far.
async fn read(web: &Web, actor: &Actor, typed: &Typed) -> Result<(Plan, Vec<FieldError>), PageError> {
    let (mut errors, ground) = (Vec::new(), web.desk.ground(actor).await?);
    let draft = typed.draft(web.desk.now(), &mut errors);
    let mut what = Declaration {
        title: typed.written("title").unwrap_or_default(),
        system: system(web, typed)?.map(|s| s.key.to_string()),
        draft: Draft { stage: None, next_update_by: None, ..draft },
        ..Declaration::default()
    };
    let place = match ground.scopes.is_empty() {
        true => None,
        false => typed.place(&actor.organisation, &mut errors),
    };
    match web.desk.placed(actor, what.clone(), place.as_ref()).await {
        Ok(placed) => what = placed,
        Err(DeskError::Invalid(more)) => {
            errors.extend(more);
            what.scope = Some(actor.organisation.clone());
        }
        Err(error) => return Err(error.into()),
    }
    let starts_at = wall(typed.get("starts"));
    let plan = Plan {
        what,
        starts_at,
        ends_at: wall(typed.get("ends")),
        repeat: starts_at.and_then(|at| repeat(typed, london(at).date_naive(), &mut errors)),
        remind_hours: typed.get("remind").parse().ok(),
    };
    Ok((plan, errors))
}

/// How it comes back: the first day is always among the days.
fn repeat(typed: &Typed, first: NaiveDate, errors: &mut Vec<FieldError>) -> Option<Repeat> {
    let day = Day::of(first);
    let pattern = match typed.get("repeat") {
        "" | "never" => return None,
        "monthly" => Pattern::Monthly { week: Nth::of(first), day },
        "monthly_last" => Pattern::Monthly { week: Nth::Last, day },
        weeks => {
            let Ok(interval) = weeks.parse() else {
                errors.push(FieldError::new("/repeat", "Choose one of the answers."));
                return None;
            };
            let mut days: Vec<Day> = typed.all("days").into_iter().filter_map(Day::parse).collect();
            days.push(day);
            days.sort();
            days.dedup();
            Pattern::Weekly { interval, days }
        }
    };
    let until = typed.text("until");
    let day = until.as_deref().and_then(|t| t.parse().ok());
    if until.is_some() && day.is_none() {
        errors.push(FieldError::new("/until", "Enter a day, such as 31 12 2026."));
    }
    Some(Repeat { pattern, until: day })
}

/// The form's fields are called otherwise than the API's.
fn named_as_in_the_form(errors: Vec<FieldError>) -> Vec<FieldError> {
    let name = |e: FieldError| {
        let pointer = match e.pointer.as_str() {
            "/starts_at" => "/starts",
            "/ends_at" => "/ends",
            "/remind_hours" => "/remind",
            "/repeat/until" => "/until",
            "/repeat/days" => "/days",
            "/repeat/interval" | "/repeat/week" => "/repeat",
            // Without a system the title says what it is about.
            "/system" => "/title",
            other => other,
        };
        FieldError::new(pointer, e.detail.clone())
    };
    errors.into_iter().map(name).collect()
}

async fn refused(
    web: &Web,
    actor: &Actor,
    typed: &Typed,
    errors: Vec<FieldError>,
) -> Result<Response, PageError> {
    let again = asked(web, actor, typed, named_as_in_the_form(errors)).await?;
    Ok(screen_with(StatusCode::UNPROCESSABLE_ENTITY, &again))
}

/// `GET /desk/planned/new?system=KEY`.
pub async fn form(
    State(web): State<Web>,
    Staff(actor): Staff,
    Asked(typed): Asked,
) -> Result<Response, PageError> {
    Ok(screen(&asked(&web, &actor, &typed, vec![]).await?))
}

/// `POST /desk/planned/new/edit`: back from the preview, with everything typed.
pub async fn edit(State(web): State<Web>, Staff(actor): Staff, typed: Typed) -> Result<Response, PageError> {
    Ok(screen(&asked(&web, &actor, &typed, vec![]).await?))
}

/// `POST /desk/planned/new/preview`: changes nothing.
pub async fn preview(
    State(web): State<Web>,
    Staff(actor): Staff,
    typed: Typed,
) -> Result<Response, PageError> {
    let (plan, mut errors) = read(&web, &actor, &typed).await?;
    match web.desk.preview_plan(&actor, &plan).await {
        Ok(preview) if errors.is_empty() => {
            let who = who(&web, &actor).await?;
            Ok(screen(&previewed(&web, who, &preview, typed.carried(None))))
        }
        Ok(_) => refused(&web, &actor, &typed, errors).await,
        Err(DeskError::Invalid(more)) => {
            errors.extend(more);
            refused(&web, &actor, &typed, errors).await
        }
        Err(error) => Err(error.into()),
    }
}

fn previewed(
    web: &Web,
    who: crate::web::views::Who,
    preview: &PlanPreview,
    typed: Vec<(String, String)>,
) -> view::Preview {
    let (planned, reach, now) = (&preview.planned, &preview.reach, web.desk.now());
    let kind = web.site.facts(&who.code).map(|f| f.org.kind).filter(|k| k.sees_patients());
    view::Preview {
        typed,
        title: planned.title.english.clone(),
        stands: planned_words::stands(&planned.window(planned.first_day()), now, english()),
        repeats: planned.repeat.as_ref().map(|r| planned_words::repeats(r, english())).unwrap_or_default(),
        effects: planned_words::effects(
            &planned.lines,
            kind.unwrap_or(crate::domain::org::OrgKind::Practice),
            english(),
        ),
        message: words::written(planned.message.as_ref()),
        steps: samples::steps(web, &preview.steps),
        organisations: words::number(reach.organisations.len()),
        cost: samples::cost_of(web, &preview.steps, Some(planned)),
        recipients: words::recipients(web, &reach.recipients),
        button: words::publish(proposals::stage(&preview.reasons)),
        reasons: preview.reasons.iter().map(|r| r.text().to_owned()).collect(),
        who,
    }
}

/// `POST /desk/planned/new`.
pub async fn publish(
    State(web): State<Web>,
    Staff(actor): Staff,
    typed: Typed,
) -> Result<Response, PageError> {
    let (plan, errors) = read(&web, &actor, &typed).await?;
    if !errors.is_empty() {
        return refused(&web, &actor, &typed, errors).await;
    }
    let work = async {
        let posted = web.desk.plan(&actor, &plan).await?;
        let waits = posted.publication == Publication::AwaitingApproval;
        Ok(if waits { posted.update } else { posted.incident })
    };
    match web.desk.once(&actor, typed.id("once"), work).await {
        Ok(id) => {
            web.desk.use_again(&actor, typed.id("again")).await?;
            let at = match web.desk.proposal(&actor, id).await {
                Ok(_) => format!("/desk/approvals/{id}"),
                Err(_) => format!("/desk/planned/{id}?done=planned"),
            };
            Ok(Redirect::to(&at).into_response())
        }
        Err(DeskError::Invalid(errors)) => refused(&web, &actor, &typed, errors).await,
        Err(error) => Err(error.into()),
    }
}
