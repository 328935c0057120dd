//! Lets a large audience go in steps: after the hold the first 1 % leave, and
//! when they did well, the rest. When they did not, a person decides.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::desk::{Desk, Result};
use crate::domain::delivery::Holding;
use crate::store::holding::{self, First, Held};

/// How many of the rest are let go in one transaction.
const CHUNK: i64 = 10_000;
/// The rest is halted when more than one in so many of the first did badly.
const ONE_IN: i64 = 10;

/// Moves every broadcast on that is told in steps. Gives how many messages
/// were let go.
pub async fn step(desk: &Desk) -> Result<u64> {
    let now = desk.now();
    let watched = now - chrono::Duration::from_std(desk.limits.watch).unwrap_or_default();
    let mut tx = desk.db.read().await?;
    let ready = holding::ready(&mut tx, watched).await?;
    drop(tx);
    let mut gone = 0;
    for held in ready {
        gone += move_on(desk, &held).await?;
    }
    if gone > 0 {
        desk.signals.outbox.notify_waiters();
    }
    Ok(gone)
}

async fn move_on(desk: &Desk, held: &Held) -> Result<u64> {
    let (now, id) = (desk.now(), held.broadcast);
    let mut tx = desk.db.write().await?;
    if held.holding == Holding::Held {
        let first = holding::first(&mut tx, id).await?;
        let Some(next) = decide(first) else { return Ok(0) };
        if !holding::step(&mut tx, id, Holding::Held, next).await? {
            return Ok(0);
        }
        tx.commit().await?;
        if next == Holding::Halted {
            tracing::error!(broadcast = %id, well = first.well, badly = first.badly,
                "the first 1 % failed too often; the rest waits for a person");
            return Ok(0);
        }
        tx = desk.db.write().await?;
    }
    let gone = holding::release(&mut tx, id, now, CHUNK).await?;
    if gone == 0 {
        holding::step(&mut tx, id, Holding::Releasing, Holding::Released).await?;
    }
    tx.commit().await?;
    Ok(gone)
}

/// What follows from how the first did; `None` while most are under way.
fn decide(first: First) -> Option<Holding> {
    let ended = first.well + first.badly;
    if first.waiting > ended {
        return None;
    }
    Some(if first.badly * ONE_IN > ended { Holding::Halted } else { Holding::Releasing })
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
    fn the_first_decide_about_the_rest() {
        let first = |waiting, well, badly| decide(First { waiting, well, badly });
        assert_eq!(first(0, 0, 0), Some(Holding::Releasing));
        assert_eq!(first(10, 2, 0), None);
        assert_eq!(first(2, 100, 3), Some(Holding::Releasing));
        assert_eq!(first(0, 9, 1), Some(Holding::Releasing));
        assert_eq!(first(0, 8, 2), Some(Holding::Halted));
    }
}
