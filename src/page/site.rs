//! The pages in memory: a map that is swapped, and finished bytes.
//!
//! A reader never touches the database. What changes a page is one of two
//! things: somebody said something (the publisher swaps the edition), or a
//! minute passed ("checked at", overdue, expired). Either way the bytes are
//! made once, by whoever asks first, and shared by everybody else.

use std::collections::HashMap;
use std::io::Write;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use arc_swap::{ArcSwap, ArcSwapOption};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use super::archive::{Archive, Past};
use super::search::Index;
use super::statuspage::Endpoint;
use super::{Context, calendar, feed, history, html, json, statuspage};
use crate::assets;
use crate::domain::facts::{self, Facts, Situation};
use crate::domain::org::{Directory, OrgCode};
use crate::domain::system::Catalogue;
use crate::domain::time::floor_minute;
use crate::words::{self, Locale};

/// One way of telling the same facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Html,
    History,
    StatusJson,
    Atom,
    Calendar,
    Statuspage(Endpoint),
}

impl Form {
    const COUNT: usize = 5 + Endpoint::ALL.len();

    fn index(self) -> usize {
        match self {
            Self::Html => 0,
            Self::History => 1,
            Self::StatusJson => 2,
            Self::Atom => 3,
            Self::Calendar => 4,
            Self::Statuspage(endpoint) => {
                5 + Endpoint::ALL.iter().position(|(_, e)| *e == endpoint).unwrap_or(0)
            }
        }
    }

    /// Told in every language; the others are for machines.
    pub fn is_for_people(self) -> bool {
        matches!(self, Self::Html | Self::History)
    }

    pub fn content_type(self) -> &'static str {
        match self {
            Self::Html | Self::History => "text/html; charset=utf-8",
            Self::StatusJson | Self::Statuspage(_) => "application/json; charset=utf-8",
            Self::Atom => "application/atom+xml; charset=utf-8",
            Self::Calendar => "text/calendar; charset=utf-8",
        }
    }

    /// Every form, with where it lies below the page's own address.
    pub fn all() -> Vec<(Form, String)> {
        let mut out = vec![
            (Self::Html, String::new()),
            (Self::History, "history".to_owned()),
            (Self::StatusJson, "status.json".to_owned()),
            (Self::Atom, "feed.atom".to_owned()),
            (Self::Calendar, "calendar.ics".to_owned()),
        ];
        out.extend(Endpoint::ALL.iter().map(|(path, e)| (Self::Statuspage(*e), format!("api/v2/{path}"))));
        out
    }

    /// Finds a form by where it lies.
    pub fn parse(leaf: &str) -> Option<Self> {
        Some(match leaf {
            "" => Self::Html,
            "history" => Self::History,
            "status.json" => Self::StatusJson,
            "feed.atom" => Self::Atom,
            "calendar.ics" => Self::Calendar,
            other => Self::Statuspage(Endpoint::parse(other.strip_prefix("api/v2/")?)?),
        })
    }
}

/// Finished bytes of one form, plain and compressed.
#[derive(Debug)]
pub struct Body {
    stamp: Stamp,
    /// A strong validator, from the plain bytes.
    pub etag: String,
    pub content_type: &'static str,
    pub plain: Bytes,
    pub gzip: Bytes,
    pub brotli: Bytes,
}

/// The minutes that a body was made for.
type Stamp = (DateTime<Utc>, DateTime<Utc>);

struct Page {
    facts: Facts,
    /// By form, then language; forms for machines are in English alone.
    forms: OnceLock<Box<[ArcSwapOption<Body>]>>,
    /// Held by whoever makes a form, so that a crowd makes it once.
    making: Mutex<()>,
}

/// All pages at one time.
struct Edition {
    pages: HashMap<OrgCode, Arc<Page>>,
    search: Arc<Index>,
    /// When the first incident of all was declared: there is a page for each
    /// month since.
    since: Option<DateTime<Utc>>,
}

/// Everything that the public reads.
pub struct Site {
    base_url: Arc<str>,
    edition: ArcSwap<Edition>,
    /// When the database last said that the edition is right; microseconds.
    checked_at: AtomicI64,
    /// Pages about the past.
    archive: Archive,
    /// Compressed once, at the start.
    assets: HashMap<&'static str, Arc<Body>>,
}

impl Site {
    pub fn new(base_url: &str) -> Self {
        let edition = Edition { pages: HashMap::new(), search: Arc::default(), since: None };
        let assets =
            assets::ALL.iter().map(|a| (a.path, Arc::new(Body::fixed(a.bytes, a.content_type)))).collect();
        Self {
            base_url: base_url.trim_end_matches('/').into(),
            edition: ArcSwap::from_pointee(edition),
            checked_at: AtomicI64::new(0),
            archive: Archive::default(),
            assets,
        }
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
        DateTime::from_timestamp_micros(self.checked_at.load(Ordering::Relaxed)).unwrap_or_default()
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

    /// Puts a new edition in place. Pages whose facts are the same keep their
    /// bytes. Gives the codes of the others.
    pub fn publish(
        &self,
        situation: &Situation,
        directory: &Directory,
        catalogue: &Catalogue,
        new_directory: bool,
    ) -> Vec<OrgCode> {
        let old = self.edition.load();
        let mut changed = Vec::new();
        let pages = directory
            .iter()
            .map(|org| {
                let facts = facts::facts(org, situation, directory, catalogue);
                let page = match old.pages.get(&org.code).filter(|p| p.facts == facts) {
                    Some(same) => Arc::clone(same),
                    None => {
                        changed.push(org.code.clone());
                        Arc::new(Page { facts, forms: OnceLock::new(), making: Mutex::new(()) })
                    }
                };
                (org.code.clone(), page)
            })
            .collect();
        let search = if new_directory { Arc::new(Index::new(directory)) } else { Arc::clone(&old.search) };
        self.edition.store(Arc::new(Edition { pages, search, since: situation.since }));
        changed
    }

    /// The bytes of one form of one page, as they are this minute.
    pub fn get(&self, code: &OrgCode, form: Form, locale: Locale, now: DateTime<Utc>) -> Option<Arc<Body>> {
        let locale = if form.is_for_people() { locale } else { Locale::En };
        let page = Arc::clone(self.edition.load().pages.get(code)?);
        let checked = floor_minute(self.checked_at());
        let stamp = (page.facts.changed_at.map_or(checked, |at| at.max(checked)), floor_minute(now));
        let forms = page
            .forms
            .get_or_init(|| (0..Form::COUNT * Locale::ALL.len()).map(|_| ArcSwapOption::empty()).collect());
        let slot = forms.get(form.index() * Locale::ALL.len() + locale.index())?;
        let fresh = |body: &Option<Arc<Body>>| body.as_ref().is_some_and(|b| b.stamp == stamp);
        let body = slot.load_full();
        if fresh(&body) {
            return body;
        }
        let _making = page.making.lock();
        let body = slot.load_full();
        if fresh(&body) {
            return body;
        }
        let made = self.make(&page.facts, (form, locale), stamp, body.as_deref());
        slot.store(Some(Arc::clone(&made)));
        Some(made)
    }

    /// From when on there is a history.
    pub fn since(&self) -> Option<DateTime<Utc>> {
        self.edition.load().since
    }

    /// A page about the past that is at hand: made within a minute, or of an
    /// incident that the edition holds.
    pub fn past(&self, code: &OrgCode, past: (Past, Locale), now: DateTime<Utc>) -> Option<Arc<Body>> {
        if let Some(body) = self.archive.fresh(code, past, now) {
            return Some(body);
        }
        let Past::Incident(id) = past.0 else { return None };
        let mut facts = self.facts(code)?;
        facts.incidents.retain(|i| i.incident.id == id);
        let checked = self.checked_at().max(facts.changed_at.unwrap_or_default());
        (!facts.incidents.is_empty()).then(|| self.keep_past(&facts, past, now.max(checked), checked))
    }

    /// A page about the past as it was made last, however long ago.
    pub fn old_past(&self, code: &OrgCode, past: (Past, Locale)) -> Option<Arc<Body>> {
        self.archive.any(code, past)
    }

    /// Makes a page about the past from what was read at `checked`, and keeps
    /// it.
    pub fn keep_past(
        &self,
        facts: &Facts,
        past: (Past, Locale),
        now: DateTime<Utc>,
        checked: DateTime<Utc>,
    ) -> Arc<Body> {
        let (now, checked_at) = (floor_minute(now), floor_minute(checked));
        let view = facts.at(now);
        let words = words::of(past.1);
        let ctx = Context { facts, view: &view, now, checked_at, base_url: &self.base_url, words };
        let text = history::past(&ctx, past.0, self.since()).unwrap_or_else(|error| {
            tracing::error!(%error, code = %facts.org.code, "a page could not be made");
            String::new()
        });
        let body = Arc::new(Body::new(Bytes::from(text), Form::History.content_type(), (checked_at, now)));
        self.archive.keep(&facts.org.code, past, Arc::clone(&body), now);
        body
    }

    fn make(
        &self,
        facts: &Facts,
        (form, locale): (Form, Locale),
        stamp: Stamp,
        old: Option<&Body>,
    ) -> Arc<Body> {
        // A change made within this minute must not lie in its future.
        let now = stamp.1.max(stamp.0);
        let view = facts.at(now);
        let ctx = Context {
            facts,
            view: &view,
            now,
            checked_at: stamp.0,
            base_url: &self.base_url,
            words: words::of(locale),
        };
        let text = match form {
            Form::Html => html::html(&ctx),
            Form::History => history::history(&ctx, self.since()),
            Form::StatusJson => Ok(json::status_json(&ctx)),
            Form::Atom => Ok(feed::atom(&ctx)),
            Form::Calendar => Ok(calendar::calendar(&ctx)),
            Form::Statuspage(endpoint) => Ok(statuspage::statuspage(&ctx, endpoint)),
        };
        let plain = Bytes::from(text.unwrap_or_else(|error| {
            tracing::error!(%error, code = %facts.org.code, "a page could not be made");
            String::new()
        }));
        if let Some(same) = old.filter(|b| b.plain == plain) {
            return Arc::new(Body {
                stamp,
                etag: same.etag.clone(),
                content_type: same.content_type,
                plain: same.plain.clone(),
                gzip: same.gzip.clone(),
                brotli: same.brotli.clone(),
            });
        }
        Arc::new(Body::new(plain, form.content_type(), stamp))
    }
}

impl Body {
    /// Compresses bytes that never change, such as assets.
    pub fn fixed(bytes: &'static [u8], content_type: &'static str) -> Self {
        Self::new(Bytes::from_static(bytes), content_type, Stamp::default())
    }

    fn new(plain: Bytes, content_type: &'static str, stamp: Stamp) -> Self {
        let hash = Sha256::digest(&plain);
        let etag = hash[..12].iter().fold(String::from("\""), |s, b| s + &format!("{b:02x}")) + "\"";
        let (gzip, brotli) = (gzip(&plain), brotli(&plain));
        Self { stamp, etag, content_type, plain, gzip, brotli }
    }
}

fn gzip(plain: &[u8]) -> Bytes {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
    // Writing to memory does not fail.
    let _ = out.write_all(plain);
    out.finish().unwrap_or_default().into()
}

fn brotli(plain: &[u8]) -> Bytes {
    // Quality 5 with a window of 2^18: measured as the best of size and time
    // for pages of 15 kB; smaller windows are many times slower.
    let params = brotli::enc::BrotliEncoderParams { quality: 5, lgwin: 18, ..Default::default() };
    let mut out = Vec::new();
    let _ = brotli::BrotliCompress(&mut &plain[..], &mut out, &params);
    out.into()
}
