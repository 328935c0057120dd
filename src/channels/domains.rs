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
/// While a domain rests, how often one message that presses tries it.
const TRY: Duration = Duration::from_secs(10);
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
    /// Refusals of what left before this say nothing new: it was under way with
    /// one that counted, or tried a domain that rested.
    counts_from: Option<Instant>,
    /// When one may try next, while it rests.
    tried_again_at: Option<Instant>,
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
    /// should try again. What presses tries a domain that rests, one at a time.
    pub fn admit(
        self: &Arc<Self>,
        address: &str,
        window: usize,
        presses: bool,
        now: Instant,
    ) -> Result<DomainSeat, Duration> {
        let name = domain_of(address);
        let mut all = self.all();
        if all.len() > REMEMBERED {
            all.retain(|_, d| !d.under_way.is_empty() || d.slow || d.refusals > 0);
        }
        let domain = all.entry(name.clone()).or_default();
        if let Some(left) = time_left(domain.rests_until, now) {
            match time_left(domain.tried_again_at, now) {
                _ if !presses => return Err(left),
                Some(soon) => return Err(soon.min(left)),
                None => domain.tried_again_at = Some(now + TRY),
            }
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
                domain.tried_again_at = None;
                domain.slow = took >= SLOW;
                domain.proven |= !domain.slow;
            }
            Outcome::Later { .. } => {
                let left_at = now.checked_sub(took).unwrap_or(now);
                if domain.counts_from.is_some_and(|from| left_at < from) {
                    return;
                }
                domain.refusals += 1;
                if domain.refusals >= REFUSALS {
                    let longer = 1 << (domain.refusals - REFUSALS).min(5);
                    domain.rests_until = Some(now + (REST * longer).min(PAUSE_LONG));
                    domain.tried_again_at = Some(now + TRY);
                }
                domain.counts_from = domain.rests_until.or(Some(now));
            }
            Outcome::Unclear { .. } => domain.slow = true,
            Outcome::Pause { .. } | Outcome::SlowDown { .. } | Outcome::Stopped => {}
        }
    }
}

/// How long it is until then; `None` once it is over.
fn time_left(until: Option<Instant>, now: Instant) -> Option<Duration> {
    until.and_then(|until| until.checked_duration_since(now)).filter(|left| !left.is_zero())
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
            match domains.admit(address, WINDOW, false, now) {
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
        assert!(domains.admit("a@no.example", WINDOW, false, now).is_ok());
        domains.note("a@no.example", Duration::ZERO, &later, now);
        assert_eq!(domains.admit("a@no.example", WINDOW, false, now).err(), Some(REST));
        assert!(domains.admit("a@yes.example", WINDOW, false, now).is_ok());
        now += REST;
        assert_eq!(all(&domains, "a@no.example", now).0.len(), 1);
        domains.note("a@no.example", Duration::ZERO, &later, now);
        assert_eq!(domains.admit("a@no.example", WINDOW, false, now).err(), Some(REST * 2));
        now += REST * 2;
        domains.note("a@no.example", Duration::ZERO, &taken(), now);
        assert_eq!(all(&domains, "a@no.example", now).0.len(), WINDOW);
    }
    #[test]
    fn a_burst_of_refusals_counts_once_and_what_presses_tries_a_domain_that_rests() {
        let (domains, start) = (Arc::<Domains>::default(), Instant::now());
        let later = Outcome::Later { reason: String::new(), after: None };
        let took = Duration::from_millis(300);
        let mut now = start;
        for round in 1..=3 {
            // Eight were under way together.
            now += took;
            for _ in 0..8 {
                domains.note("a@no.example", took, &later, now);
            }
            let rests = domains.admit("a@no.example", WINDOW, false, now).err();
            assert_eq!(rests, (round == 3).then_some(REST), "{round}");
            now += Duration::from_millis(1);
        }
        let presses = |now| domains.admit("a@no.example", WINDOW, true, now);
        assert!(presses(now).err().is_some_and(|wait| wait < TRY), "it has only just refused");
        now += TRY;
        let one = presses(now);
        assert!(one.is_ok() && presses(now).err() == Some(TRY), "one at a time");
        drop(one);
        // That one is refused too: what presses does not lengthen the rest.
        domains.note("a@no.example", took, &later, now + took);
        assert_eq!(domains.admit("a@no.example", WINDOW, false, now).err().map(|w| w < REST), Some(true));
        now += TRY;
        let one = presses(now);
        assert!(one.is_ok());
        drop(one);
        domains.note("a@no.example", took, &taken(), now + took);
        assert_eq!(all(&domains, "a@no.example", now + took).0.len(), WINDOW, "it takes again");
    }
}
