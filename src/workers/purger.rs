//! Tells the cache in front which pages have changed. Without it a cache shows
//! a page for at most half a minute more; with it, for a second.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use futures_util::StreamExt;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::rest;
use crate::channels::cache::{BATCH, Cache};
use crate::domain::org::OrgCode;

/// Requests under way at once.
const AT_ONCE: usize = 4;
/// How long to wait after the cache refused or was not there.
const PAUSE: Duration = Duration::from_secs(2);
/// Longer pauses than this help nobody: by then the cache has asked by itself.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// What the cache has yet to be told.
pub struct Purger {
    cache: Cache,
    waiting: Mutex<BTreeSet<OrgCode>>,
    bell: Notify,
}

impl Purger {
    pub fn new(cache: Cache) -> Self {
        Self { cache, waiting: Mutex::default(), bell: Notify::new() }
    }

    /// These pages have changed.
    pub fn changed(&self, codes: impl IntoIterator<Item = OrgCode>) {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).extend(codes);
        self.bell.notify_one();
    }

    /// Tells all that is waiting, once. What could not be told waits on; gives
    /// the first reason.
    pub async fn step(&self) -> Result<usize, String> {
        let waiting = std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        let codes: Vec<OrgCode> = waiting.into_iter().collect();
        let batches: Vec<Vec<OrgCode>> = codes.chunks(BATCH).map(<[_]>::to_vec).collect();
        let told = futures_util::stream::iter(batches).map(|batch| async move {
            let told = self.cache.purge(&batch).await;
            told.map_err(|why| (why, batch))
        });
        let results: Vec<_> = told.buffer_unordered(AT_ONCE).collect().await;
        let mut reason = None;
        for (why, batch) in results.into_iter().filter_map(Result::err) {
            self.waiting.lock().unwrap_or_else(PoisonError::into_inner).extend(batch);
            reason.get_or_insert(why);
        }
        reason.map_or(Ok(codes.len()), Err)
    }

    /// Tells the cache until it is time to stop.
    pub async fn run(self: std::sync::Arc<Self>, stop: CancellationToken) {
        let never = Notify::new();
        let mut pause = PAUSE;
        while rest(&self.bell, Duration::from_secs(3600), &stop).await {
            while let Err(reason) = self.step().await {
                tracing::warn!(
                    reason,
                    "the cache in front was not told of all changes; it will be told again"
                );
                if !rest(&never, pause, &stop).await {
                    return;
                }
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
            pause = PAUSE;
        }
    }
}
