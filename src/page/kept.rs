//! The forms of one organisation's page that were made and are kept.

use std::sync::{Arc, Mutex};

use arc_swap::ArcSwap;

use super::body::Body;
use super::form::Wanted;
use crate::domain::facts::Facts;

/// What a body was made for: when the facts were checked or changed, and the
/// minute. In microseconds since 1970, because each answer compares them.
pub(super) type Stamp = (i64, i64);

/// One form as it was made for one stamp.
#[derive(Clone)]
pub(super) struct Kept {
    pub(super) wanted: Wanted,
    pub(super) stamp: Stamp,
    pub(super) body: Arc<Body>,
}

pub(super) struct Page {
    pub(super) facts: Facts,
    /// The forms that somebody asked for; most pages have few or none.
    pub(super) kept: ArcSwap<Vec<Kept>>,
    /// Held by whoever makes a form, so that a crowd makes it once.
    pub(super) making: Mutex<()>,
}

impl Page {
    pub(super) fn new(facts: Facts) -> Self {
        Self { facts, kept: ArcSwap::default(), making: Mutex::new(()) }
    }

    /// What readers have asked for.
    pub(super) fn read(&self) -> Vec<(Wanted, Arc<Body>)> {
        self.kept.load().iter().map(|k| (k.wanted, Arc::clone(&k.body))).collect()
    }

    pub(super) fn forget(&self, wanted: Wanted) {
        let _making = self.making.lock();
        let kept = self.kept.load();
        self.kept.store(Arc::new(kept.iter().filter(|k| k.wanted != wanted).cloned().collect()));
    }

    pub(super) fn fresh(&self, wanted: Wanted, stamp: Stamp) -> Option<Arc<Body>> {
        let kept = self.kept.load();
        kept.iter().find(|k| k.wanted == wanted && k.stamp == stamp).map(|k| Arc::clone(&k.body))
    }
}
