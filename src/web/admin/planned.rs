//! Planned work: what is planned, and one plan. Planning is in `plan`, changing
//! in `plan_change`.

use axum::extract::{Path, State};
use axum::response::Response;
use chrono::{DateTime, Utc};

use super::typed::Asked;
use super::{id, who, words};
use crate::desk::planned_clock::SeenPlan;
use crate::domain::planned::{Outlook, Phase, Planned, Window};
use crate::domain::planned_words;
use crate::domain::time;
use crate::page::planned::phase_colour;
use crate::store::incidents::HISTORY;
use crate::web::Web;
use crate::web::error::{PageError, screen};
use crate::web::extract::Staff;
use crate::web::views::form::Choice;
use crate::web::views::planned::{self as view, Plans, Row, Seen};
use crate::words::english;

/// The window that a list shows for a plan: what runs, else what comes next,
/// else the last.
fn shown(planned: &Planned, windows: &[Window], now: DateTime<Utc>) -> Option<Window> {
    planned.current(now).or_else(|| planned.next(now)).or_else(|| windows.last().cloned())
}

pub fn row(planned: &Planned, window: &Window, now: DateTime<Utc>) -> Row {
    let phase = window.phase(now);
    Row {
        id: planned.id.to_string(),
        title: planned.title.english.clone(),
        tag: planned_words::label(phase, english()),
        colour: phase_colour(phase),
        stands: planned_words::stands(window, now, english()),
        repeats: planned.repeat.as_ref().map(|r| planned_words::repeats(r, english())).unwrap_or_default(),
    }
}

/// `GET /desk/planned`.
pub async fn list(State(web): State<Web>, Staff(actor): Staff) -> Result<Response, PageError> {
    let (plans, now) = (web.desk.plans(&actor).await?, web.desk.now());
    let is_ahead = |o: &Outlook| o.planned.current(now).is_some() || o.planned.next(now).is_some();
    let rows = |ahead: bool| -> Vec<Row> {
        let some = plans.iter().filter(|o| is_ahead(o) == ahead);
        some.filter_map(|o| Some(row(&o.planned, &shown(&o.planned, &o.windows, now)?, now))).collect()
    };
    let systems = web.desk.systems(&actor).await?;
    let all = systems.first.iter().chain(systems.others.iter().flat_map(|(_, of_group)| of_group));
    let mut systems: Vec<Choice> = all.map(|s| Choice::new(s.key.as_str(), s.name.as_str())).collect();
    systems.push(Choice::new("", "Something else"));
    let mut over = rows(false);
    over.reverse();
    Ok(screen(&Plans { who: who(&web, &actor).await?, systems, ahead: rows(true), over }))
}

/// `GET /desk/planned/{id}?done=`.
pub async fn one(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(plan): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let seen = web.desk.seen_plan(&actor, id(&plan)?).await?;
    let done = match asked.get("done") {
        "planned" => "Published. The page announces it now.",
        "extend" => "Published. The page shows the new end.",
        "end" => "Published. The page says that it is done.",
        "cancel" => "Cancelled. The page says so now.",
        _ => "",
    };
    let now = web.desk.now();
    let who = who(&web, &actor).await?;
    Ok(screen(&seen_view(&seen, done, who, now)))
}

fn seen_view(seen: &SeenPlan, done: &'static str, who: crate::web::views::Who, now: DateTime<Utc>) -> Seen {
    let planned = &seen.planned;
    let theirs = seen.is_theirs && who.may_publish();
    let kinds = crate::domain::org::OrgKind::ALL;
    let mut effects: Vec<String> =
        kinds.iter().flat_map(|k| planned_words::effects(&planned.lines, *k, english())).collect();
    effects.dedup();
    let window = |w: &Window| {
        let phase = w.phase(now);
        let alone = theirs && planned.repeat.is_some() && phase == Phase::Scheduled;
        view::Window {
            day: if alone { w.day.to_string() } else { String::new() },
            when: time::span(w.starts_at, w.ends_at, now, english()),
            tag: planned_words::label(phase, english()),
            colour: phase_colour(phase),
        }
    };
    let is_told = |s: &crate::domain::planned::Step| seen.is_known && seen.told.contains_key(&s.id);
    let step = |s: &crate::domain::planned::Step| view::Step {
        sending: if is_told(s) { format!("/desk/updates/{}", s.id) } else { String::new() },
        what: s.kind.label(),
        at: time::near(s.at, now, english()),
        message: words::written(s.message.as_ref()),
        told: words::told(seen.told.get(&s.id).map_or(&[], Vec::as_slice)),
    };
    let is_over = planned.is_cancelled() || planned.over_at().is_some_and(|at| at <= now);
    Seen {
        who,
        done,
        id: planned.id.to_string(),
        title: planned.title.english.clone(),
        planned_by: seen.planned_by_name.clone(),
        repeats: planned.repeat.as_ref().map(|r| planned_words::repeats(r, english())).unwrap_or_default(),
        effects,
        message: words::written(planned.message.as_ref()),
        reminder: match planned.remind_hours {
            0 => String::new(),
            1 => "1 hour before".into(),
            hours if hours % 24 == 0 && hours > 24 => format!("{} days before", hours / 24),
            hours => format!("{hours} hours before"),
        },
        windows: planned.around(now - HISTORY, now).iter().map(window).collect(),
        steps: planned.steps.iter().rev().map(step).collect(),
        waiting: seen.waiting.iter().map(ToString::to_string).collect(),
        may_cancel: theirs && !is_over,
        may_change: theirs && planned.current(now).is_some(),
    }
}
