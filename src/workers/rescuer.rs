//! Takes up what others dropped, and deletes what must not be kept.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::courier::LEASE;
use crate::desk::subscribe::CODE_LIFE;
use crate::desk::{Desk, Result};
use crate::store::{Db, deliveries, sessions, subscribers};

/// The shortest rest before a dropped message is looked up.
const SETTLE: chrono::Duration = chrono::Duration::seconds(20);

/// Attempts whose lease ran out become unclear.
pub async fn step(desk: &Desk) -> Result<u64> {
    let now = desk.now();
    let mut tx = desk.db.write().await?;
    let lease_time = tx.lease_time(now).await?;
    let rescued = deliveries::rescue(&mut tx, lease_time, now + SETTLE).await?;
    tx.commit().await?;
    if rescued > 0 {
        tracing::warn!(rescued, "messages whose sender stopped are being looked up");
    }
    Ok(rescued)
}

/// On SQLite there is one process. When it starts, whatever was under way was
/// its predecessor's, and no lease needs to run out first.
pub async fn take_over(desk: &Desk) -> Result<()> {
    if matches!(desk.db, Db::Sqlite { .. }) {
        let now = desk.now();
        let mut tx = desk.db.write().await?;
        let all = now + chrono::Duration::from_std(LEASE * 2).unwrap_or_default();
        deliveries::rescue(&mut tx, all, now + SETTLE).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Deletes what has run out: sessions, half-done ceremonies, contacts that
/// nobody confirmed.
pub async fn sweep(desk: &Desk) -> Result<()> {
    let now = desk.now();
    let mut tx = desk.db.write().await?;
    sessions::sweep(&mut tx, now).await?;
    let erased = subscribers::erase_unconfirmed(&mut tx, now - CODE_LIFE).await?;
    tx.commit().await?;
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
