//! Finds out what became of unclear messages, and decides.

use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::StreamExt;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::prepare::{Batch, Prepared, ended, prepare};
use crate::channels::Channels;
use crate::desk::{Desk, Result};
use crate::domain::delivery::{DeliveryState, Lane, LookUp, retry_after};
use crate::domain::subscriber::Channel;
use crate::store::attempts::{self, Record};
use crate::store::deliveries::{self, Delivery};
use crate::store::{broadcasts, overtaking, recipients, references};

/// How many are looked up at once.
const BATCH: i64 = 50;
/// While one process asks, others leave the message alone.
const ASKING: chrono::Duration = chrono::Duration::seconds(60);
/// When the provider cannot be asked, how soon again.
const ASK_AGAIN: chrono::Duration = chrono::Duration::seconds(30);
/// For how long an urgent message is held when the provider cannot be asked;
/// then it is sent again, for a copy harms less than silence.
const HOLD: chrono::Duration = chrono::Duration::minutes(30);
/// Looked for in vain so often, it was not taken.
const LOOK_UPS: i32 = 2;
/// How often a message goes without an answer where nobody can be asked about
/// it, before it is not sent again.
const BLIND: i64 = 3;
/// How many are asked about at once.
const AT_ONCE: usize = 8;

/// Looks up what has rested long enough on one channel, a few at once, so that
/// a provider that hangs holds up nobody else's. Gives the number.
pub async fn step(desk: &Desk, channels: &Channels, channel: Channel) -> Result<usize> {
    look_up(desk, channels, channel, false).await
}

/// The same for exercises and tests, by channels of their own.
pub async fn step_of_exercises(desk: &Desk, channels: &Channels, channel: Channel) -> Result<usize> {
    look_up(desk, channels, channel, true).await
}

async fn look_up(desk: &Desk, channels: &Channels, channel: Channel, is_exercise: bool) -> Result<usize> {
    let now = desk.now();
    let mut tx = desk.db.write().await?;
    let rows = deliveries::unclear(&mut tx, channel, now, now + ASKING, BATCH, is_exercise).await?;
    let mut batch = Batch::read(&mut tx, &rows, now).await?;
    batch.read_words(&mut tx, &rows).await?;
    let ids: Vec<Uuid> = rows.iter().map(|d| d.id).collect();
    let (unanswered, before) =
        (recipients::unanswered(&mut tx, &ids).await?, recipients::maybe_reached(&mut tx, &ids).await?);
    // A provider knows a message by the words that it had then.
    let mut as_sent = broadcasts::words_of_attempts(&mut tx, &ids).await?;
    let mut known = references::of(&mut tx, &ids).await?;
    let all: Vec<Uuid> = rows.iter().map(|d| d.broadcast).collect();
    let standings = broadcasts::standings(&mut tx, &all).await?;
    let mut asked = Vec::new();
    for d in rows {
        let mut prepared = prepare(desk, &mut tx, &d, &batch, None, now).await?;
        if let Prepared::Send(outgoing) = &mut prepared {
            outgoing.known = known.remove(&d.id).unwrap_or_default();
            if let Some(message) = as_sent.remove(&d.id) {
                outgoing.message = desk.fill_way_out(message, d.target);
            }
        }
        let doubt = Doubt {
            unanswered: unanswered.get(&d.id).copied().unwrap_or(0),
            before: before.contains(&d.id),
            ended: standings.get(&d.broadcast).and_then(|standing| ended(&d, *standing)),
        };
        asked.push((d, doubt, prepared));
    }
    tx.commit().await?;
    let count = asked.len();
    let answers = futures_util::stream::iter(asked)
        .map(|(d, doubt, prepared)| async move {
            let answer = match prepared {
                Prepared::Send(outgoing) => channels.look_up(&outgoing).await,
                // They left or it is too late: it is not sent again, so only
                // the truth about the first attempt is lost.
                Prepared::Settle(..) => LookUp::Down { reason: "it cannot be looked up any more".into() },
            };
            (d, doubt, answer)
        })
        .buffer_unordered(AT_ONCE)
        .collect::<Vec<_>>()
        .await;
    let now = desk.now();
    let mut tx = desk.db.write().await?;
    let records: Vec<Record> =
        answers.into_iter().map(|(d, doubt, answer)| decide(&d, doubt, answer, now)).collect();
    let done = attempts::record(&mut tx, &records, now).await?;
    let missed =
        records.iter().filter(|r| r.state == DeliveryState::Suppressed && done.contains(&r.delivery));
    overtaking::requeue_instead(&mut tx, &missed.map(|r| r.delivery).collect::<Vec<_>>(), now).await?;
    tx.commit().await?;
    if count > 0 {
        desk.signals.outbox.notify_waiters();
    }
    Ok(count)
}

/// When an unclear message may be sent again: at once after one attempt, then
/// later and later.
fn again_at(d: &Delivery, now: DateTime<Utc>) -> DateTime<Utc> {
    let pause = if d.attempt <= 1 { Duration::ZERO } else { retry_after(d.attempt) };
    now + chrono::Duration::from_std(pause).unwrap_or_default()
}

/// What is not known of a message's attempts.
#[derive(Debug, Clone, Copy)]
struct Doubt {
    /// How many got no answer.
    unanswered: i64,
    /// One before the last may have arrived.
    before: bool,
    /// How it ends where it would be sent again: it was stopped or overtaken meanwhile.
    ended: Option<(DeliveryState, Option<&'static str>)>,
}

/// What follows from the provider's answer. What may not leave any more is not queued again.
fn decide(d: &Delivery, doubt: Doubt, answer: LookUp, now: DateTime<Utc>) -> Record {
    let record = follows(d, doubt, answer, now);
    match doubt.ended.filter(|_| record.state == DeliveryState::Queued) {
        Some((state, reason)) => Record { state, reason: reason.map(str::to_owned), ..record },
        None => record,
    }
}

fn follows(d: &Delivery, doubt: Doubt, answer: LookUp, now: DateTime<Utc>) -> Record {
    let record = |state: DeliveryState, due_at| Record {
        delivery: d.id,
        attempt: d.attempt,
        state,
        outcome: "unclear",
        reason: d.reason.clone(),
        reference: None,
        due_at,
        first_due: d.first_due_at,
        uncounted: false,
        look_ups: d.look_ups,
        pinned: None,
    };
    // Sent again although nobody knows: then by the same provider alone.
    let again_blindly = |due_at| Record { pinned: Some(true), ..record(DeliveryState::Queued, due_at) };
    let settle = chrono::Duration::from_std(d.channel.about().settle).unwrap_or_default();
    match answer {
        LookUp::Found { reference } => Record {
            reference: Some(reference),
            reason: None,
            outcome: "accepted",
            ..record(DeliveryState::Accepted, now)
        },
        LookUp::Down { .. } | LookUp::Impossible | LookUp::Repeatable if d.deadline_at <= now => Record {
            reason: Some("nobody could say whether it arrived".into()),
            ..record(DeliveryState::Failed, now)
        },
        LookUp::Repeatable => record(DeliveryState::Queued, again_at(d, now)),
        // A relay that takes a message and is too slow to say so would get
        // copy after copy. Our own crashes are few, and nothing was said then.
        LookUp::Impossible if doubt.unanswered >= BLIND => Record {
            reason: Some("sent several times without an answer; it may have arrived".into()),
            ..record(DeliveryState::Failed, now)
        },
        LookUp::Impossible => again_blindly(again_at(d, now)),
        LookUp::NotFound if d.look_ups + 1 >= LOOK_UPS => Record {
            outcome: "not taken",
            look_ups: 0,
            pinned: Some(false),
            ..record(DeliveryState::Queued, again_at(d, now))
        },
        LookUp::NotFound => {
            Record { look_ups: d.look_ups + 1, ..record(DeliveryState::Unclear, now + settle) }
        }
        LookUp::Down { .. } if !doubt.before && d.lane <= Lane::Urgent.order() && d.made_at + HOLD <= now => {
            again_blindly(now)
        }
        LookUp::Down { reason } => {
            Record { reason: Some(reason), ..record(DeliveryState::Unclear, now + ASK_AGAIN) }
        }
    }
}

/// Looks until it is time to stop.
pub async fn run(desk: Desk, channels: Channels, channel: Channel, stop: CancellationToken) {
    super::repeat("resolver", Duration::from_secs(1), &stop, || async {
        step(&desk, &channels, channel).await.map(|_| ())
    })
    .await;
}

/// The same for exercises and tests.
pub async fn run_exercises(desk: Desk, channels: Channels, channel: Channel, stop: CancellationToken) {
    super::repeat("resolver of exercises", Duration::from_secs(5), &stop, || async {
        step_of_exercises(&desk, &channels, channel).await.map(|_| ())
    })
    .await;
}
