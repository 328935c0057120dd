//! The pages in memory: a map that is swapped, and finished bytes.
//!
//! A reader never touches the database. What changes a page is one of two
//! things: somebody said something (the publisher swaps the edition), or a
//! minute passed ("checked at", overdue, expired). Either way the bytes are
//! made once, by whoever asks first, and shared by everybody else.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use arc_swap::ArcSwap;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::HeaderValue;

use super::body::{Body, CSP, Manner};
use super::search::Index;
use super::statuspage::Endpoint;
use super::{Context, feed, history, html, json, statuspage};
use crate::assets;
use crate::domain::facts::{self, Facts, Situation};
use crate::domain::org::{Directory, OrgCode};
use crate::domain::system::Catalogue;
use crate::domain::time::floor_minute;

/// A browser or proxy may reuse a page this long without asking, and for a day
/// when the server cannot be reached: the page says when it was checked.
const PAGE_CACHE: HeaderValue =
    HeaderValue::from_static("public, max-age=10, stale-while-revalidate=30, stale-if-error=86400");
const ASSET_CACHE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// One way of telling the same facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Html,
    History,
    StatusJson,
    Atom,
    Statuspage(Endpoint),
}

impl Form {
    /// How the form travels, apart from what its page adds.
    fn manner(self) -> Manner {
        let (content_type, open) = match self {
            Self::Html | Self::History => ("text/html; charset=utf-8", false),
            Self::StatusJson | Self::Statuspage(_) => ("application/json; charset=utf-8", true),
            Self::Atom => ("application/atom+xml; charset=utf-8", true),
        };
        Manner {
            content_type: HeaderValue::from_static(content_type),
            cache_control: PAGE_CACHE,
            csp: CSP,
            open,
        }
    }

    /// The form that lies at `rest` below the page's own address; the inverse
    /// of [`Form::all`].
    pub fn parse(rest: &str) -> Option<Self> {
        match rest {
            "" | "en" => Some(Self::Html),
            "history" => Some(Self::History),
            "status.json" => Some(Self::StatusJson),
            "feed.atom" => Some(Self::Atom),
            _ => Endpoint::parse(rest.strip_prefix("api/v2/")?).map(Self::Statuspage),
        }
    }

    /// Every form, with where it lies below the page's own address.
    pub fn all() -> Vec<(Form, String)> {
        let mut out = vec![
            (Self::Html, String::new()),
            (Self::History, "history".to_owned()),
            (Self::StatusJson, "status.json".to_owned()),
            (Self::Atom, "feed.atom".to_owned()),
        ];
        out.extend(Endpoint::ALL.iter().map(|(path, e)| (Self::Statuspage(*e), format!("api/v2/{path}"))));
        out
    }
}

/// The minutes that a body was made for.
type Stamp = (DateTime<Utc>, DateTime<Utc>);

/// One form as it was made for one stamp.
#[derive(Clone)]
struct Kept {
    form: Form,
    stamp: Stamp,
    body: Arc<Body>,
}

struct Page {
    facts: Facts,
    /// The forms that somebody asked for; most pages have few or none.
    kept: ArcSwap<Vec<Kept>>,
    /// Held by whoever makes a form, so that a crowd makes it once.
    making: Mutex<()>,
}

impl Page {
    fn new(facts: Facts) -> Self {
        Self { facts, kept: ArcSwap::default(), making: Mutex::new(()) }
    }

    fn fresh(&self, form: Form, stamp: Stamp) -> Option<Arc<Body>> {
        let kept = self.kept.load();
        kept.iter().find(|k| k.form == form && k.stamp == stamp).map(|k| Arc::clone(&k.body))
    }
}

/// All pages at one time.
struct Edition {
    pages: HashMap<OrgCode, Arc<Page>>,
    search: Arc<Index>,
}

/// Everything that the public reads.
pub struct Site {
    base_url: Arc<str>,
    edition: ArcSwap<Edition>,
    /// When the database last said that the edition is right; microseconds.
    checked_at: AtomicI64,
    assets: HashMap<&'static str, Arc<Body>>,
}

impl Site {
    pub fn new(base_url: &str) -> Self {
        let edition = Edition { pages: HashMap::new(), search: Arc::default() };
        let assets = assets::ALL.iter().map(|a| (a.path, Arc::new(asset(a)))).collect();
        Self {
            base_url: base_url.into(),
            edition: ArcSwap::from_pointee(edition),
            checked_at: AtomicI64::new(0),
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
                        Arc::new(Page::new(facts))
                    }
                };
                (org.code.clone(), page)
            })
            .collect();
        let search = if new_directory { Arc::new(Index::new(directory)) } else { Arc::clone(&old.search) };
        self.edition.store(Arc::new(Edition { pages, search }));
        changed
    }

    /// The bytes of one form of one page, as they are this minute.
    pub fn get(&self, code: &OrgCode, form: Form, now: DateTime<Utc>) -> Option<Arc<Body>> {
        let edition = self.edition.load();
        let page = edition.pages.get(code)?;
        let checked = floor_minute(self.checked_at());
        let stamp = (page.facts.changed_at.map_or(checked, |at| at.max(checked)), floor_minute(now));
        if let Some(body) = page.fresh(form, stamp) {
            return Some(body);
        }
        let page = Arc::clone(page);
        drop(edition);
        let _making = page.making.lock();
        if let Some(body) = page.fresh(form, stamp) {
            return Some(body);
        }
        let mut kept = page.kept.load().as_ref().clone();
        let old = kept.iter().position(|k| k.form == form).map(|i| kept.swap_remove(i).body);
        let body = self.make(&page.facts, form, stamp, old);
        kept.push(Kept { form, stamp, body: Arc::clone(&body) });
        page.kept.store(Arc::new(kept));
        Some(body)
    }

    fn make(&self, facts: &Facts, form: Form, stamp: Stamp, old: Option<Arc<Body>>) -> Arc<Body> {
        // A change made within this minute must not lie in its future.
        let now = stamp.1.max(stamp.0);
        let view = facts.at(now);
        let ctx = Context { facts, view: &view, now, checked_at: stamp.0, base_url: &self.base_url };
        let text = match form {
            Form::Html => html::html(&ctx),
            Form::History => history::history(&ctx),
            Form::StatusJson => Ok(json::status_json(&ctx)),
            Form::Atom => Ok(feed::atom(&ctx)),
            Form::Statuspage(endpoint) => Ok(statuspage::statuspage(&ctx, endpoint)),
        };
        let plain = Bytes::from(text.unwrap_or_else(|error| {
            tracing::error!(%error, code = %facts.org.code, "a page could not be made");
            String::new()
        }));
        // What did not change keeps its compressed bytes.
        old.filter(|b| b.plain.bytes == plain).unwrap_or_else(|| Arc::new(Body::new(plain, form.manner())))
    }
}

/// An asset never changes: its name has a hash of its content.
fn asset(asset: &assets::Asset) -> Body {
    let manner = Manner {
        content_type: HeaderValue::from_static(asset.content_type),
        cache_control: ASSET_CACHE,
        csp: CSP,
        open: false,
    };
    Body::new(Bytes::from_static(asset.bytes), manner)
}
