//! One update on its way out: who has been told, what they read, and stopping
//! it, sending on, trying again.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Redirect, Response};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::messages::bare;
use super::typed::{Asked, Typed};
use super::{id, who, words};
use crate::desk::DeskError;
use crate::desk::progress::{Done, Failure, Pace, Progress};
use crate::desk::sent::{Corrected, WordOf};
use crate::domain::delivery::{DeliveryState, Holding};
use crate::domain::subscriber::Channel;
use crate::domain::time;
use crate::domain::user::Actor;
use crate::web::Web;
use crate::web::error::{PageError, screen};
use crate::web::extract::Staff;
use crate::web::views::sending::{self as view, About};
use crate::web::views::{Count, messages::state_counts};
use crate::words::english;

/// How far it has come, as staff read it.
fn shown(web: &Web, update: Uuid, progress: &Progress, may_publish: bool) -> view::Progress {
    let now = web.desk.now();
    let of = |channel: &Channel| {
        let count = |state| progress.counts.get(&(*channel, state)).copied().unwrap_or(0);
        view::ChannelCounts {
            channel: channel.label(),
            due: DeliveryState::ALL.iter().map(|state| count(*state)).sum(),
            counts: state_counts(count),
            pace: progress.paces.get(channel).map(|p| pace(p, now)).unwrap_or_default(),
        }
    };
    // Nobody is asked to decide about nothing.
    let waits = progress.pending() > 0 || progress.is_preparing || progress.is_unapproved;
    let waits = waits && !progress.is_closed;
    let held = progress.held.filter(|_| waits);
    let used = |channel: &&Channel| progress.counts.keys().any(|(c, _)| c == *channel);
    let sum = |states: &[DeliveryState]| -> u64 {
        progress.counts.iter().filter(|((_, s), _)| states.contains(s)).map(|(_, n)| n).sum()
    };
    view::Progress {
        update: update.to_string(),
        may_publish,
        is_preparing: progress.is_preparing,
        is_closed: progress.is_closed,
        is_unapproved: progress.is_unapproved,
        nobody: nobody(progress),
        is_held: held.is_some_and(|h| matches!(h.holding, Holding::Held | Holding::Halted)),
        due: Count::new("", progress.due()),
        settled: Count::new("", progress.due() - progress.pending()),
        pending: progress.pending(),
        unclear: sum(&[DeliveryState::Unclear]),
        channels: Channel::ALL.iter().filter(used).map(of).collect(),
        failures: progress.failures.iter().map(|f| failure(f, may_publish && !progress.is_closed)).collect(),
        stopped: stopped(progress, now),
        withheld: progress.withheld.iter().map(|(reason, n)| Count::new(reason.as_str(), *n)).collect(),
        resting: progress.resting.iter().map(|rest| rest.told(now)).collect(),
        spent: words::spent(progress),
        late: progress.late.iter().map(|late| late.told(now)).collect(),
        holding: held.map(|held| match held.holding {
            Holding::Unapproved => "Nobody is told until a second person agrees.".into(),
            Holding::Held if held.until > now => {
                let at = time::near(held.until, now, english());
                let left = left(held.until - now);
                format!("Nobody is told before {at}, in {left}. Then the first 1% are told, and then everybody else.")
            }
            Holding::Held => {
                let waits = "The first 1% are being told. Everybody else follows when that goes well.";
                format!("{waits}{}", only(progress, "We wait for"))
            }
            Holding::Halted => {
                let waits = "Too many of the first 1% could not be told. Everybody else waits until you decide.";
                format!("{waits}{}", only(progress, "This is so for"))
            }
            Holding::Releasing | Holding::Released => String::new(),
        }),
    }
}

/// How long that is, as people count.
fn left(time: chrono::Duration) -> String {
    let seconds = u64::try_from(time.num_seconds() + 1).unwrap_or(0);
    match seconds {
        0..120 => crate::web::views::counted(seconds, "second", "seconds"),
        _ => crate::web::views::counted(seconds.div_ceil(60), "minute", "minutes"),
    }
}

/// Who stopped it or did not agree to it, when and why; or empty.
fn stopped(progress: &Progress, now: DateTime<Utc>) -> String {
    let done = progress.last("refuse").or(progress.last("stop_sending"));
    let Some(done) = done.filter(|_| progress.is_closed) else { return String::new() };
    let Done { by, because, at, .. } = done;
    let at = time::near(*at, now, english());
    match done.verb.as_str() {
        "refuse" => format!("{by} did not agree to these messages, {at}. Reason: {because}"),
        _ => format!("Stopped by {by}, {at}."),
    }
}

/// Why it has no messages.
fn nobody(progress: &Progress) -> &'static str {
    let done = progress.last("refuse").or(progress.last("stop_sending"));
    match (progress.is_closed, done) {
        (false, _) => "Nobody had asked to be told.",
        (true, Some(_)) => "Nobody was told: it was stopped before its messages were made.",
        (true, None) => "Nobody was told: it was taken back or replaced before its messages were made.",
    }
}

/// Which channels have not been let go, where others have.
fn only(progress: &Progress, begins: &str) -> String {
    let held = progress.held_channels();
    let used = progress.counts.keys().map(|(channel, _)| channel).collect::<BTreeSet<_>>().len();
    if held.is_empty() || held.len() == used {
        return String::new();
    }
    let labels: Vec<&str> = held.into_iter().map(Channel::label).collect();
    format!(" {begins}: {}.", labels.join(", "))
}

/// How fast a channel goes, and what of it waits on purpose.
fn pace(pace: &Pace, now: DateTime<Utc>) -> Vec<String> {
    let (counted, mut out) = (crate::web::views::counted, Vec::new());
    if pace.waiting > 0 {
        let left = pace.minutes_left().map(|minutes| {
            format!(" At that rate it takes {}.", counted(minutes, "more minute", "more minutes"))
        });
        let lately = Count::new("", pace.per_minute).shown();
        out.push(format!("{lately} were handed over in the last minute.{}", left.unwrap_or_default()));
    }
    if let Some(until) = pace.shared_until {
        let people = counted(pace.shared, "reader waits", "readers wait");
        let until = time::near(until, now, english());
        out.push(format!(
            "{people} because they had many messages in the last hour. The last of them is told by {until}."
        ));
    }
    out
}

fn failure(failure: &Failure, may_retry: bool) -> view::Failure {
    let gone = failure.number - failure.may_reach.min(failure.number);
    view::Failure {
        count: Count::new(failure.reason.as_str(), failure.number),
        may_retry: may_retry && failure.may_reach > 0,
        gone: match gone {
            0 => String::new(),
            all if all == failure.number => {
                "It is too late to try again, or the addresses take no messages.".into()
            }
            _ => format!("{} of them cannot be tried again.", gone),
        },
    }
}

/// What the live part of the screen shows.
async fn piece(
    web: &Web,
    actor: &Actor,
    update: Uuid,
    after: Option<Uuid>,
    may_publish: bool,
) -> Result<view::Piece, DeskError> {
    let progress = web.desk.progress(actor, update).await?;
    let found = web.desk.deliveries(actor, update, after).await?;
    Ok(view::Piece {
        progress: shown(web, update, &progress, may_publish),
        items: found.items.iter().map(|(d, to)| bare(web, d, to)).collect(),
        next: found.next.map(|after| format!("/desk/updates/{update}?after={after}")),
    })
}

/// `GET /desk/updates/{id}?after=`.
pub async fn deliveries(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(update): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let update = id(&update)?;
    let about = about(&web, &actor, update).await?;
    let who = who(&web, &actor).await?;
    let after = asked.id("after");
    let progress = web.desk.progress(&actor, update).await?;
    Ok(screen(&view::Deliveries {
        done: done(asked.get("done"), &progress, &actor),
        live: match after {
            Some(after) => format!("/desk/updates/{update}/live?after={after}"),
            None => format!("/desk/updates/{update}/live"),
        },
        piece: piece(&web, &actor, update, after, who.may_publish()).await?,
        update: update.to_string(),
        about,
        who,
    }))
}

/// What the screen is about: a step of planned work, or an update.
async fn about(web: &Web, actor: &Actor, update: Uuid) -> Result<About, PageError> {
    let at = |at| time::near(at, web.desk.now(), english());
    let step = web.desk.told_step(actor, update).await?;
    if let Some((plan, _, Some(word))) = &step {
        return word_of(web, word, plan.title.english.clone()).await;
    }
    if let Some((plan, step, None)) = step {
        return Ok(About {
            planned: plan.id.to_string(),
            title: plan.title.english,
            at: at(step.at),
            said: [step.kind.label().to_owned(), words::written(step.message.as_ref())].into(),
            ..About::default()
        });
    }
    let told = web.desk.told(actor, update).await?;
    if let Some(word) = &told.word_of {
        return word_of(web, word, told.incident.title.english).await;
    }
    let system = told.incident.target.system().and_then(|key| web.desk.catalogue.get(key));
    Ok(About {
        incident: if told.incident.is_open() { String::new() } else { told.incident.id.to_string() },
        unreal: told.incident.kind.unreal(),
        staff_told: told.staff_told,
        at: at(told.update.published_at),
        said: words::said(&told.update, system.map(AsRef::as_ref)),
        is_withdrawn: told.update.withdrawn_at.is_some(),
        to_update: told.update.corrects.map(|_| told.incident.id.to_string()).unwrap_or_default(),
        correction: told.corrected.as_ref().map(correction),
        title: told.incident.title.english,
        ..About::default()
    })
}

/// A place's own word, which its readers hear who had heard otherwise.
async fn word_of(web: &Web, (place, since): &WordOf, title: String) -> Result<About, PageError> {
    let name = web.desk.name_of(place).await?;
    let said = format!(
        "What {name} said changed whether to come. Its readers who had heard otherwise get a message."
    );
    let at = time::near(*since, web.desk.now(), english());
    Ok(About { is_word: true, title, at, said: vec![said], ..About::default() })
}

/// The correction of what was taken back, and how far it has come.
fn correction(corrected: &Corrected) -> (String, String) {
    let told = match corrected.due {
        0 => String::new(),
        due => {
            format!(": {} of {} told", Count::new("", corrected.told).shown(), Count::new("", due).shown())
        }
    };
    (corrected.update.to_string(), told)
}

/// What they have just done, as it is on record.
fn done(what: &str, progress: &Progress, who: &Actor) -> String {
    let verb = match what {
        "stop" => "stop_sending",
        "send" => "send_on",
        other => other,
    };
    let Some(done) = progress.last(verb).filter(|done| done.actor == who.id) else { return String::new() };
    let number = done.messages;
    let messages = crate::web::views::counted(number, "message", "messages");
    match what {
        "stop" if number == 0 => "Stopped. No messages will be sent.".into(),
        "stop" => format!("Stopped. {messages} will not be sent."),
        "send" => "Sent on. Nobody is held back any more.".into(),
        "retry" if number == 0 => {
            "Nothing is tried again: it is too late, or the addresses take no messages.".into()
        }
        "retry" => format!("{messages} will be tried again."),
        _ => String::new(),
    }
}

/// `GET /desk/updates/{id}/live?after=`: how far it has come, again and again.
pub async fn live(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(update): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let (update, after) = (id(&update)?, asked.id("after"));
    web.desk.progress(&actor, update).await?;
    let may_publish = who(&web, &actor).await?.may_publish();
    let name = format!("update {update} {after:?} {may_publish}");
    let live = web.live.clone();
    Ok(live.stream((web.desk.clone(), actor.id), name, move || {
        let (web, actor) = (web.clone(), actor.clone());
        async move {
            let piece = piece(&web, &actor, update, after, may_publish).await?;
            Ok::<_, DeskError>(piece.render().unwrap_or_default())
        }
    }))
}

fn back(update: Uuid, what: &str) -> Redirect {
    Redirect::to(&format!("/desk/updates/{update}?done={what}"))
}

/// `POST /desk/updates/{id}/stop`.
pub async fn stop(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(update): Path<String>,
) -> Result<Redirect, PageError> {
    let update = id(&update)?;
    web.desk.stop_sending(&actor, update).await?;
    Ok(back(update, "stop"))
}

/// `POST /desk/updates/{id}/send`.
pub async fn send_on(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(update): Path<String>,
) -> Result<Redirect, PageError> {
    let update = id(&update)?;
    web.desk.send_on(&actor, update).await?;
    Ok(back(update, "send"))
}

/// `POST /desk/updates/{id}/retry`; the field `reason`.
pub async fn retry(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(update): Path<String>,
    typed: Typed,
) -> Result<Redirect, PageError> {
    let update = id(&update)?;
    web.desk.retry(&actor, update, typed.get("reason")).await?;
    Ok(back(update, "retry"))
}
