//! Takes up what others dropped, and deletes what must not be kept.

use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio_util::sync::CancellationToken;

use super::courier::LEASE;
use crate::desk::bounces::{MEMORY, SUSPENDED};
use crate::desk::restored::LATELY;
use crate::desk::subscribe::CODE_LIFE;
use crate::desk::texted::{HEARD, STOPPED, TEXT};
use crate::desk::{Desk, Result};
use crate::domain::subscriber::Channel;
use crate::store::{Db, Tx, deliveries, departures, notices, sessions, subscribers};

/// Attempts whose lease ran out become unclear. Gives their number.
pub async fn step(desk: &Desk) -> Result<u64> {
    let mut tx = desk.db.write().await?;
    let lease_time = tx.lease_time(desk.now()).await?;
    rescue(desk, tx, lease_time).await
}

/// On SQLite there is one process. When it starts, whatever was under way was
/// its predecessor's, and no lease needs to run out first.
pub async fn take_over(desk: &Desk) -> Result<()> {
    if matches!(desk.db, Db::Sqlite { .. }) {
        let every_lease = desk.now() + chrono::Duration::from_std(LEASE * 2).unwrap_or_default();
        rescue(desk, desk.db.write().await?, every_lease).await?;
    }
    Ok(())
}

async fn rescue(desk: &Desk, mut tx: Tx, lease_time: DateTime<Utc>) -> Result<u64> {
    let mut rescued = 0;
    for channel in Channel::ALL {
        let settle = chrono::Duration::from_std(channel.about().settle).unwrap_or_default();
        rescued += deliveries::rescue(&mut tx, *channel, lease_time, desk.now() + settle).await?;
    }
    tx.commit().await?;
    if rescued > 0 {
        tracing::warn!(rescued, "messages whose sender stopped are being looked up");
    }
    Ok(rescued)
}

/// Deletes what has run out: sessions, half-done ceremonies, contacts and
/// subscriptions that nobody confirmed.
pub async fn sweep(desk: &Desk) -> Result<()> {
    let now = desk.now();
    let mut tx = desk.db.write().await?;
    sessions::sweep(&mut tx, now).await?;
    let erased = subscribers::erase_unconfirmed(&mut tx, now - CODE_LIFE).await?;
    subscribers::delete_unanswered(&mut tx, now - CODE_LIFE).await?;
    subscribers::forget_stopped(&mut tx, now - STOPPED).await?;
    departures::forget(&mut tx, now - LATELY).await?;
    notices::forget(&mut tx, TEXT, now - HEARD).await?;
    let dead = subscribers::forget_bounces(&mut tx, now - MEMORY, now - SUSPENDED).await?;
    tx.commit().await?;
    if dead > 0 {
        tracing::info!(dead, "contacts that had long taken no messages were erased");
    }
    if erased > 0 {
        tracing::info!(erased, "contacts that were never confirmed were erased");
    }
    Ok(())
}

/// Rescues and sweeps until it is time to stop.
pub async fn run(desk: Desk, stop: CancellationToken) {
    let hourly = super::repeat("sweeper", Duration::from_secs(3600), &stop, || sweep(&desk));
    let often =
        super::repeat("rescuer", Duration::from_secs(5), &stop, || async { step(&desk).await.map(|_| ()) });
    tokio::join!(hourly, often);
}
