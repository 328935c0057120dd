//! Pages about the past that are not made ahead: a bounded store of finished
//! bytes, so that a crowd that reads about one old incident reads it once from
//! the database, and can go on reading when the database is gone.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Duration, NaiveDate, Utc};
use uuid::Uuid;

use super::body::Body;
use crate::domain::org::OrgCode;
use crate::words::Locale;

/// How many pages are kept: about 30 MB at the most.
const MOST: usize = 1000;
/// How old a kept page may be before it is made again.
const FRESH: Duration = Duration::seconds(15);

/// Which page about the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Past {
    /// A month, by its first day.
    Month(NaiveDate),
    Incident(Uuid),
}

impl Past {
    /// What an address below `/{CODE}/` names, and in which language:
    /// `history/2024-07`, `cy/incidents/…`.
    pub fn named(rest: &str) -> Option<(Self, Locale)> {
        let (first, after) = rest.split_once('/')?;
        match Locale::parse(first) {
            Some(locale) => Self::parse(after).map(|past| (past, locale)),
            None => Self::parse(rest).map(|past| (past, Locale::En)),
        }
    }

    fn parse(leaf: &str) -> Option<Self> {
        match leaf.split_once('/')? {
            ("history", month) => {
                let shaped = month.len() == 7 && month.as_bytes()[4] == b'-';
                let first = shaped.then(|| format!("{month}-01").parse().ok()).flatten();
                first.map(Self::Month)
            }
            ("incidents", id) => Uuid::parse_str(id).ok().map(Self::Incident),
            _ => None,
        }
    }

    /// Where it lies below the organisation's own address.
    pub fn path(self) -> String {
        match self {
            Self::Month(first) => format!("history/{}", first.format("%Y-%m")),
            Self::Incident(id) => format!("incidents/{id}"),
        }
    }
}

type Key = (OrgCode, (Past, Locale));

/// The pages kept, the oldest first in `order`.
#[derive(Default)]
struct Kept {
    bodies: HashMap<Key, (DateTime<Utc>, Arc<Body>)>,
    order: VecDeque<Key>,
}

/// The pages kept.
#[derive(Default)]
pub struct Archive(Mutex<Kept>);

impl Archive {
    /// A page that was made in the last few seconds.
    pub fn fresh(&self, code: &OrgCode, past: (Past, Locale), now: DateTime<Utc>) -> Option<Arc<Body>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (made_at, body) = kept.bodies.get(&(code.clone(), past))?;
        (*made_at + FRESH > now).then(|| Arc::clone(body))
    }

    /// Something was said about these places: their pages are made anew.
    pub fn forget(&self, places: &HashSet<&OrgCode>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.bodies.iter_mut().filter(|((code, _), _)| places.contains(code)).for_each(
            |(_, (made_at, _))| {
                *made_at = DateTime::UNIX_EPOCH;
            },
        );
    }

    /// A page of any age, for when it cannot be made again. It says itself when
    /// it was checked.
    pub fn any(&self, code: &OrgCode, past: (Past, Locale)) -> Option<Arc<Body>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.bodies.get(&(code.clone(), past)).map(|(_, body)| Arc::clone(body))
    }

    /// Keeps a page; the one that was made longest ago goes when there are too
    /// many.
    pub fn keep(&self, code: &OrgCode, past: (Past, Locale), body: Arc<Body>, now: DateTime<Utc>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (code.clone(), past);
        if kept.bodies.insert(key.clone(), (now, body)).is_none() {
            kept.order.push_back(key);
        }
        while kept.order.len() > MOST {
            if let Some(oldest) = kept.order.pop_front() {
                kept.bodies.remove(&oldest);
            }
        }
    }
}
