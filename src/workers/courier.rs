//! Claims what is due, sends it, and records how that ended.
//!
//! The attempt is committed before a byte leaves; how many are under way at
//! once bounds how many copies a crash can make.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::prepare::{Prepared, Words, prepare};
use super::rest;
use crate::channels::{Channels, SEND_TIMEOUT};
use crate::clock::Clock;
use crate::desk::{Desk, Result};
use crate::domain::delivery::{DeliveryState, Outcome, Outgoing, retry_after};
use crate::domain::subscriber::Channel;
use crate::store::deliveries::{self, Delivery, Record};
use crate::store::pauses;

/// How long an attempt is one courier's alone.
pub const LEASE: Duration = Duration::from_secs(45);
/// Why an attempt was not made; no fault of the far side.
const TOO_LATE: &str = "the lease ran out before sending";
const LOOK: Duration = Duration::from_millis(500);
/// How long the end waits for messages that are under way.
const LAST_WAIT: Duration = Duration::from_secs(10);

/// Sends on one channel.
pub struct Courier {
    desk: Desk,
    /// Without channels everything is captured (the demonstration).
    channels: Option<Channels>,
    channel: Channel,
    owner: Uuid,
}

/// A message that may leave until its lease is too short.
struct Claimed {
    delivery: Delivery,
    outgoing: Box<Outgoing>,
    good_until: Instant,
    /// The same on the wall clock, which goes on while a machine is suspended.
    good_until_by_the_wall: DateTime<Utc>,
}

/// What one claim took: some to send, the rest settled already.
#[derive(Default)]
struct Claim {
    taken: usize,
    to_send: Vec<Claimed>,
}

type Ended = (Delivery, Outcome);

impl Courier {
    pub fn new(desk: Desk, channels: Option<Channels>, channel: Channel) -> Self {
        let owner = desk.new_id();
        Self { desk, channels, channel, owner }
    }

    fn is_live(&self) -> bool {
        self.channels.as_ref().is_some_and(|c| c.is_live(self.channel))
    }

    /// Claims at most `room` messages. Those that must not leave are settled in
    /// the same transaction.
    async fn claim(&self, room: usize) -> Result<Claim> {
        let now = self.desk.now();
        let claimed_at = Instant::now();
        let mut tx = self.desk.db.write().await?;
        if pauses::pauses(&mut tx, now).await?.iter().any(|(c, ..)| *c == self.channel) && self.is_live() {
            return Ok(Claim::default());
        }
        let lease = tx.lease_time(now).await? + chrono::Duration::from_std(LEASE).unwrap_or_default();
        let limit = i64::try_from(room).unwrap_or(1);
        let rows = deliveries::claim(&mut tx, self.channel, self.owner, now, lease, limit).await?;
        if rows.is_empty() {
            return Ok(Claim::default());
        }
        let ids: Vec<Uuid> = rows.iter().map(|d| d.broadcast).collect();
        let current: HashMap<Uuid, (i32, bool)> = deliveries::epochs(&mut tx, &ids)
            .await?
            .into_iter()
            .map(|(id, epoch, overtaken)| (id, (epoch, overtaken)))
            .collect();
        let mut words = Words::new();
        let mut out = Claim { taken: rows.len(), to_send: Vec::new() };
        for delivery in rows {
            let standing = current.get(&delivery.broadcast).copied();
            let prepared = prepare(&self.desk, &mut tx, &delivery, &mut words, standing, now).await?;
            let settled = match prepared {
                Prepared::Send(outgoing) if self.is_live() => {
                    let left = chrono::Duration::from_std(LEASE - SEND_TIMEOUT).unwrap_or_default();
                    out.to_send.push(Claimed {
                        delivery,
                        outgoing,
                        good_until: claimed_at + LEASE - SEND_TIMEOUT,
                        good_until_by_the_wall: now + left,
                    });
                    continue;
                }
                Prepared::Send(_) => (DeliveryState::Captured, None),
                Prepared::Settle(state, reason) => (state, reason),
            };
            let record = Record {
                outcome: "settled",
                uncounted: true,
                ..self.record_of(&delivery, settled.0, settled.1)
            };
            deliveries::record(&mut tx, &record, now).await?;
        }
        tx.commit().await?;
        Ok(out)
    }

    fn record_of(&self, d: &Delivery, state: DeliveryState, reason: Option<String>) -> Record {
        Record {
            delivery: d.id,
            attempt: d.attempt,
            state,
            outcome: state.as_str(),
            reason,
            reference: None,
            due_at: d.due_at,
            uncounted: false,
            look_ups: d.look_ups,
        }
    }

    /// Makes one attempt, unless the lease has become too short for it.
    async fn attempt(channels: Channels, clock: Clock, claimed: Claimed) -> Ended {
        // Checked immediately before the socket: a process that was frozen
        // must not send what another has taken up since.
        let late = Instant::now() >= claimed.good_until || clock.now() >= claimed.good_until_by_the_wall;
        let outcome = if late {
            Outcome::Later { reason: TOO_LATE.into(), after: None }
        } else {
            channels.send(&claimed.outgoing).await
        };
        (claimed.delivery, outcome)
    }

    /// Records how attempts ended, all in one transaction.
    async fn record(&self, ended: &[Ended]) -> Result<()> {
        let now = self.desk.now();
        let mut tx = self.desk.db.write().await?;
        for (delivery, outcome) in ended {
            if let Outcome::Pause { reason, after } = outcome
                && self.channel.is_personal()
            {
                let until = now + chrono::Duration::from_std(*after).unwrap_or_default();
                pauses::pause(&mut tx, self.channel, until, reason).await?;
                tracing::warn!(channel = %self.channel, %reason, "the channel waits");
            }
            deliveries::record(&mut tx, &self.outcome(delivery, outcome, now), now).await?;
            let was_made = !matches!(outcome, Outcome::Later { reason, .. } if reason == TOO_LATE);
            if !self.channel.is_personal() && was_made {
                self.desk.note_attempt(&mut tx, delivery, outcome, now).await?;
            }
        }
        tx.commit().await?;
        Ok(())
    }

    fn outcome(&self, d: &Delivery, outcome: &Outcome, now: DateTime<Utc>) -> Record {
        let later = |after: Duration| now + chrono::Duration::from_std(after).unwrap_or_default();
        let reasoned = |state, reason: &String| self.record_of(d, state, Some(reason.clone()));
        match outcome {
            Outcome::Accepted { reference } => Record {
                reference: Some(reference.clone()),
                ..self.record_of(d, DeliveryState::Accepted, None)
            },
            Outcome::Later { reason, after } => Record {
                due_at: later(after.unwrap_or_else(|| jittered(retry_after(d.attempt), d.id))),
                outcome: "later",
                ..reasoned(DeliveryState::Queued, reason)
            },
            // An account's trouble is its own; a provider's is everybody's.
            Outcome::Pause { reason, after } => Record {
                due_at: if self.channel.is_personal() { d.due_at } else { later(*after) },
                outcome: "pause",
                uncounted: true,
                ..reasoned(DeliveryState::Queued, reason)
            },
            Outcome::Never { reason } | Outcome::Gone { reason } => reasoned(DeliveryState::Failed, reason),
            Outcome::Unclear { reason } => Record {
                due_at: later(self.channel.about().settle),
                look_ups: 0,
                ..reasoned(DeliveryState::Unclear, reason)
            },
        }
    }

    /// Sends what is due once, and waits for it (tests). Gives the number.
    pub async fn step(&self) -> Result<usize> {
        let claim = self.claim(self.channel.about().window).await?;
        let Some(channels) = &self.channels else { return Ok(claim.taken) };
        let mut under_way = JoinSet::new();
        for one in claim.to_send {
            under_way.spawn(Self::attempt(channels.clone(), self.desk.clock.clone(), one));
        }
        let ended = under_way.join_all().await;
        self.record(&ended).await?;
        Ok(claim.taken)
    }

    /// Sends until it is time to stop; then finishes what is under way.
    pub async fn run(self, stop: CancellationToken) {
        let bell = std::sync::Arc::clone(&self.desk.signals.outbox);
        let mut under_way: JoinSet<Ended> = JoinSet::new();
        let mut failing = false;
        while !stop.is_cancelled() {
            let room = self.channel.about().window.saturating_sub(under_way.len());
            let claim = match self.claim(room).await {
                Ok(claim) => claim,
                Err(error) => {
                    if !failing {
                        tracing::error!(channel = %self.channel, %error, "nothing can be sent for now");
                    }
                    failing = true;
                    rest(&bell, LOOK, &stop).await;
                    continue;
                }
            };
            failing = false;
            let idle = claim.taken == 0;
            if let Some(channels) = &self.channels {
                for one in claim.to_send {
                    under_way.spawn(Self::attempt(channels.clone(), self.desk.clock.clone(), one));
                }
            }
            if under_way.is_empty() {
                if idle {
                    rest(&bell, LOOK, &stop).await;
                }
            } else {
                tokio::select! {
                    Some(first) = under_way.join_next() => self.finish(first.ok(), &mut under_way).await,
                    // Room that is free is used: a hanging host holds up
                    // nobody else.
                    () = bell.notified() => {}
                    () = tokio::time::sleep(LOOK) => {}
                    () = stop.cancelled() => {}
                }
            }
        }
        let _ = tokio::time::timeout(LAST_WAIT, async {
            while let Some(first) = under_way.join_next().await {
                self.finish(first.ok(), &mut under_way).await;
            }
        })
        .await;
    }

    /// Records one ended attempt and all others that have ended meanwhile. What
    /// cannot be recorded becomes unclear when its lease runs out.
    async fn finish(&self, first: Option<Ended>, under_way: &mut JoinSet<Ended>) {
        let mut ended: Vec<Ended> = first.into_iter().collect();
        while let Some(more) = under_way.try_join_next() {
            ended.extend(more.ok());
        }
        for _ in 0..5 {
            match self.record(&ended).await {
                Ok(()) => return,
                Err(error) => tracing::error!(%error, "the end of an attempt could not be recorded"),
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }
}

/// Spreads retries over a quarter of their pause, by the delivery's own id.
fn jittered(pause: Duration, id: Uuid) -> Duration {
    let share = f64::from(u32::from(id.as_bytes()[15])) / 255.0;
    pause.mul_f64(1.0 + share / 4.0)
}
