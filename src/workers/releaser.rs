//! Lets a large audience go in steps: after the hold the first 1 % leave, and
//! when they did well, the rest; on each channel by itself, so that one that is
//! dead holds up no other. When they did not, a person decides.
//!
//! And what was overtaken by an update that was taken back leaves after all.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::desk::{Desk, Result};
use crate::domain::channel::Channel;
use crate::domain::delivery::Holding;
use crate::store::holding::{self, First, Held};
use crate::store::overtaking::{self, Due};

/// How many of the rest are let go in one transaction.
const CHUNK: i64 = 10_000;
/// The rest is halted when more than one in so many of the first did badly.
const ONE_IN: i64 = 10;
/// When the first of a channel have not left so long after they were looked at, a person
/// decides about its rest.
const PATIENCE: chrono::Duration = chrono::Duration::minutes(10);

/// Moves every broadcast on that is told in steps. Gives how many messages
/// were let go.
pub async fn step(desk: &Desk) -> Result<u64> {
    let now = desk.now();
    let watched = now - chrono::Duration::from_std(desk.limits.watch).unwrap_or_default();
    let mut tx = desk.db.read().await?;
    let ready = holding::ready(&mut tx, watched).await?;
    drop(tx);
    let mut gone = free(desk).await?;
    for held in ready {
        gone += move_on(desk, &held, held.until + PATIENCE <= watched).await?;
    }
    if gone > 0 {
        desk.signals.outbox.notify_waiters();
    }
    Ok(gone)
}

/// Queues again what is overtaken by nothing any more. Gives how many messages.
async fn free(desk: &Desk) -> Result<u64> {
    let mut gone = 0;
    loop {
        let now = desk.now();
        let mut tx = desk.db.write().await?;
        let Some(freed) = overtaking::freed(&mut tx).await? else { return Ok(gone) };
        let id = freed.broadcast;
        if freed.overtaken_by.is_some() {
            overtaking::set_overtaker(&mut tx, id, freed.overtaken_by).await?;
        } else {
            let hold = chrono::Duration::from_std(desk.limits.hold).unwrap_or_default();
            let at = if freed.is_held { now + hold } else { now };
            if freed.is_overtaken {
                overtaking::free(&mut tx, id, at).await?;
            }
            let due = Due { now, at, in_steps: freed.is_held };
            let some = overtaking::requeue(&mut tx, id, due, CHUNK).await?;
            if some == 0 {
                overtaking::set_overtaker(&mut tx, id, None).await?;
            }
            gone += some;
            if some > 0 {
                tracing::info!(broadcast = %id, messages = some, "leaves after all: what overtook it was taken back");
            }
        }
        tx.commit().await?;
        desk.forget_counts(id);
    }
}

async fn move_on(desk: &Desk, held: &Held, is_late: bool) -> Result<u64> {
    let (now, id) = (desk.now(), held.broadcast);
    let mut tx = desk.db.write().await?;
    let mut gone = 0;
    if held.holding == Holding::Held {
        let first = holding::first(&mut tx, id).await?;
        let (mut waits, mut halted) = (false, Vec::new());
        for (channel, next) in decide(&first, is_late) {
            match next {
                None => waits = true,
                Some(Holding::Halted) => halted.push(channel),
                Some(_) => gone += holding::release(&mut tx, id, Some(channel), now, CHUNK).await?,
            }
        }
        if gone == 0 && !waits {
            let next = if halted.is_empty() { Holding::Releasing } else { Holding::Halted };
            if holding::step(&mut tx, id, Holding::Held, next).await? && next == Holding::Halted {
                tracing::error!(broadcast = %id, ?halted, ?first,
                    "the first 1 % failed too often or did not leave; the rest waits for a person");
            }
        }
        // Somebody stopped it meanwhile, or let everybody go: that is seen next time.
        tx.commit().await?;
        return Ok(gone);
    }
    gone = holding::release(&mut tx, id, None, now, CHUNK).await?;
    if gone == 0 {
        holding::step(&mut tx, id, Holding::Releasing, Holding::Released).await?;
    }
    tx.commit().await?;
    Ok(gone)
}

/// What follows for each channel's rest from how its first did; `None` while most are
/// under way. Few say little: then those of all channels count with them.
fn decide(first: &BTreeMap<Channel, First>, is_late: bool) -> Vec<(Channel, Option<Holding>)> {
    let fails = |badly: i64, ended: i64| badly * ONE_IN > ended;
    let sum = |number: fn(&First) -> i64| first.values().map(number).sum::<i64>();
    let all_fail = fails(sum(|f| f.badly), sum(|f| f.well + f.badly));
    let next = |f: &First| {
        let ended = f.well + f.badly;
        if f.waiting > ended {
            return is_late.then_some(Holding::Halted);
        }
        let fails = match ended < ONE_IN {
            true => f.badly * 2 > ended || (f.badly > 0 && all_fail),
            false => fails(f.badly, ended),
        };
        Some(if fails { Holding::Halted } else { Holding::Releasing })
    };
    first.iter().filter(|(_, f)| f.rest > 0).map(|(channel, f)| (*channel, next(f))).collect()
}

/// Moves on until it is time to stop.
pub async fn run(desk: Desk, stop: CancellationToken) {
    super::repeat("releaser", Duration::from_secs(1), &stop, || async {
        while step(&desk).await? > 0 {}
        Ok::<(), crate::desk::DeskError>(())
    })
    .await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_each_channel_decide_about_its_rest() {
        let first = |waiting, well, badly| First { waiting, well, badly, rest: 1 };
        let one =
            |waiting, well, badly| decide(&[(Channel::Sms, first(waiting, well, badly))].into(), false)[0].1;
        assert_eq!(one(0, 0, 0), Some(Holding::Releasing));
        assert_eq!(one(10, 2, 0), None);
        assert_eq!(one(2, 100, 3), Some(Holding::Releasing));
        assert_eq!(one(0, 9, 1), Some(Holding::Releasing));
        assert_eq!(one(0, 8, 2), Some(Holding::Halted));
        // One that is dead holds up no other, and is not waited for without end.
        let two = [(Channel::Email, first(0, 50, 2)), (Channel::Sms, first(40, 0, 0))].into();
        let go = (Channel::Email, Some(Holding::Releasing));
        assert_eq!(decide(&two, false), [go, (Channel::Sms, None)]);
        assert_eq!(decide(&two, true), [go, (Channel::Sms, Some(Holding::Halted))]);
        // A browser that is gone says nothing of the others, where mail does well.
        let few = [(Channel::Email, first(0, 50, 2)), (Channel::Push, first(0, 2, 1))].into();
        assert!(decide(&few, false).iter().all(|(_, next)| *next == Some(Holding::Releasing)));
    }
}
