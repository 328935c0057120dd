//! Drafts situation reports at their set hours. Web and worker processes all
//! look; whoever is first makes the draft.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::desk::{Desk, Result};

/// How late a report may be noticed.
const LOOK: Duration = Duration::from_secs(10);

/// Drafts what is due. Gives how many this one made.
pub async fn step(desk: &Desk) -> Result<usize> {
    desk.keep_reports().await
}

/// Looks until it is time to stop.
pub async fn run(desk: Desk, stop: CancellationToken) {
    super::repeat("reporter", LOOK, &stop, || async { step(&desk).await.map(|_| ()) }).await;
}
