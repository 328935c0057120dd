//! Claims what is due, sends it, and records how that ended.
//!
//! The attempt is committed before a byte leaves; how many are under way at
//! once bounds how many copies a crash can make.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::ending;
use super::halts::Halts;
use super::pace::{GATHER, Load, Pace};
use super::prepare::{Batch, CORRECTION_FIRST, NEVER_HAD, Prepared, prepare};
use super::rest;
use super::ways::takes;
use crate::channels::{Channels, Held, SEND_TIMEOUT, Trouble, Way, scope};
use crate::clock::Clock;
use crate::desk::progress::STOPPED;
use crate::desk::{Desk, Result};
use crate::domain::delivery::{DeliveryState, HAD_THEIR_SHARE, Lane, Outcome, Outgoing};
use crate::domain::subscriber::Channel;
use crate::store::attempts::{self, Record};
use crate::store::claims;
use crate::store::deliveries::Delivery;
use crate::store::{Tx, broadcasts, overtaking, pauses};

/// How long an attempt is one courier's alone.
pub const LEASE: Duration = Duration::from_secs(45);
/// Why an attempt was not made; no fault of the far side.
const TOO_LATE: &str = "the lease ran out before sending";
const LOOK: Duration = Duration::from_millis(500);
/// How long a claimed message waits for its provider to have a line free.
const PATIENCE: Duration = Duration::from_secs(1);
const NO_LINE: &str = "its provider was busy";
/// How long the end waits for messages that are under way.
const LAST_WAIT: Duration = Duration::from_secs(10);

/// Counts attempts, by `channel` and `outcome`.
const ATTEMPTS: &str = "signpost_attempts_total";

/// Says what is counted here.
pub fn describe() {
    metrics::describe_counter!(ATTEMPTS, "Attempts to send that are over, by channel and how they ended.");
}

/// Sends on one channel.
pub struct Courier {
    desk: Desk,
    /// Without channels everything is captured (the demonstration).
    pub(super) channels: Option<Channels>,
    pub(super) channel: Channel,
    owner: Uuid,
    /// What it takes: everything that is real, or nothing of it.
    pub(super) lanes: &'static [Lane],
    /// When a correction was last tried by a provider that wants to be left alone.
    pub(super) tried: Mutex<HashMap<String, DateTime<Utc>>>,
    halts: Halts,
}

/// A message that may leave until its lease is too short.
struct Claimed {
    delivery: Delivery,
    outgoing: Box<Outgoing>,
    good_until: Instant,
    /// The same on the wall clock, which goes on while a machine is suspended.
    good_until_by_the_wall: DateTime<Utc>,
    held: Held,
    trial: bool,
}

/// What one claim took: some to send, the rest settled already.
#[derive(Default)]
struct Claim {
    taken: usize,
    to_send: Vec<Claimed>,
}

/// An attempt that is over.
struct Ended {
    delivery: Delivery,
    outcome: Outcome,
    /// Why its provider has to rest.
    trouble: Option<Trouble>,
    trial: bool,
}

impl Courier {
    pub fn new(desk: Desk, channels: Option<Channels>, channel: Channel) -> Self {
        let owner = desk.new_id();
        let (tried, halts) = Default::default();
        Self { desk, channels, channel, owner, lanes: Lane::LIVE, tried, halts }
    }

    /// One that takes exercises and tests alone. `channels` are their own, with
    /// accounts of their own; without, everything is captured.
    pub fn of_exercises(desk: Desk, channels: Option<Channels>, channel: Channel) -> Self {
        Self { lanes: Lane::EXERCISE, ..Self::new(desk, channels, channel) }
    }

    fn is_live(&self) -> bool {
        self.channels.as_ref().is_some_and(|c| c.is_live(self.channel))
    }

    /// In one transaction, records how attempts ended and claims what there is
    /// room for.
    async fn turn(&self, ended: &[Ended], load: Load) -> Result<Claim> {
        let (claimed_at, now) = (Instant::now(), self.desk.now());
        let mut tx = self.desk.db.write().await?;
        self.record(&mut tx, ended, now).await?;
        let out = self.claim(&mut tx, load, (claimed_at, now)).await?;
        tx.commit().await?;
        Ok(out)
    }

    /// Claims what there is room for. Those that must not leave are settled.
    async fn claim(&self, tx: &mut Tx, load: Load, at: (Instant, DateTime<Utc>)) -> Result<Claim> {
        let now = at.1;
        let lease = tx.lease_time(now).await? + chrono::Duration::from_std(LEASE).unwrap_or_default();
        let mut out = Claim::default();
        let ways = self.ways(tx, load, now).await?;
        for way in &ways {
            if self.yields(tx, way, now).await? || way.room == 0 {
                continue;
            }
            let wanted = claims::Claim {
                channel: self.channel,
                owner: self.owner,
                lease_until: lease,
                limit: i64::try_from(way.room).unwrap_or(1),
                provider: way.provider.as_deref(),
                takes: takes(way, &ways),
                lanes: if way.for_corrections { &[Lane::Correction] } else { self.lanes },
            };
            let rows = claims::claim(tx, wanted, now).await?;
            self.sort_out(tx, rows, (way, load.window), at, &mut out).await?;
        }
        Ok(out)
    }

    /// Of what was claimed, some may leave; the rest is settled or waits.
    async fn sort_out(
        &self,
        tx: &mut Tx,
        mut rows: Vec<Delivery>,
        (way, window): (&Way, usize),
        (claimed_at, now): (Instant, DateTime<Utc>),
        out: &mut Claim,
    ) -> Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        out.taken += rows.len();
        let ids: Vec<Uuid> = rows.iter().map(|d| d.broadcast).collect();
        let current = broadcasts::standings(tx, &ids).await?;
        let mut batch = Batch::read(tx, &rows, now).await?;
        batch.bring_up_to_date(&self.desk, tx, &mut rows, now).await?;
        let (mut settled, mut missed) = (Vec::new(), Vec::new());
        let left = LEASE - SEND_TIMEOUT;
        for delivery in rows {
            let standing = current.get(&delivery.broadcast).copied();
            let prepared = prepare(&self.desk, tx, &delivery, &batch, standing, now).await?;
            if matches!(prepared, Prepared::Send(_))
                && let Some(until) = batch.behind_correction(&delivery, now)
            {
                settled.push(ending::waits(&delivery, until, CORRECTION_FIRST));
                continue;
            }
            if matches!(prepared, Prepared::Send(_))
                && let Some(until) = batch.full_until(&delivery, &self.desk.limits, now)
            {
                settled.push(ending::waits(&delivery, until, HAD_THEIR_SHARE));
                continue;
            }
            let (state, reason) = match (prepared, &self.channels) {
                (Prepared::Send(mut outgoing), Some(channels)) if self.is_live() => {
                    outgoing.halt = self.halts.of(&delivery);
                    match channels.admit(&outgoing, window) {
                        Ok(held) => out.to_send.push(Claimed {
                            delivery,
                            outgoing,
                            good_until: claimed_at + left,
                            good_until_by_the_wall: now
                                + chrono::Duration::from_std(left).unwrap_or_default(),
                            held,
                            trial: way.trial,
                        }),
                        Err(wait) => {
                            let until = ending::after(now, ending::jittered(wait, delivery.id));
                            let why = "the recipient's mail or push service is slow or refuses messages";
                            settled.push(ending::is_put_off(&delivery, until, why));
                        }
                    }
                    continue;
                }
                (Prepared::Send(_), _) => (DeliveryState::Captured, None),
                (Prepared::Settle(state, reason), _) => (state, reason),
            };
            if reason.as_deref().is_some_and(|reason| [STOPPED, NEVER_HAD].contains(&reason)) {
                missed.push(delivery.id);
            }
            settled.push(ending::settled(&delivery, state, reason));
        }
        attempts::record(tx, &settled, now).await?;
        overtaking::requeue_instead(tx, &missed, now).await?;
        Ok(())
    }

    /// Makes one attempt, unless the lease has become too short for it.
    async fn attempt(channels: Channels, clock: Clock, claimed: Claimed) -> Ended {
        // What was stopped meanwhile must not leave, so none waits here for long.
        let waiting = channels.line(claimed.delivery.channel, claimed.delivery.provider.as_deref());
        let Ok(line) = tokio::time::timeout(PATIENCE, waiting).await else {
            let outcome = Outcome::Pause { reason: NO_LINE.into(), after: Duration::ZERO };
            let Claimed { delivery, trial, .. } = claimed;
            return Ended { delivery, outcome, trouble: None, trial };
        };
        // Checked immediately before the socket: a process that was frozen
        // must not send what another has taken up since.
        let late = Instant::now() >= claimed.good_until || clock.now() >= claimed.good_until_by_the_wall;
        let Claimed { delivery, outgoing, trial, held, .. } = claimed;
        let (outcome, trouble) = if late {
            (Outcome::Later { reason: TOO_LATE.into(), after: None }, None)
        } else if outgoing.halt.is_called() {
            (Outcome::Stopped, None)
        } else {
            let outcome = channels.send(&outgoing).await;
            let trouble = channels.note(delivery.channel, delivery.provider.as_deref(), &outcome);
            (outcome, trouble)
        };
        drop((held, line));
        Ended { delivery, outcome, trouble, trial }
    }

    /// Records how attempts ended, and what follows from that for providers,
    /// addresses and accounts.
    async fn record(&self, tx: &mut Tx, ended: &[Ended], now: DateTime<Utc>) -> Result<()> {
        let records: Vec<Record> = ended.iter().map(|e| ending::of(&e.delivery, &e.outcome, now)).collect();
        attempts::record(tx, &records, now).await?;
        let is_missed =
            |e: &&Ended| matches!(e.outcome, Outcome::Stopped | Outcome::Never { .. } | Outcome::Gone { .. });
        let missed: Vec<Uuid> = ended.iter().filter(is_missed).map(|e| e.delivery.id).collect();
        overtaking::requeue_instead(tx, &missed, now).await?;
        for Ended { delivery, outcome, trouble, trial } in ended {
            metrics::counter!(ATTEMPTS, "channel" => self.channel.as_str(), "outcome" => outcome.name())
                .increment(1);
            let provider = delivery.provider.as_deref().unwrap_or_default();
            if let Some(trouble) = trouble {
                self.let_rest(tx, provider, trouble, now).await?;
            }
            if *trial && matches!(outcome, Outcome::Accepted { .. }) {
                let scope = scope(self.channel, provider);
                if pauses::end(tx, &scope).await? {
                    tracing::info!(%scope, "a provider is well again");
                }
            }
            if let Outcome::Gone { reason, fault } = outcome
                && self.channel.is_personal()
            {
                self.desk.address_failed(tx, delivery, *fault, reason).await?;
            }
            let was_made = !matches!(outcome, Outcome::Later { reason, .. } if reason == TOO_LATE)
                && *outcome != Outcome::Stopped;
            if !self.channel.is_personal() && was_made {
                self.desk.note_attempt(tx, delivery, outcome, now).await?;
            }
        }
        Ok(())
    }

    /// Sends what is due once, and waits for it (tests). Gives the number.
    pub async fn step(&self) -> Result<usize> {
        let claim = self.turn(&[], Load { busy: 0, window: self.channel.about().lines }).await?;
        let Some(channels) = &self.channels else { return Ok(claim.taken) };
        let mut under_way = JoinSet::new();
        for one in claim.to_send {
            under_way.spawn(Self::attempt(channels.clone(), self.desk.clock.clone(), one));
        }
        self.put_on_record(&mut under_way.join_all().await).await?;
        Ok(claim.taken)
    }

    /// Records ended attempts and forgets them.
    async fn put_on_record(&self, ended: &mut Vec<Ended>) -> Result<()> {
        let mut tx = self.desk.db.write().await?;
        self.record(&mut tx, ended, self.desk.now()).await?;
        tx.commit().await?;
        ended.clear();
        Ok(())
    }

    /// Sends until it is time to stop; then finishes what is under way.
    pub async fn run(self, stop: CancellationToken) {
        let bell = std::sync::Arc::clone(&self.desk.signals.outbox);
        let mut under_way: JoinSet<Ended> = JoinSet::new();
        let mut ended: Vec<Ended> = Vec::new();
        let mut pace = Pace::new(self.channel);
        let mut failing = false;
        let over = CancellationToken::new();
        let _until_the_end = over.clone().drop_guard();
        tokio::spawn(self.halts.clone().run(self.desk.clone(), over));
        while !stop.is_cancelled() {
            let load = Load { busy: under_way.len(), window: pace.window(ended.len()) };
            let claim = match self.turn(&ended, load).await {
                Ok(claim) => claim,
                Err(error) => {
                    if !failing {
                        tracing::error!(channel = %self.channel, %error, "nothing can be sent for now");
                    }
                    failing = true;
                    // What keeps us from claiming need not keep the ends off
                    // the record.
                    let _ = self.put_on_record(&mut ended).await;
                    rest(&bell, LOOK, &stop).await;
                    continue;
                }
            };
            ended.clear();
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
                continue;
            }
            tokio::select! {
                Some(first) = under_way.join_next() => {
                    ended.extend(first.ok());
                    gather(&mut under_way, &mut ended, pace.gather()).await;
                }
                // Room that is free is used: a hanging host holds up nobody else.
                () = bell.notified() => {}
                () = tokio::time::sleep(LOOK) => {}
                () = stop.cancelled() => {}
            }
        }
        let _ = tokio::time::timeout(LAST_WAIT, self.finish(&mut ended, &mut under_way)).await;
    }

    /// Records what is under way as it ends. What cannot be recorded becomes
    /// unclear when its lease runs out.
    async fn finish(&self, ended: &mut Vec<Ended>, under_way: &mut JoinSet<Ended>) {
        loop {
            if let Err(error) = self.put_on_record(ended).await {
                tracing::error!(%error, "the end of an attempt could not be recorded");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
            match under_way.join_next().await {
                Some(one) => ended.extend(one.ok()),
                None if ended.is_empty() => return,
                None => {}
            }
            gather(under_way, ended, GATHER).await;
        }
    }
}

/// Waits a moment for more attempts to end: to record many costs little more
/// than one. The other half goes on meanwhile.
async fn gather(under_way: &mut JoinSet<Ended>, ended: &mut Vec<Ended>, most: Duration) {
    let half = under_way.len() / 2;
    let _ = tokio::time::timeout(most, async {
        while under_way.len() > half
            && let Some(more) = under_way.join_next().await
        {
            ended.extend(more.ok());
        }
    })
    .await;
    while let Some(more) = under_way.try_join_next() {
        ended.extend(more.ok());
    }
}
