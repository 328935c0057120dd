//! Extending, ending and cancelling planned work.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{Duration, NaiveDate};
use uuid::Uuid;

use super::plan::{wall, wall_text};
use super::typed::{Asked, Typed};
use super::{id, who, words};
use crate::desk::DeskError;
use crate::desk::incidents::Posted;
use crate::desk::planned_steps::{PlanChange, Turn};
use crate::desk::proposals::stage;
use crate::domain::FieldError;
use crate::domain::approval::Publication;
use crate::domain::planned::{Planned, Window};
use crate::domain::planned_words;
use crate::domain::time;
use crate::domain::user::Actor;
use crate::web::Web;
use crate::web::error::{PageError, screen, screen_with};
use crate::web::extract::Staff;
use crate::web::views::planned::{Change, Changing};
use crate::words::english;

/// What the change is about: one window, or the whole plan.
fn window(planned: &Planned, change: Change, typed: &Typed, web: &Web) -> Option<Window> {
    match change {
        Change::Cancel => {
            let day: Option<NaiveDate> = typed.get("day").parse().ok();
            day.and_then(|day| planned.window_on(day))
        }
        Change::Extend | Change::End => planned.current(web.desk.now()),
    }
}

/// The question, with what was typed and what is wrong with it.
async fn asked(
    web: &Web,
    actor: &Actor,
    plan: Uuid,
    change: Change,
    typed: &Typed,
    errors: Vec<FieldError>,
) -> Result<Changing, PageError> {
    let seen = web.desk.seen_plan(actor, plan).await?;
    if !seen.is_theirs {
        return Err(DeskError::Denied.into());
    }
    let (planned, now) = (&seen.planned, web.desk.now());
    let window = window(planned, change, typed, web);
    if window.is_none() && change != Change::Cancel {
        return Err(DeskError::Conflict("This work is not under way now.".into()).into());
    }
    let about = match (&window, &planned.repeat) {
        (Some(window), _) => planned_words::stands(window, now, english()),
        (None, Some(repeat)) => planned_words::repeats(repeat, english()),
        (None, None) => planned_words::stands(&planned.window(planned.first_day()), now, english()),
    };
    let later = |w: &Window| wall_text(w.ends_at.max(time::floor_minute(now)) + Duration::hours(1));
    let alone = window.as_ref().filter(|_| change == Change::Cancel);
    let reasons = web.desk.reasons_for_change(planned, change.step(), window.as_ref()).await?;
    let who = who(web, actor).await?;
    Ok(Changing {
        change,
        id: plan.to_string(),
        title: planned.title.english.clone(),
        about,
        day: alone.map(|w| w.day.to_string()).unwrap_or_default(),
        ends: match typed.get("ends") {
            "" => window.as_ref().map(later).unwrap_or_default(),
            typed => typed.to_owned(),
        },
        message: typed.field(&who, "message"),
        button: (!reasons.is_empty()).then(|| words::publish(stage(&reasons))),
        then: match stage(&reasons) {
            Publication::Published => "The page changes at once, and everybody who gets updates is told.",
            Publication::MessagesWait => {
                "The page changes at once. Nobody is told before somebody else agrees."
            }
            Publication::AwaitingApproval => {
                "Nothing changes, and nobody is told, before somebody else agrees."
            }
        },
        reasons: reasons.iter().map(|r| r.text().to_owned()).collect(),
        errors: errors.into_iter().map(beside_its_field).collect::<Vec<_>>().into(),
        who,
    })
}

/// The form's fields are called otherwise than the API's; the window of a
/// cancellation is no field that anybody sees.
fn beside_its_field(error: FieldError) -> FieldError {
    match error.pointer.as_str() {
        "/ends_at" => FieldError::new("/ends", error.detail),
        "/occurrence" => FieldError::new("", error.detail),
        _ => error,
    }
}

fn parse(text: &str) -> Result<Change, PageError> {
    let all = [Change::Extend, Change::End, Change::Cancel];
    let found = all.into_iter().find(|c| c.path() == text);
    found.ok_or_else(|| DeskError::NotFound("This").into())
}

/// `GET /desk/planned/{id}/{extend|end|cancel}?day=`.
pub async fn form(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path((plan, change)): Path<(String, String)>,
    Asked(typed): Asked,
) -> Result<Response, PageError> {
    Ok(screen(&asked(&web, &actor, id(&plan)?, parse(&change)?, &typed, vec![]).await?))
}

/// `POST /desk/planned/{id}/{extend|end|cancel}`.
pub async fn change(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path((plan, change)): Path<(String, String)>,
    typed: Typed,
) -> Result<Response, PageError> {
    let (plan, change) = (id(&plan)?, parse(&change)?);
    match done(&web, &actor, plan, change, &typed).await {
        Ok(posted) if posted.publication == Publication::AwaitingApproval => {
            Ok(Redirect::to(&format!("/desk/approvals/{}", posted.update)).into_response())
        }
        Ok(_) => Ok(Redirect::to(&format!("/desk/planned/{plan}?done={}", change.path())).into_response()),
        Err(DeskError::Invalid(errors)) => {
            let again = asked(&web, &actor, plan, change, &typed, errors).await?;
            Ok(screen_with(StatusCode::UNPROCESSABLE_ENTITY, &again))
        }
        // Pressed twice, or overtaken by the clock: the plan says how it stands.
        Err(DeskError::Conflict(_)) => Ok(Redirect::to(&format!("/desk/planned/{plan}")).into_response()),
        Err(error) => Err(error.into()),
    }
}

async fn done(
    web: &Web,
    actor: &Actor,
    planned: Uuid,
    change: Change,
    typed: &Typed,
) -> Result<Posted, DeskError> {
    let turn = match change {
        Change::Extend => Turn::Extend {
            ends_at: wall(typed.get("ends"))
                .ok_or_else(|| DeskError::field("/ends_at", "Enter the day and the time."))?,
        },
        Change::End => Turn::End,
        Change::Cancel => Turn::Cancel { day: typed.get("day").parse().ok() },
    };
    let message = typed.written("message");
    web.desk.change_plan(actor, &PlanChange { planned, turn, message }).await
}
