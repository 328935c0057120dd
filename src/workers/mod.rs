//! What runs by itself: `publisher` keeps the pages right, `expander` turns
//! audiences into deliveries, `courier` sends them, `resolver` finds out about
//! the unclear ones, `planner` begins and ends planned work when its time comes,
//! `caller` tells staff on duty,
//! `reporter` drafts situation reports at their hours,
//! `releaser` lets large audiences go in steps, `rescuer` takes up what others
//! dropped, `prober` asks whether a provider that failed is well again, `watcher`
//! tells the operator when messages are late, `purger` tells the cache in front what changed, `keeper` keeps the snapshot, `copier` a static copy,
//! `lifeline` knows when the database was put back to an earlier state.
//!
//! Each has one step that can be taken by hand, which is how tests run them.

mod addressed;
pub mod caller;
pub mod copier;
pub mod courier;
mod ending;
pub mod expander;
mod halts;
mod heard;
pub mod keeper;
mod letter;
pub mod lifeline;
mod named;
mod pace;
pub mod planner;
pub mod prepare;
pub mod prober;
pub mod publisher;
pub mod purger;
pub mod releaser;
pub mod reporter;
pub mod rescuer;
pub mod resolver;
pub mod watcher;
mod ways;

use std::future::Future;
use std::time::Duration;

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// Waits for a ring, at most so long. Gives `false` when it is time to stop.
async fn rest(bell: &Notify, at_most: Duration, stop: &CancellationToken) -> bool {
    tokio::select! {
        () = stop.cancelled() => false,
        () = bell.notified() => true,
        () = tokio::time::sleep(at_most) => true,
    }
}

/// Repeats a step until it is time to stop. An error is logged once until the
/// step succeeds again, so that a stopped database does not fill the disk.
async fn repeat<F, Fut, E>(name: &str, every: Duration, stop: &CancellationToken, mut step: F)
where
    F: FnMut() -> Fut,
    Fut: Future<Output = Result<(), E>>,
    E: std::fmt::Display,
{
    let never = Notify::new();
    let mut failing = false;
    while rest(&never, every, stop).await {
        match step().await {
            Ok(()) if failing => {
                failing = false;
                tracing::info!(worker = name, "working again");
            }
            Ok(()) => {}
            Err(error) => {
                if !failing {
                    tracing::error!(worker = name, %error, "stopped for now");
                }
                failing = true;
            }
        }
    }
}
