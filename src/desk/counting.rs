//! Counting what became of an update's messages.
//!
//! The messages of a national update are a million rows, and a screen that is
//! live asks every second: what was counted is given again until twenty times
//! as long has passed as the counting took.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::Duration as Span;
use uuid::Uuid;

use super::{Desk, Result};
use crate::domain::channel::Channel;
use crate::domain::cost::Charged;
use crate::domain::delivery::DeliveryState;
use crate::store::Tx;
use crate::store::delivery_reports::{self, Tally};

/// A twentieth of the time at most goes into counting.
const SHARE: u32 = 20;
/// What is counted as fast as this is always counted anew.
const FAST: Duration = Duration::from_millis(100);
/// Updates of which the counts are kept.
const KEPT: usize = 64;
/// Over this the rate is worked out.
const RATE_OVER: Span = Span::minutes(1);

/// The last counts that took long, by update.
#[derive(Clone, Default)]
pub(super) struct Counting(Arc<Mutex<HashMap<Uuid, Kept>>>);

struct Kept {
    at: Instant,
    took: Duration,
    counted: Arc<Outcomes>,
}

/// What became of an update's messages.
#[derive(Debug, Default)]
pub struct Outcomes {
    pub tallies: Vec<Tally>,
    /// Handed over in the last minute.
    pub per_minute: HashMap<Channel, u64>,
    /// What providers charge for.
    pub charged: Vec<Charged>,
}

impl Counting {
    fn fresh(&self, update: Uuid) -> Option<Arc<Outcomes>> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = all.get(&update)?;
        (kept.at.elapsed() < kept.took * SHARE).then(|| Arc::clone(&kept.counted))
    }

    fn keep(&self, update: Uuid, kept: Kept) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= KEPT {
            all.retain(|_, k| k.at.elapsed() < k.took * SHARE);
        }
        all.insert(update, kept);
    }

    /// Somebody changed what is counted, and wants to see that.
    pub(super) fn forget(&self, update: Uuid) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&update);
    }
}

impl Desk {
    /// What becomes of an update's messages has changed, and is counted anew.
    pub fn forget_counts(&self, update: Uuid) {
        self.counting.forget(update);
    }

    /// How the deliveries of an update stand.
    pub(super) async fn outcomes(&self, tx: &mut Tx, update: Uuid) -> Result<Arc<Outcomes>> {
        if let Some(counted) = self.counting.fresh(update) {
            return Ok(counted);
        }
        let began = Instant::now();
        let since = self.now() - RATE_OVER;
        let tallies = delivery_reports::tallies(tx, update, since, self.now()).await?;
        let captured = tallies.iter().filter(|t| t.state == DeliveryState::Captured);
        let mut per_minute: HashMap<Channel, u64> = captured.map(|t| (t.channel, t.lately)).collect();
        if tallies.iter().any(|t| t.lately > 0 && t.state != DeliveryState::Captured) {
            per_minute.extend(delivery_reports::taken_since(tx, update, since).await?);
        }
        let charged = match tallies.iter().any(|t| matches!(t.channel, Channel::Sms | Channel::WhatsApp)) {
            true => delivery_reports::charged(tx, update).await?,
            false => Vec::new(),
        };
        let (took, counted) = (began.elapsed(), Arc::new(Outcomes { tallies, per_minute, charged }));
        if took > FAST {
            self.counting.keep(update, Kept { at: Instant::now(), took, counted: Arc::clone(&counted) });
        }
        Ok(counted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_took_long_is_given_again_for_a_while() {
        let (counting, update) = (Counting::default(), Uuid::now_v7());
        let keep = |took| counting.keep(update, Kept { at: Instant::now(), took, counted: Arc::default() });
        keep(Duration::from_secs(60));
        assert!(counting.fresh(update).is_some() && counting.fresh(Uuid::now_v7()).is_none());
        counting.forget(update);
        assert!(counting.fresh(update).is_none());
        keep(Duration::ZERO);
        assert!(counting.fresh(update).is_none());
    }
}
