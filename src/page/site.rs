//! The pages in memory: a map that is swapped, and finished bytes.
//!
//! A reader never touches the database. What changes a page is one of two
//! things: somebody said something (the publisher swaps the edition), or a
//! minute passed ("checked at", overdue, expired). Either way the bytes are
//! made once, by whoever asks first, and shared by everybody else.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};

use arc_swap::ArcSwap;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::HeaderValue;

use super::archive::{Archive, Past};
use super::body::{Body, Manner, csp};
use super::edition::{Edition, with_spells};
use super::form::{Form, Wanted};
use super::kept::{Kept, Page, Stamp};
use super::search::Index;
use super::{Context, history};
use crate::assets;
use crate::domain::facts::{Everywhere, Facts, Situation};
use crate::domain::org::{Directory, OrgCode};
use crate::domain::system::Catalogue;
use crate::domain::time::floor_minute;
use crate::words::{self, Locale};

const ASSET_CACHE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

fn whole_minute(micros: i64) -> i64 {
    micros - micros.rem_euclid(60_000_000)
}

fn moment(micros: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(micros).unwrap_or_default()
}

/// The moment that a page is made for: a change made within this minute must not lie in
/// its future.
fn made_for(stamp: Stamp) -> DateTime<Utc> {
    moment(stamp.1.max(stamp.0))
}

/// What the pages of one edition were made from.
pub struct Basis {
    pub edition: u64,
    pub situation: Arc<Situation>,
    pub directory: Arc<Directory>,
}

/// A page that a new edition changed, and what readers had of the old one.
pub struct Changed {
    pub code: OrgCode,
    pub read: Vec<(Wanted, Arc<Body>)>,
}

/// How many bytes of finished pages are kept, unless it is set.
const DEFAULT_MEMORY: usize = 256 * 1024 * 1024;

/// Everything that the public reads.
pub struct Site {
    base_url: Arc<str>,
    nhs_logo: bool,
    contact: Option<String>,
    edition: ArcSwap<Edition>,
    /// When the database last said that the edition is right; microseconds.
    checked_at: AtomicI64,
    /// How many bytes of finished pages may be kept.
    memory: usize,
    /// Bytes of pages made since it was last looked how many are kept.
    made: AtomicUsize,
    /// Pages about the past.
    archive: Archive,
    assets: HashMap<&'static str, Arc<Body>>,
}

impl Site {
    pub fn new(base_url: &str) -> Self {
        let assets = assets::ALL.iter().map(|a| (a.path, Arc::new(asset(a)))).collect();
        Self {
            base_url: base_url.trim_end_matches('/').into(),
            nhs_logo: false,
            contact: None,
            edition: ArcSwap::from_pointee(Edition::default()),
            checked_at: AtomicI64::new(0),
            memory: DEFAULT_MEMORY,
            made: AtomicUsize::new(0),
            archive: Archive::default(),
            assets,
        }
    }

    /// Shows the NHS logo, or not.
    pub fn with_nhs_logo(self, nhs_logo: bool) -> Self {
        Self { nhs_logo, ..self }
    }

    /// Names whom people tell who cannot use the pages.
    pub fn with_contact(self, contact: Option<String>) -> Self {
        Self { contact, ..self }
    }

    /// Where the pages are, without a slash at the end.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Whether the NHS logo stands at the top of patients' pages.
    pub fn nhs_logo(&self) -> bool {
        self.nhs_logo
    }

    /// Whom people tell who cannot use the pages: an email address or a phone number.
    pub fn contact(&self) -> Option<&str> {
        self.contact.as_deref()
    }

    /// Keeps at most about so many bytes of finished pages.
    pub fn with_memory(self, bytes: usize) -> Self {
        Self { memory: bytes, ..self }
    }

    /// The bytes of a style sheet, script or picture.
    pub fn asset(&self, path: &str) -> Option<&Arc<Body>> {
        self.assets.get(path)
    }

    /// Whether there has been a first edition.
    pub fn is_ready(&self) -> bool {
        self.checked_at.load(Ordering::Relaxed) != 0
    }

    /// When the facts were last known to be right.
    pub fn checked_at(&self) -> DateTime<Utc> {
        moment(self.checked_at.load(Ordering::Relaxed))
    }

    /// Notes that the edition was right at `at`.
    pub fn confirm(&self, at: DateTime<Utc>) {
        self.checked_at.fetch_max(at.timestamp_micros(), Ordering::Relaxed);
    }

    pub fn has(&self, code: &OrgCode) -> bool {
        self.edition.load().pages.contains_key(code)
    }

    pub fn codes(&self) -> Vec<OrgCode> {
        let mut codes: Vec<_> = self.edition.load().pages.keys().cloned().collect();
        codes.sort();
        codes
    }

    /// The facts behind one page.
    pub fn facts(&self, code: &OrgCode) -> Option<Facts> {
        self.edition.load().pages.get(code).map(|p| p.facts.clone())
    }

    pub fn search(&self) -> Arc<Index> {
        Arc::clone(&self.edition.load().search)
    }

    /// What the pages are made from, for the snapshot.
    pub fn basis(&self) -> Basis {
        let edition = self.edition.load();
        Basis {
            edition: edition.number,
            situation: Arc::clone(&edition.situation),
            directory: Arc::clone(&edition.directory),
        }
    }

    /// Puts a new edition in place. Pages whose facts are the same keep their
    /// bytes. Gives the others.
    pub fn publish(
        &self,
        situation: Arc<Situation>,
        directory: Arc<Directory>,
        catalogue: &Catalogue,
        new_directory: bool,
    ) -> Vec<Changed> {
        let old = self.edition.load();
        let mut changed = Vec::new();
        let everywhere = Everywhere::new(&situation, &directory, catalogue);
        let pages = directory
            .iter()
            .map(|org| {
                let facts = everywhere.facts(org);
                let before = old.pages.get(&org.code);
                let page = match before.filter(|p| p.facts == facts) {
                    Some(same) => Arc::clone(same),
                    None => {
                        let read = before.map(|p| p.read()).unwrap_or_default();
                        changed.push(Changed { code: org.code.clone(), read });
                        Arc::new(Page::new(facts))
                    }
                };
                (org.code.clone(), page)
            })
            .collect();
        let search = if new_directory { Arc::new(Index::new(&directory)) } else { Arc::clone(&old.search) };
        let number = old.number + 1;
        self.edition.store(Arc::new(Edition { number, pages, search, situation, directory }));
        self.archive.forget(&changed.iter().map(|c| &c.code).collect());
        changed
    }

    /// The bytes of one form of one page, as they are this minute.
    pub fn get(&self, code: &OrgCode, wanted: Wanted, now: DateTime<Utc>) -> Option<Arc<Body>> {
        self.find(code.as_str(), wanted, now)
    }

    /// The same by the text of a code, in upper case.
    pub fn find(&self, code: &str, wanted: Wanted, now: DateTime<Utc>) -> Option<Arc<Body>> {
        let edition = self.edition.load();
        let page = edition.pages.get(code)?;
        let checked = whole_minute(self.checked_at.load(Ordering::Relaxed));
        let changed = page.facts.changed_at.map_or(checked, |at| at.timestamp_micros());
        let stamp = (changed.max(checked), whole_minute(now.timestamp_micros()));
        if let Some(body) = page.fresh(wanted, stamp) {
            return Some(body);
        }
        let page = Arc::clone(page);
        let body = self.make_once(&edition, &page, wanted, stamp);
        // Half as much again, for the codings that readers will ask for.
        let made = self.made.fetch_add(body.weight() * 3 / 2, Ordering::Relaxed);
        if made > self.memory / 4 {
            self.trim();
        }
        Some(body)
    }

    fn make_once(&self, edition: &Edition, page: &Page, wanted: Wanted, stamp: Stamp) -> Arc<Body> {
        let _making = page.making.lock();
        if let Some(body) = page.fresh(wanted, stamp) {
            return body;
        }
        let mut kept = page.kept.load().as_ref().clone();
        let old = kept.iter().position(|k| k.wanted == wanted).map(|i| kept.swap_remove(i).body);
        let facts = edition.told(&page.facts, wanted.form, made_for(stamp));
        let body = self.make((&page.facts, &facts), wanted, stamp, old);
        kept.push(Kept { wanted, stamp, body: Arc::clone(&body) });
        page.kept.store(Arc::new(kept));
        body
    }

    /// When the first incident of all was declared.
    pub fn since(&self) -> Option<DateTime<Utc>> {
        self.edition.load().situation.since
    }

    /// A page about the past that is at hand: one that was made within the last
    /// minute, or an incident that the edition knows.
    pub fn past(&self, code: &OrgCode, past: (Past, Locale), now: DateTime<Utc>) -> Option<Arc<Body>> {
        if let Some(body) = self.archive.fresh(code, past, now) {
            return Some(body);
        }
        let Past::Incident(id) = past.0 else { return None };
        let mut facts = self.facts(code)?.with_spells(now);
        facts.incidents.retain(|i| i.incident.id == id);
        let checked = self.checked_at().max(facts.changed_at.unwrap_or_default());
        (!facts.incidents.is_empty()).then(|| self.keep_past(&facts, past, now.max(checked), checked))
    }

    /// A page about the past of any age, for when it cannot be made again.
    pub fn old_past(&self, code: &OrgCode, past: (Past, Locale)) -> Option<Arc<Body>> {
        self.archive.any(code, past)
    }

    /// Makes a page about the past from facts that hold just that, and keeps it.
    pub fn keep_past(
        &self,
        facts: &Facts,
        past: (Past, Locale),
        now: DateTime<Utc>,
        checked: DateTime<Utc>,
    ) -> Arc<Body> {
        let changed = facts.changed_at.unwrap_or(now).min(now);
        let (now, checked_at) = (floor_minute(now).max(changed), floor_minute(checked));
        let view = facts.seen(now, checked_at);
        let ctx = Context {
            facts,
            view: &view,
            now,
            checked_at,
            base_url: &self.base_url,
            nhs_logo: self.nhs_logo,
            since: self.since(),
            words: words::of(past.1),
        };
        let text = history::past(&ctx, past.0).unwrap_or_else(|error| {
            tracing::error!(%error, code = %facts.org.code, "a page could not be made");
            String::new()
        });
        let body = Arc::new(Body::new(Bytes::from(text), Form::manner_of_past(&facts.org.code)));
        self.archive.keep(&facts.org.code, past, Arc::clone(&body), now);
        body
    }

    /// Forgets the pages that nobody has asked for in longest, when all that
    /// are kept take more memory than they may: three quarters of it stay.
    fn trim(&self) {
        if self.made.swap(0, Ordering::Relaxed) == 0 {
            return;
        }
        let edition = self.edition.load();
        let mut all: Vec<(i64, Wanted, usize, &Page)> = Vec::new();
        for page in edition.pages.values() {
            let kept = page.kept.load();
            all.extend(kept.iter().map(|k| (k.stamp.1, k.wanted, k.body.weight(), page.as_ref())));
        }
        let mut sum: usize = all.iter().map(|(_, _, weight, _)| weight).sum();
        if sum <= self.memory {
            return;
        }
        all.sort_by_key(|(made_for, ..)| *made_for);
        for (_, wanted, weight, page) in all {
            if sum <= self.memory / 4 * 3 {
                return;
            }
            page.forget(wanted);
            sum -= weight;
        }
    }

    /// How many bytes of finished pages are kept.
    pub fn weight(&self) -> usize {
        let of = |page: &Arc<Page>| page.kept.load().iter().map(|k| k.body.weight()).sum::<usize>();
        self.edition.load().pages.values().map(of).sum()
    }

    fn make(
        &self,
        (known, told): (&Facts, &Facts),
        wanted: Wanted,
        stamp: Stamp,
        old: Option<Arc<Body>>,
    ) -> Arc<Body> {
        let plain = self.render((known, told), wanted, stamp, self.since());
        // What did not change keeps its compressed bytes.
        old.filter(|b| b.plain.bytes == plain)
            .unwrap_or_else(|| Arc::new(Body::new(plain, wanted.form.manner(&known.org.code))))
    }

    /// From what is known, as a form tells it: the answer is the same in every form.
    fn render(
        &self,
        (known, facts): (&Facts, &Facts),
        wanted: Wanted,
        stamp: Stamp,
        since: Option<DateTime<Utc>>,
    ) -> Bytes {
        let (checked_at, now) = (moment(stamp.0), made_for(stamp));
        let view = known.seen(now, checked_at);
        let ctx = Context {
            facts,
            view: &view,
            now,
            checked_at,
            base_url: &self.base_url,
            nhs_logo: self.nhs_logo,
            since,
            words: words::of(wanted.locale),
        };
        wanted.form.render(&ctx).unwrap_or_else(|error| {
            tracing::error!(%error, code = %facts.org.code, form = ?wanted.form, "a page could not be made");
            Bytes::new()
        })
    }

    /// One form of a page as it was at `at`, from the facts of that time: the
    /// very bytes, if the page had been checked in that minute.
    pub fn as_of(
        &self,
        facts: &Facts,
        wanted: Wanted,
        at: DateTime<Utc>,
        since: Option<DateTime<Utc>>,
    ) -> Bytes {
        let minute = whole_minute(at.timestamp_micros());
        let changed = facts.changed_at.map_or(minute, |at| at.timestamp_micros());
        let stamp = (changed.max(minute), minute);
        let told = with_spells(facts, wanted.form, made_for(stamp));
        self.render((facts, &told), wanted, stamp, since)
    }
}

/// An asset never changes: its name has a hash of its content.
fn asset(asset: &assets::Asset) -> Body {
    let manner = Manner {
        key: None,
        content_type: HeaderValue::from_static(asset.content_type),
        cache_control: ASSET_CACHE,
        csp: csp(),
        open: false,
    };
    Body::new(Bytes::from_static(asset.bytes), manner)
}
