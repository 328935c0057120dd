//! Does what the clock does to planned work: reminders, beginnings and ends.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::desk::{Desk, Result};

/// How late a beginning or an end may be noticed.
const LOOK: Duration = Duration::from_secs(5);

/// Does what is due. Gives the number of steps taken.
pub async fn step(desk: &Desk) -> Result<usize> {
    desk.keep_plans().await
}

/// Looks until it is time to stop.
pub async fn run(desk: Desk, stop: CancellationToken) {
    super::repeat("planner", LOOK, &stop, || async { step(&desk).await.map(|_| ()) }).await;
}
