//! How the far sides fare that recipients choose: the domains of their mail,
//! the push services of their browsers. What goes to one that is slow or
//! refuses waits by itself and takes no room from the others.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::PAUSE_LONG;
use crate::domain::delivery::Outcome;

/// A transaction that takes longer is slow.
const SLOW: Duration = Duration::from_secs(2);
/// How many messages a slow domain may have under way.
const SLOW_ROOM: usize = 2;
/// Refusals in a row before a domain rests.
const REFUSALS: u32 = 3;
const REST: Duration = Duration::from_secs(30);
/// When a domain has no room, how soon a message tries again.
const AGAIN: Duration = Duration::from_secs(2);
/// Domains that are remembered; of more, only those in trouble.
const REMEMBERED: usize = 10_000;

#[derive(Default)]
pub struct Domains(Mutex<HashMap<String, Domain>>);

#[derive(Default)]
struct Domain {
    next: u64,
    under_way: BTreeMap<u64, Instant>,
    /// It has taken a message quickly before.
    proven: bool,
    slow: bool,
    refusals: u32,
    rests_until: Option<Instant>,
}

impl Domain {
    fn is_slow(&self, now: Instant) -> bool {
        let waits = |since: &Instant| now.duration_since(*since) >= SLOW;
        self.slow || self.under_way.first_key_value().is_some_and(|(_, since)| waits(since))
    }

    /// How many may be under way, of a window for all.
    fn room(&self, window: usize, now: Instant) -> usize {
        match () {
            // It has refused; one message shows whether it still does.
            () if self.refusals >= REFUSALS => 1,
            () if self.is_slow(now) => SLOW_ROOM,
            () if self.proven => window,
            () => (window / 2).max(1),
        }
    }
}

/// A message to a domain that is under way, until it is dropped.
pub struct DomainSeat {
    domains: Arc<Domains>,
    domain: String,
    number: u64,
}

impl Drop for DomainSeat {
    fn drop(&mut self) {
        if let Some(domain) = self.domains.all().get_mut(&self.domain) {
            domain.under_way.remove(&self.number);
        }
    }
}

impl Domains {
    fn all(&self) -> MutexGuard<'_, HashMap<String, Domain>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a message to this address may leave now; else after how long it
    /// should try again.
    pub fn admit(
        self: &Arc<Self>,
        address: &str,
        window: usize,
        now: Instant,
    ) -> Result<DomainSeat, Duration> {
        let name = domain_of(address);
        let mut all = self.all();
        if all.len() > REMEMBERED {
            all.retain(|_, d| !d.under_way.is_empty() || d.slow || d.refusals > 0);
        }
        let domain = all.entry(name.clone()).or_default();
        if let Some(left) = domain.rests_until.and_then(|until| until.checked_duration_since(now))
            && !left.is_zero()
        {
            return Err(left);
        }
        if domain.under_way.len() >= domain.room(window, now) {
            return Err(AGAIN);
        }
        domain.next += 1;
        domain.under_way.insert(domain.next, now);
        Ok(DomainSeat { domains: Arc::clone(self), number: domain.next, domain: name })
    }

    /// Takes note of how an attempt ended.
    pub(super) fn note(&self, address: &str, took: Duration, outcome: &Outcome, now: Instant) {
        let mut all = self.all();
        let domain = all.entry(domain_of(address)).or_default();
        match outcome {
            Outcome::Accepted { .. } | Outcome::Never { .. } | Outcome::Gone { .. } => {
                domain.refusals = 0;
                domain.rests_until = None;
                domain.slow = took >= SLOW;
                domain.proven |= !domain.slow;
            }
            Outcome::Later { .. } => {
                domain.refusals += 1;
                if domain.refusals >= REFUSALS {
                    let longer = 1 << (domain.refusals - REFUSALS).min(5);
                    domain.rests_until = Some(now + (REST * longer).min(PAUSE_LONG));
                }
            }
            Outcome::Unclear { .. } => domain.slow = true,
            Outcome::Pause { .. } => {}
        }
    }
}

/// Of an email address what stands behind the @; a host is its own.
fn domain_of(address: &str) -> String {
    address.rsplit_once('@').map_or(address, |(_, domain)| domain).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: usize = 24;

    fn all(domains: &Arc<Domains>, address: &str, now: Instant) -> (Vec<DomainSeat>, Duration) {
        let mut seats = Vec::new();
        loop {
            match domains.admit(address, WINDOW, now) {
                Ok(seat) => seats.push(seat),
                Err(wait) => return (seats, wait),
            }
        }
    }

    fn taken() -> Outcome {
        Outcome::Accepted { reference: String::new() }
    }

    #[test]
    fn a_domain_that_hangs_leaves_room_for_the_others() {
        let (domains, now) = (Arc::<Domains>::default(), Instant::now());
        let (mut first, _) = all(&domains, "a@slow.example", now);
        assert_eq!(first.len(), 12);
        let later = now + SLOW;
        first.truncate(1);
        assert_eq!(all(&domains, "a@slow.example", later).0.len(), 1, "two with the one that hangs");
        domains.note("a@slow.example", SLOW, &Outcome::Unclear { reason: String::new() }, later);
        drop(first);
        assert_eq!(all(&domains, "a@slow.example", later).0.len(), 2);
        domains.note("a@fast.example", Duration::ZERO, &taken(), later);
        let (fast, wait) = all(&domains, "b@FAST.example", later);
        assert_eq!((fast.len(), wait), (WINDOW, AGAIN));
    }

    #[test]
    fn a_domain_that_refuses_rests_longer_and_longer_and_is_tried_with_one() {
        let (domains, mut now) = (Arc::<Domains>::default(), Instant::now());
        let later = Outcome::Later { reason: String::new(), after: None };
        for _ in 0..2 {
            domains.note("a@no.example", Duration::ZERO, &later, now);
        }
        assert!(domains.admit("a@no.example", WINDOW, now).is_ok());
        domains.note("a@no.example", Duration::ZERO, &later, now);
        assert_eq!(domains.admit("a@no.example", WINDOW, now).err(), Some(REST));
        assert!(domains.admit("a@yes.example", WINDOW, now).is_ok());
        now += REST;
        assert_eq!(all(&domains, "a@no.example", now).0.len(), 1);
        domains.note("a@no.example", Duration::ZERO, &later, now);
        assert_eq!(domains.admit("a@no.example", WINDOW, now).err(), Some(REST * 2));
        now += REST * 2;
        domains.note("a@no.example", Duration::ZERO, &taken(), now);
        assert_eq!(all(&domains, "a@no.example", now).0.len(), WINDOW);
    }
}
