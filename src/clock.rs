//! The clock, as an argument. Nothing else reads the time (clippy sees to it).

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, SubsecRound, Utc};

/// Tells the time, cut to microseconds, which is what both databases keep.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    /// Added to the machine's clock, in microseconds. The demonstration lives
    /// in July 2024.
    offset: Arc<AtomicI64>,
    /// Microseconds since 1970 when the clock stands still (tests).
    fixed: Option<Arc<AtomicI64>>,
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self::default()
    }

    /// A clock that stands still until it is moved.
    pub fn fixed_at(at: DateTime<Utc>) -> Self {
        Self { fixed: Some(Arc::new(AtomicI64::new(at.timestamp_micros()))), ..Self::default() }
    }

    pub fn now(&self) -> DateTime<Utc> {
        match &self.fixed {
            Some(at) => DateTime::from_timestamp_micros(at.load(Ordering::SeqCst)).unwrap_or_default(),
            None => {
                let offset = chrono::Duration::microseconds(self.offset.load(Ordering::SeqCst));
                (machine_time() + offset).trunc_subsecs(6)
            }
        }
    }

    /// Moves the clock; it goes on from there (or stands there, when fixed).
    pub fn set(&self, at: DateTime<Utc>) {
        match &self.fixed {
            Some(fixed) => fixed.store(at.timestamp_micros(), Ordering::SeqCst),
            None => {
                let offset = at.timestamp_micros() - machine_time().timestamp_micros();
                self.offset.store(offset, Ordering::SeqCst);
            }
        }
    }

    /// Moves the clock forward.
    pub fn advance(&self, by: chrono::Duration) {
        self.set(self.now() + by);
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
fn machine_time() -> DateTime<Utc> {
    Utc::now()
}
