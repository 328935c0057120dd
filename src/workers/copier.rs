//! Keeps a static copy of every page in a folder or a bucket, for the day when
//! this server is gone: what changed is copied at once, with the months and the
//! incidents that its history leads to, and pages that say that something is wrong
//! again every few minutes, since their age is read on them.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use chrono::NaiveDate;
use futures_util::StreamExt;
use http::HeaderValue;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::rest;
use crate::assets;
use crate::channels::mirror::Mirror;
use crate::desk::Desk;
use crate::desk::history::Month;
use crate::domain::facts::IncidentFact;
use crate::domain::org::{Directory, OrgCode};
use crate::domain::uptime;
use crate::page::copy::{self, File};
use crate::page::form::Wanted;
use crate::page::history::{all_months, first_of_month};
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

/// What went on in each month, by its first day.
type Months = BTreeMap<NaiveDate, Month>;

/// What has yet to be copied.
pub struct Copier {
    desk: Desk,
    site: Arc<Site>,
    mirror: Mirror,
    waiting: Mutex<BTreeSet<OrgCode>>,
    /// What was copied, by path: the validator of the bytes.
    copied: Mutex<HashMap<String, HeaderValue>>,
    /// The places that the list of all of them is of.
    listed: Mutex<Option<Arc<Directory>>>,
    bell: Notify,
}

impl Copier {
    pub fn new(desk: Desk, site: Arc<Site>, mirror: Mirror) -> Self {
        Self {
            desk,
            site,
            mirror,
            waiting: Mutex::default(),
            copied: Mutex::default(),
            listed: Mutex::default(),
            bell: Notify::new(),
        }
    }

    /// These pages have changed.
    pub fn changed(&self, codes: impl IntoIterator<Item = OrgCode>) {
        self.await_turn(codes);
        self.bell.notify_one();
    }

    /// The same without the bell: the copier must not wake itself, or it never rests.
    fn await_turn(&self, codes: impl IntoIterator<Item = OrgCode>) {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).extend(codes);
    }

    /// Copies all that is waiting, once; gives how many files were written. What
    /// could not be copied waits on, and the error is the first reason.
    pub async fn step(&self) -> Result<usize, String> {
        let waiting = std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        let (mut months, mut written) = (Months::new(), 0);
        let mut waiting = waiting.into_iter();
        while let Some(code) = waiting.next() {
            match self.copy(&code, &mut months).await {
                Ok(files) => written += files,
                Err(why) => {
                    self.await_turn(waiting.chain([code]));
                    return Err(why);
                }
            }
        }
        Ok(written)
    }

    /// One organisation in all forms, and the months that its incidents are of.
    async fn copy(&self, code: &OrgCode, months: &mut Months) -> Result<usize, String> {
        let now = self.desk.now();
        let forms =
            Wanted::exported().into_iter().filter_map(|wanted| copy::file(&self.site, code, wanted, now));
        let mut files: Vec<File> = forms.collect();
        let incidents = self.site.facts(code).map(|facts| facts.incidents).unwrap_or_default();
        let lasted = |fact: &IncidentFact| {
            all_months(Some(fact.incident.created_at), uptime::ended(fact).unwrap_or(now))
        };
        let firsts: BTreeSet<NaiveDate> =
            incidents.iter().flat_map(lasted).chain([first_of_month(now)]).collect();
        for first in firsts {
            files.extend(self.past(code, first, months).await?);
        }
        self.put_all(files).await
    }

    /// The pages of one month of a place; none before the first incident of all. A month
    /// is read once for all that wait.
    async fn past(&self, code: &OrgCode, first: NaiveDate, months: &mut Months) -> Result<Vec<File>, String> {
        if !all_months(self.site.since(), self.desk.now()).contains(&first) {
            return Ok(Vec::new());
        }
        if let Entry::Vacant(month) = months.entry(first) {
            month.insert(self.desk.month(first).await.map_err(|error| error.to_string())?);
        }
        let facts = months.get(&first).and_then(|month| self.desk.facts_of_month(code, month));
        Ok(facts.map(|facts| copy::past(&self.site, facts, first, self.desk.now())).unwrap_or_default())
    }

    /// Writes files; bytes that are there already are not copied again.
    async fn put_all(&self, mut files: Vec<File>) -> Result<usize, String> {
        {
            let known = self.copied.lock().unwrap_or_else(PoisonError::into_inner);
            files.retain(|file| known.get(&file.path) != Some(&file.etag));
        }
        let (mirror, written) = (self.mirror.clone(), files.len());
        let puts: Vec<_> = files.into_iter().map(|file| put(mirror.clone(), file)).collect();
        let results: Vec<_> = futures_util::stream::iter(puts).buffer_unordered(AT_ONCE).collect().await;
        for result in results {
            let (path, etag) = result?;
            self.copied.lock().unwrap_or_else(PoisonError::into_inner).insert(path, etag);
        }
        Ok(written)
    }

    /// What never changes, and everything that there is.
    async fn everything(&self) -> Result<(), String> {
        for asset in assets::ALL {
            self.mirror.put(asset.path, Bytes::from_static(asset.bytes), asset.content_type).await?;
        }
        self.await_turn(self.site.codes());
        Ok(())
    }

    /// The pages that belong to no place, when there are other places than before.
    async fn of_no_place(&self) -> Result<(), String> {
        let now = self.site.basis().directory;
        let is_known = |known: &Arc<Directory>| Arc::ptr_eq(known, &now);
        if self.listed.lock().unwrap_or_else(PoisonError::into_inner).as_ref().is_some_and(is_known) {
            return Ok(());
        }
        self.put_all(copy::of_no_place(&self.site, self.desk.now())).await?;
        *self.listed.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
        Ok(())
    }

    /// The months before this one, which is copied with each place.
    async fn earlier(&self) -> Result<(), String> {
        for first in all_months(self.site.since(), self.desk.now()).into_iter().skip(1) {
            let mut months = Months::new();
            for code in self.site.codes() {
                let files = self.past(&code, first, &mut months).await?;
                self.put_all(files).await?;
            }
        }
        Ok(())
    }

    /// Pages on which something is wrong: they grow old.
    fn not_calm(&self) -> Vec<OrgCode> {
        let now = self.desk.now();
        let mut codes = self.site.codes();
        codes.retain(|c| self.site.facts(c).is_some_and(|f| !f.at(now).headline.state.is_calm()));
        codes
    }

    /// What changed and what grows old; the first time, everything.
    async fn round(&self, begun: bool) -> Result<(), String> {
        if !begun {
            self.everything().await?;
        }
        self.of_no_place().await?;
        self.await_turn(self.not_calm());
        self.step().await?;
        if begun { Ok(()) } else { self.earlier().await }
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
            // The first copy of a country takes long, and must not hold up the end.
            let done = tokio::select! {
                () = stop.cancelled() => return,
                done = self.round(begun) => done,
            };
            begun |= done.is_ok();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::domain::system::Catalogue;
    use crate::secrets::Keyring;
    use crate::store::Db;

    /// It once woke itself each round, and kept a core busy for ever.
    #[tokio::test]
    async fn a_round_does_not_ring_its_own_bell() {
        let folder = std::env::temp_dir().join(format!("signpost-copier-{}", uuid::Uuid::new_v4()));
        std::fs::create_dir_all(&folder).unwrap();
        let db = Db::open(&format!("sqlite://{}", folder.join("t.db").display()), true).await.unwrap();
        db.migrate().await.unwrap();
        let catalogue = Arc::new(Catalogue::default());
        let desk = Desk::new(
            db,
            Clock::system(),
            Keyring::from_bytes(&[7; 32]),
            catalogue,
            "https://status.example",
        );
        let mirror = Mirror::new(&format!("file://{}", folder.join("copy").display())).unwrap();
        let copier = Copier::new(desk, Arc::new(Site::new("https://status.example")), mirror);
        for begun in [false, true] {
            copier.round(begun).await.unwrap();
            let rung = tokio::time::timeout(Duration::from_millis(50), copier.bell.notified()).await;
            assert!(rung.is_err(), "nothing has changed, and it would go round again at once");
        }
        copier.changed([]);
        assert!(tokio::time::timeout(Duration::from_secs(5), copier.bell.notified()).await.is_ok());
        let _ = std::fs::remove_dir_all(folder);
    }
}
