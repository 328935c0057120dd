//! Who has answered an incident, and asking the silent again.

use axum::extract::{Path, State};
use axum::response::{Redirect, Response};
use chrono::{DateTime, Utc};

use super::typed::{Asked, Typed};
use super::{id, who};
use crate::desk::calls::Progress;
use crate::domain::time;
use crate::web::Web;
use crate::web::error::{PageError, screen};
use crate::web::extract::Staff;
use crate::web::views::asking::Asking;
use crate::web::views::counted;
use crate::words::english;

/// How many of the silent are listed.
const LISTED: usize = 200;

/// When the silent are asked next, in a sentence.
fn next(progress: &Progress, now: DateTime<Utc>) -> String {
    let chase = progress.chase.as_ref();
    match (chase, chase.and_then(|c| c.next_at)) {
        _ if !progress.is_open => "This problem is over, so nobody is asked any more.".into(),
        _ if progress.silent == 0 => "Nobody is silent, so nobody is asked.".into(),
        (_, Some(at)) if at <= now => "They are being asked now.".into(),
        (_, Some(at)) => format!("They are asked again at {}.", time::near(at, now, english())),
        (Some(chase), None) if chase.stopped_at.is_some() => "Somebody stopped asking them.".into(),
        (Some(chase), None) if chase.asked > 0 => "They were asked as often as we ask by ourselves.".into(),
        _ => "They have not been asked.".into(),
    }
}

/// How many are silent, and when they are asked next; empty when nobody was to
/// be asked.
pub fn silent(progress: &Progress, now: DateTime<Utc>) -> String {
    if progress.silent + progress.answered == 0 {
        return String::new();
    }
    let silent = u64::try_from(progress.silent).unwrap_or(u64::MAX);
    format!("{} not answered. {}", counted(silent, "place has", "places have"), next(progress, now))
}

/// `GET /desk/incidents/{id}/answers`.
pub async fn show(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(incident): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let asking = web.desk.asking(&actor, id(&incident)?).await?;
    let who = who(&web, &actor).await?;
    let mut sites = Vec::new();
    for code in asking.silent.iter().take(LISTED) {
        sites.push((code.to_string(), web.desk.name_of(code).await?));
    }
    let goes_on = asking.chase.as_ref().is_some_and(|c| c.next_at.is_some());
    let wanted = who.may_publish() && asking.incident.is_open() && !asking.silent.is_empty();
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    Ok(screen(&Asking {
        incident: asking.incident.id.to_string(),
        title: asking.incident.title.english.clone(),
        mark: asking.incident.kind.unreal().map_or("", |(mark, _)| mark),
        done: match asked.get("done") {
            "on" => "The silent are asked now, and then again.".into(),
            "off" => "Nobody is asked any more.".into(),
            _ => String::new(),
        },
        answered: count(asking.answered),
        silent: count(asking.silent.len()),
        next: next(&asking.progress(), web.desk.now()),
        may_stop: wanted && goes_on,
        may_start: wanted && !goes_on,
        sites,
        who,
    }))
}

/// `POST /desk/incidents/{id}/answers`.
pub async fn set(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(incident): Path<String>,
    typed: Typed,
) -> Result<Redirect, PageError> {
    let (incident, on) = (id(&incident)?, typed.get("asking") == "on");
    web.desk.set_asking(&actor, incident, on).await?;
    let done = if on { "on" } else { "off" };
    Ok(Redirect::to(&format!("/desk/incidents/{incident}/answers?done={done}")))
}
