//! How an attempt that is over changes its delivery.

use std::time::Duration;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::desk::progress::STOPPED;
use crate::domain::delivery::{DeliveryState, Outcome, retry_after};
use crate::domain::returned::is_of_mailbox;
use crate::store::attempts::Record;
use crate::store::deliveries::Delivery;

/// What follows from the end of an attempt.
pub fn of(d: &Delivery, outcome: &Outcome, now: DateTime<Utc>) -> Record {
    let later = |pause| after(now, pause);
    let reasoned = |state, reason: &String| record(d, state, Some(reason.clone()));
    match outcome {
        Outcome::Accepted { reference } => {
            Record { reference: Some(reference.clone()), ..record(d, DeliveryState::Accepted, None) }
        }
        Outcome::Later { reason, after } => Record {
            // By its deadline at the latest, when it is too late for it.
            due_at: later(after.unwrap_or_else(|| jittered(retry_after(d.attempt), d.id)))
                .min(d.deadline_at.max(now)),
            // One reader's full mailbox makes nothing late for whoever coordinates.
            first_due: if is_of_mailbox(reason) { d.first_due_at } else { first_due(d) },
            outcome: "later",
            ..reasoned(DeliveryState::Queued, reason)
        },
        // A provider's trouble is everybody's, and holds the others up too; an
        // account's is its own.
        Outcome::Pause { reason, after } | Outcome::SlowDown { reason, after } => Record {
            due_at: if d.provider.is_some() { d.due_at } else { later(*after) },
            first_due: first_due(d),
            outcome: "pause",
            uncounted: true,
            ..reasoned(DeliveryState::Queued, reason)
        },
        Outcome::Stopped => settled(d, DeliveryState::Suppressed, Some(STOPPED.to_owned())),
        Outcome::Never { reason } | Outcome::Gone { reason, .. } => reasoned(DeliveryState::Failed, reason),
        Outcome::Unclear { reason } => Record {
            due_at: later(d.channel.about().settle),
            look_ups: 0,
            ..reasoned(DeliveryState::Unclear, reason)
        },
    }
}

/// No attempt was made, and none will be.
pub fn settled(d: &Delivery, state: DeliveryState, reason: Option<String>) -> Record {
    Record { outcome: "settled", uncounted: true, ..record(d, state, reason) }
}

/// No attempt was made yet; a newer update may take its place meanwhile. It is
/// due later on purpose.
pub fn waits(d: &Delivery, until: DateTime<Utc>, reason: &str) -> Record {
    let waiting = record(d, DeliveryState::Queued, Some(reason.to_owned()));
    Record { due_at: until, first_due: None, outcome: "waits", uncounted: true, ..waiting }
}

/// The same where it is kept from leaving: it is late by when it was first due.
pub fn is_put_off(d: &Delivery, until: DateTime<Utc>, reason: &str) -> Record {
    Record { first_due: first_due(d), ..waits(d, until, reason) }
}

fn first_due(d: &Delivery) -> Option<DateTime<Utc>> {
    Some(d.first_due_at.unwrap_or(d.due_at))
}

fn record(d: &Delivery, state: DeliveryState, reason: Option<String>) -> Record {
    Record {
        delivery: d.id,
        attempt: d.attempt,
        state,
        outcome: state.as_str(),
        reason,
        reference: None,
        due_at: d.due_at,
        first_due: d.first_due_at,
        uncounted: false,
        look_ups: d.look_ups,
        pinned: None,
    }
}

pub fn after(now: DateTime<Utc>, pause: Duration) -> DateTime<Utc> {
    now + chrono::Duration::from_std(pause).unwrap_or_default()
}

/// Twice as long each time, up to a quarter of an hour.
pub fn longer(pause: Duration, fails: i32) -> Duration {
    let times = u32::try_from(fails).unwrap_or(0).min(5);
    (pause * 2u32.pow(times)).min(Duration::from_secs(900))
}

/// Spreads retries over a quarter of their pause, by the delivery's own id.
pub fn jittered(pause: Duration, id: Uuid) -> Duration {
    let share = f64::from(u32::from(id.as_bytes()[15])) / 255.0;
    pause.mul_f64(1.0 + share / 4.0)
}
