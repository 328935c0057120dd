//! Keeps a static copy of every page in a folder or a bucket, for the day when
//! this server is gone: what changed is copied at once, and pages that say that
//! something is wrong again every few minutes, since their age is read on them.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::StreamExt;
use http::HeaderValue;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::rest;
use crate::assets;
use crate::channels::mirror::Mirror;
use crate::clock::Clock;
use crate::domain::org::OrgCode;
use crate::page::copy::{self, File};
use crate::page::form::Wanted;
use crate::page::site::Site;

/// Files under way at once.
const AT_ONCE: usize = 16;
/// How often pages that are not calm are copied although nobody said anything.
const AGAIN: Duration = Duration::from_secs(300);
/// How long to wait after the place refused or was not there.
const PAUSE: Duration = Duration::from_secs(5);

async fn put(mirror: Mirror, file: File) -> Result<(String, HeaderValue), String> {
    mirror.put(&file.path, file.bytes, file.content_type).await?;
    Ok((file.path, file.etag))
}

/// What has yet to be copied.
pub struct Copier {
    site: Arc<Site>,
    mirror: Mirror,
    clock: Clock,
    waiting: Mutex<BTreeSet<OrgCode>>,
    /// What was copied, by path: the validator of the bytes.
    copied: Mutex<HashMap<String, HeaderValue>>,
    bell: Notify,
}

impl Copier {
    pub fn new(site: Arc<Site>, mirror: Mirror, clock: Clock) -> Self {
        Self { site, mirror, clock, waiting: Mutex::default(), copied: Mutex::default(), bell: Notify::new() }
    }

    /// These pages have changed.
    pub fn changed(&self, codes: impl IntoIterator<Item = OrgCode>) {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).extend(codes);
        self.bell.notify_one();
    }

    /// Copies all that is waiting, once; gives how many files were written. What
    /// could not be copied waits on, and the error is the first reason.
    pub async fn step(&self) -> Result<usize, String> {
        let waiting = std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        let mut written = 0;
        for code in waiting {
            match self.copy(&code).await {
                Ok(files) => written += files,
                Err(why) => {
                    self.changed([code]);
                    return Err(why);
                }
            }
        }
        Ok(written)
    }

    /// One organisation in all forms. Bytes that are there already are not
    /// copied again.
    async fn copy(&self, code: &OrgCode) -> Result<usize, String> {
        let now = self.clock.now();
        let files: Vec<File> =
            Wanted::exported().into_iter().filter_map(|wanted| self.file(code, wanted, now)).collect();
        let (mirror, written) = (self.mirror.clone(), files.len());
        let puts: Vec<_> = files.into_iter().map(|file| put(mirror.clone(), file)).collect();
        let results: Vec<_> = futures_util::stream::iter(puts).buffer_unordered(AT_ONCE).collect().await;
        for result in results {
            let (path, etag) = result?;
            self.copied.lock().unwrap_or_else(PoisonError::into_inner).insert(path, etag);
        }
        Ok(written)
    }

    fn file(&self, code: &OrgCode, wanted: Wanted, now: DateTime<Utc>) -> Option<File> {
        let file = copy::file(&self.site, code, wanted, now)?;
        let known = self.copied.lock().unwrap_or_else(PoisonError::into_inner);
        (known.get(&file.path) != Some(&file.etag)).then_some(file)
    }

    /// What never changes, and everything that there is.
    async fn everything(&self) -> Result<(), String> {
        for asset in assets::ALL {
            self.mirror.put(asset.path, Bytes::from_static(asset.bytes), asset.content_type).await?;
        }
        self.changed(self.site.codes());
        Ok(())
    }

    /// Pages on which something is wrong: they grow old.
    fn not_calm(&self) -> Vec<OrgCode> {
        let now = self.clock.now();
        let mut codes = self.site.codes();
        codes.retain(|c| self.site.facts(c).is_some_and(|f| !f.at(now).headline.state.is_calm()));
        codes
    }

    /// Copies until it is time to stop.
    pub async fn run(self: Arc<Self>, stop: CancellationToken) {
        let never = Notify::new();
        while !self.site.is_ready() {
            if !rest(&never, Duration::from_millis(200), &stop).await {
                return;
            }
        }
        let mut begun = false;
        while rest(&self.bell, if begun { AGAIN } else { Duration::ZERO }, &stop).await {
            let first = if begun { Ok(()) } else { self.everything().await };
            let done = match first {
                Ok(()) => {
                    begun = true;
                    self.changed(self.not_calm());
                    self.step().await.map(|_| ())
                }
                Err(why) => Err(why),
            };
            if let Err(reason) = done {
                tracing::warn!(reason, "the static copy is not complete; it will be tried again");
                if !rest(&never, PAUSE, &stop).await {
                    return;
                }
                self.bell.notify_one();
            }
        }
    }
}
