//! Providers: where a channel has several ways out, such as mail relays or
//! services that send texts.
//!
//! Who gets a message is chosen before its attempt goes on record, so that a
//! look-up and a receipt know whom to believe. One that fails rests, and the
//! next takes over; when its time is up it is asked, then gets one message at
//! a time, and everything once that has gone through.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::email::Email;
use super::notify::Notify;
use super::rate::Bucket;
use super::twilio::Twilio;
use super::{ChannelError, PAUSE_SHORT};
use crate::domain::channel::Channel;
use crate::domain::delivery::{Lane, LookUp, Outcome, Outgoing};

/// As long as an attempt may go without an answer, while nobody else has got
/// one either, before a provider counts as hanging. With it a failing provider
/// is left within 10 seconds.
const HANGING: Duration = Duration::from_secs(8);
/// Attempts in a row whose end nobody knows, before a provider counts as failing.
const LOST: u32 = 3;

pub(super) enum Via {
    Smtp(Box<Email>),
    Twilio(Twilio),
    Notify(Notify),
}

pub(super) struct Provider {
    /// "twilio", "notify", "mail.example.org:587"; kept with each attempt.
    pub name: String,
    pub via: Via,
    pulse: Arc<Pulse>,
    lines: Arc<Semaphore>,
    /// With whose account it sends, by a fingerprint.
    pub account: String,
    /// How fast its account may send, where that is known.
    bucket: Option<Arc<Bucket>>,
}

/// How a provider fares, as this process sees it.
#[derive(Default)]
struct Pulse(Mutex<Beats>);

#[derive(Default)]
struct Beats {
    next: u64,
    /// Since when each attempt has been under way.
    under_way: BTreeMap<u64, Instant>,
    answered: Option<Instant>,
    /// Attempts in a row whose end nobody knows.
    lost: u32,
}

impl Pulse {
    fn beats(&self) -> MutexGuard<'_, Beats> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An attempt that is under way at a provider, until it is dropped.
pub struct Seat {
    pulse: Arc<Pulse>,
    number: u64,
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.pulse.beats().under_way.remove(&self.number);
    }
}

/// Why a provider has to rest, and for how long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    pub reason: String,
    pub after: Duration,
    /// The time is our guess, not the provider's wish: longer each time.
    pub guessed: bool,
    /// It wants to be left alone, so that it is not even asked meanwhile.
    pub wished: bool,
}

impl Provider {
    pub(super) fn new(name: String, via: Via, lines: usize) -> Self {
        let lines = Arc::new(Semaphore::new(lines));
        Self { name, via, pulse: Arc::default(), lines, account: String::new(), bucket: None }
    }

    /// The same, no faster than this.
    pub(super) fn within(self, bucket: Option<Arc<Bucket>>) -> Self {
        Self { bucket, ..self }
    }

    /// The same with this account.
    pub(super) fn with_account(self, account: String) -> Self {
        Self { account, ..self }
    }

    /// Whether another sends by the same account.
    pub(super) fn shares(&self, other: &Self) -> bool {
        matches!((&self.bucket, &other.bucket), (Some(own), Some(other)) if Arc::ptr_eq(own, other))
    }

    /// Whether it leaves its account to a channel with something more urgent.
    pub(super) fn yields(&self, channel: Channel, lane: Option<Lane>, now: Instant) -> bool {
        self.bucket.as_ref().is_some_and(|bucket| bucket.yields(channel, lane, now))
    }

    /// How many of so many may leave now.
    pub(super) fn room(&self, window: usize, now: Instant) -> usize {
        self.bucket.as_ref().map_or(window, |bucket| bucket.room(now).min(window))
    }

    /// Waits until it has a line free.
    pub(super) async fn line(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.lines).acquire_owned().await.ok()
    }

    pub(super) async fn send(&self, out: &Outgoing, to: &str) -> Outcome {
        match &self.via {
            Via::Smtp(email) => email.send(out, to).await,
            Via::Twilio(twilio) => super::bounded(twilio.send(out, to)).await,
            Via::Notify(notify) => super::bounded(notify.send(out, to)).await,
        }
    }

    pub(super) async fn look_up(&self, out: &Outgoing, to: &str) -> LookUp {
        match &self.via {
            // SMTP has no way to ask.
            Via::Smtp(_) => LookUp::Impossible,
            Via::Twilio(twilio) => twilio.look_up(out, to).await,
            Via::Notify(notify) => notify.look_up(out).await,
        }
    }

    pub(super) async fn check(&self) -> Result<String, String> {
        match &self.via {
            Via::Smtp(email) => email.check().await,
            Via::Twilio(twilio) => twilio.check().await,
            Via::Notify(notify) => notify.check().await,
        }
    }

    pub(super) fn busy(&self) -> usize {
        self.pulse.beats().under_way.len()
    }

    pub(super) fn seat(&self, now: Instant) -> Seat {
        let mut beats = self.pulse.beats();
        beats.next += 1;
        let number = beats.next;
        if let Some(bucket) = &self.bucket {
            bucket.take(now);
        }
        beats.under_way.insert(number, now);
        Seat { pulse: Arc::clone(&self.pulse), number }
    }

    /// Whether an attempt has waited for long, and none that began with it or
    /// later was answered.
    pub(super) fn hangs(&self, now: Instant) -> bool {
        let beats = self.pulse.beats();
        let Some((_, oldest)) = beats.under_way.first_key_value() else { return false };
        now.duration_since(*oldest) >= HANGING && beats.answered.is_none_or(|answered| answered < *oldest)
    }

    /// Takes note of how an attempt ended; gives why the provider has to rest.
    pub(super) fn note(&self, outcome: &Outcome, now: Instant) -> Option<Trouble> {
        let mut beats = self.pulse.beats();
        if *outcome == Outcome::Stopped {
            return None;
        }
        if let Outcome::Unclear { reason } = outcome {
            beats.lost += 1;
            let again = beats.lost >= LOST;
            return again.then(|| Trouble {
                reason: reason.clone(),
                after: PAUSE_SHORT,
                guessed: true,
                wished: false,
            });
        }
        beats.lost = 0;
        beats.answered = Some(now);
        match outcome {
            Outcome::Pause { reason, after } | Outcome::SlowDown { reason, after } => {
                let wished = matches!(outcome, Outcome::SlowDown { .. });
                Some(Trouble { reason: reason.clone(), after: *after, guessed: false, wished })
            }
            _ => None,
        }
    }
}

/// Refuses two of the same name, which could not be told apart.
pub(super) fn named(providers: Vec<Provider>) -> Result<Vec<Provider>, ChannelError> {
    for (n, provider) in providers.iter().enumerate() {
        if providers[..n].iter().any(|other| other.name == provider.name) {
            return Err(ChannelError(format!("{} is named twice; name it once.", provider.name)));
        }
    }
    Ok(providers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provider() -> Provider {
        super::super::init_tls();
        Provider::new("a relay".into(), Via::Smtp(Box::new(Email::plain("smtp://127.0.0.1:1?tls=none"))), 1)
    }

    #[test]
    fn one_that_hangs_is_seen_before_its_attempts_end() {
        let (provider, now) = (provider(), Instant::now());
        let after = |seconds| now + Duration::from_secs(seconds);
        let first = provider.seat(now);
        assert!(!provider.hangs(after(7)));
        let second = provider.seat(after(7));
        assert!(provider.hangs(after(8)) && provider.busy() == 2);
        // Somebody else's answer shows that it lives: only the first is slow.
        provider.note(&Outcome::Never { reason: String::new() }, after(8));
        drop(second);
        assert!(!provider.hangs(after(19)));
        drop(first);
        assert_eq!(provider.busy(), 0);
    }

    #[test]
    fn one_that_fails_rests_and_one_that_refuses_does_not() {
        let (provider, now) = (provider(), Instant::now());
        let unclear = || provider.note(&Outcome::Unclear { reason: "500".into() }, now);
        assert_eq!((unclear(), unclear()), (None, None));
        assert_eq!(provider.note(&Outcome::Never { reason: "no".into() }, now), None);
        assert_eq!((unclear(), unclear()), (None, None));
        let rests = Trouble { reason: "500".into(), after: PAUSE_SHORT, guessed: true, wished: false };
        assert_eq!(unclear(), Some(rests));
        let after = Duration::from_secs(7);
        let asked = provider.note(&Outcome::SlowDown { reason: "429".into(), after }, now);
        assert_eq!(asked, Some(Trouble { reason: "429".into(), after, guessed: false, wished: true }));
    }
}
