//! Finding a place: the front page in each language, and what a search finds.

use std::sync::Arc;

use askama::Template;
use chrono::{DateTime, Utc};

use super::search::MAX_FOUND;
use super::site::Site;
use crate::domain::headline::HeadlineState;
use crate::domain::org::Org;
use crate::words::{self, Locale, Words};

/// The most characters of a search.
const MAX_ASKED: usize = 100;

/// `GET /?q=`.
#[derive(Template)]
#[template(path = "public/search.html")]
pub struct Search {
    pub w: &'static Words,
    /// Whether the NHS logo stands at the top.
    pub nhs_logo: bool,
    /// The same search in each language.
    pub languages: Vec<(Locale, String)>,
    /// What was typed; empty before the first search.
    pub q: String,
    pub results: Vec<Found>,
    /// There are more than are shown.
    pub more: bool,
}

impl Search {
    /// "2 places for “High Street”".
    fn counted(&self) -> String {
        let id = if self.more { "search-first" } else { "search-found" };
        self.w.with(id, &[("count", self.results.len().into()), ("query", (&self.q).into())])
    }
}

/// One place that was found, with enough to tell it from its namesakes.
pub struct Found {
    /// Of its page, in the language of the search.
    pub address: String,
    pub name: String,
    pub street: String,
    pub town: String,
    pub postcode: String,
    /// "GP surgery, code A81001".
    pub kind: String,
    /// `None` where patients do not go.
    pub state: Option<HeadlineState>,
}

/// What a search finds, in one language; with nothing asked, the front page.
pub fn search(site: &Site, asked: &str, locale: Locale, now: DateTime<Utc>) -> Search {
    let w = words::of(locale);
    let q: String = asked.trim().chars().take(MAX_ASKED).collect();
    let found = site.search().find(&q);
    let show = |org: &Arc<Org>| Found {
        address: super::path(&org.code, locale, ""),
        name: org.name.clone(),
        street: org.address.clone(),
        town: org.town.clone(),
        postcode: org.postcode.clone(),
        kind: w.with(
            "search-kind-and-code",
            &[("kind", org.kind.noun(w).into()), ("code", org.code.as_str().into())],
        ),
        state: site.facts(&org.code).map(|f| f.seen(now, site.checked_at()).headline.state),
    };
    let query: String = url::form_urlencoded::Serializer::new(String::new()).append_pair("q", &q).finish();
    let query = if q.is_empty() { String::new() } else { format!("?{query}") };
    Search {
        w,
        nhs_logo: site.nhs_logo(),
        languages: Locale::ALL.iter().map(|l| (*l, format!("{}{query}", super::root(l)))).collect(),
        results: found.iter().map(show).collect(),
        more: found.len() == MAX_FOUND,
        q,
    }
}
