//! Asks providers whose time to rest is up whether they are well, before a
//! person's message has to find out.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::ending::longer;
use crate::channels::{Channels, scope};
use crate::desk::{Desk, Result};
use crate::domain::subscriber::Channel;
use crate::store::pauses;

/// How soon one that does not answer is asked again, at first.
const AGAIN: Duration = Duration::from_secs(30);

/// Asks each once. Gives the number of those that answered.
pub async fn step(desk: &Desk, channels: &Channels) -> Result<usize> {
    let mut tx = desk.db.read().await?;
    let waiting = pauses::all(&mut tx).await?;
    drop(tx);
    let now = desk.now();
    let mut well = 0;
    for channel in Channel::personal() {
        for name in channels.names(channel) {
            let scope = scope(channel, &name);
            let Some(pause) = waiting.iter().find(|p| p.scope == scope && !p.trial && p.is_over(now)) else {
                continue;
            };
            let Some(answer) = channels.check(channel, &name).await else { continue };
            let now = desk.now();
            let mut tx = desk.db.write().await?;
            match answer {
                Ok(_) => {
                    pauses::try_out(&mut tx, &scope).await?;
                    well += 1;
                }
                Err(reason) => {
                    let after = chrono::Duration::from_std(longer(AGAIN, pause.fails)).unwrap_or_default();
                    pauses::pause(&mut tx, &scope, now + after, &reason, now).await?;
                }
            }
            tx.commit().await?;
        }
    }
    if well > 0 {
        desk.signals.outbox.notify_waiters();
    }
    Ok(well)
}

/// Asks until it is time to stop.
pub async fn run(desk: Desk, channels: Channels, stop: CancellationToken) {
    super::repeat("prober", Duration::from_secs(2), &stop, || async {
        step(&desk, &channels).await.map(|_| ())
    })
    .await;
}
