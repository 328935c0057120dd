//! Asks providers that rest whether they are well, before a person's message has to
//! find out: each when its time is up, and the others again and again until then, but
//! for those that want to be left alone. What rests with another account than it has now
//! need not rest.

use std::time::Duration;

use futures_util::StreamExt;
use tokio_util::sync::CancellationToken;

use super::ending::{after, longer};
use crate::channels::{Channels, scope};
use crate::desk::{Desk, Result};
use crate::domain::delivery::Pause;
use crate::domain::subscriber::Channel;
use crate::store::pauses;

/// How soon one that rests is asked, and how soon again.
pub const ASK: Duration = Duration::from_secs(20);
/// How soon one whose time was up and that does not answer is used again, at first.
const AGAIN: Duration = Duration::from_secs(30);
/// How many are asked at once: one that hangs holds up nobody else.
const AT_ONCE: usize = 8;

/// Asks each once. Gives the number of those that answered.
pub async fn step(desk: &Desk, channels: &Channels) -> Result<usize> {
    ask(desk, channels, false).await
}

/// The same at the start, of all, whatever they wished: perhaps it was the settings, and one
/// that answers gets no more than one message until that was taken.
pub async fn begin(desk: &Desk, channels: &Channels) -> Result<usize> {
    ask(desk, channels, true).await
}

async fn ask(desk: &Desk, channels: &Channels, all: bool) -> Result<usize> {
    let waiting = pauses::all(&mut desk.db.read().await?).await?;
    let now = desk.now();
    let mut asked = Vec::new();
    for channel in Channel::personal() {
        for name in channels.names(channel) {
            let own = scope(channel, &name);
            let Some(pause) = waiting.iter().find(|p| p.scope == own && !p.trial) else { continue };
            if !pause.is_of(channels.account(channel, &name).as_deref()) {
                let mut tx = desk.db.write().await?;
                pauses::end(&mut tx, &own).await?;
                tx.commit().await?;
                continue;
            }
            if all || pause.is_over(now) || pause.ask_at.is_some_and(|at| at <= now) {
                asked.push((channel, name, pause.clone()));
            }
        }
    }
    let answers = futures_util::stream::iter(asked)
        .map(|(channel, name, pause)| ask_one(desk, channels, channel, name, pause))
        .buffer_unordered(AT_ONCE)
        .collect::<Vec<_>>()
        .await;
    let mut well = 0;
    for answer in answers {
        well += usize::from(answer?);
    }
    if well > 0 {
        desk.signals.outbox.notify_waiters();
    }
    Ok(well)
}

/// Asks one. Gives whether it is well.
async fn ask_one(
    desk: &Desk,
    channels: &Channels,
    channel: Channel,
    name: String,
    pause: Pause,
) -> Result<bool> {
    let is_over = pause.is_over(desk.now());
    if !is_over && pause.ask_at.is_some() {
        let mut tx = desk.db.write().await?;
        let is_ours = pauses::take(&mut tx, &pause, after(desk.now(), ASK)).await?;
        tx.commit().await?;
        if !is_ours {
            return Ok(false);
        }
    }
    let Some(answer) = channels.check(channel, &name).await else { return Ok(false) };
    let is_well = answer.is_ok();
    let now = desk.now();
    let mut tx = desk.db.write().await?;
    match answer {
        Ok(_) => pauses::try_out(&mut tx, &pause.scope, now).await?,
        Err(reason) if is_over => {
            let until = after(now, longer(AGAIN, pause.fails));
            pauses::pause(&mut tx, &pause.scope, (until, Some(after(now, ASK))), &reason, now).await?;
        }
        Err(_) => {}
    }
    tx.commit().await?;
    Ok(is_well)
}

/// Asks until it is time to stop.
pub async fn run(desk: Desk, channels: Channels, stop: CancellationToken) {
    if let Err(error) = begin(&desk, &channels).await {
        tracing::error!(%error, "providers that rest could not be asked");
    }
    super::repeat("prober", Duration::from_secs(2), &stop, || async {
        step(&desk, &channels).await.map(|_| ())
    })
    .await;
}
