//! How fast an account may send: no faster than its provider takes, so that it need not
//! refuse. A refusal would hold up everybody on the channel, corrections too.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::ProviderSettings;
use crate::domain::channel::Channel;
use crate::domain::delivery::Lane;

/// How much of what a provider allows is used: its count and ours begin at different
/// moments, and what was on its way arrives closer together.
const USED: f64 = 0.95;

/// For how long it counts what a channel said that it has to send.
const SAID: Duration = Duration::from_secs(2);

/// How fast accounts may send, as far as the settings say; 0 for as fast as can be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rates {
    /// Messages a minute that GOV.UK Notify takes for one key, texts and emails together.
    pub notify_per_minute: u32,
    /// Emails a minute, of each relay.
    pub email_per_minute: u32,
    /// Text messages a second: Twilio's limit depends on the kind of number.
    pub sms_per_second: f64,
    pub whatsapp_per_second: f64,
}

impl Default for Rates {
    fn default() -> Self {
        // <https://docs.notifications.service.gov.uk/rest-api.html>, "Rate limits".
        Self { notify_per_minute: 3000, email_per_minute: 0, sms_per_second: 0.0, whatsapp_per_second: 0.0 }
    }
}

/// What several providers with one account share.
pub(super) struct Buckets {
    rates: Rates,
    notify: Option<Arc<Bucket>>,
}

impl Buckets {
    pub fn new(rates: Rates) -> Self {
        let minute = f64::from(rates.notify_per_minute);
        // Its own bucket holds a third of a minute's, and 1,000 at most.
        let notify = Bucket::new(minute / 60.0, (minute / 3.0).min(1000.0));
        Self { rates, notify: notify.map(Arc::new) }
    }

    /// The limit of a provider; `None` where there is none.
    pub fn of(&self, channel: Channel, settings: &ProviderSettings) -> Option<Arc<Bucket>> {
        let of_seconds = |rate: f64| Bucket::new(rate, rate.max(1.0)).map(Arc::new);
        match settings {
            ProviderSettings::Notify(_) => self.notify.clone(),
            ProviderSettings::Relay(_) => of_seconds(f64::from(self.rates.email_per_minute) / 60.0),
            _ if channel == Channel::WhatsApp => of_seconds(self.rates.whatsapp_per_second),
            _ => of_seconds(self.rates.sms_per_second),
        }
    }
}

/// A bucket of tokens, one for each message: it fills as fast as the provider takes
/// messages, up to what it takes at once.
pub(super) struct Bucket {
    per_second: f64,
    most: f64,
    state: Mutex<(f64, Instant)>,
    /// The most urgent that waits on each channel, and when that was said.
    wants: Mutex<BTreeMap<Channel, (i32, Instant)>>,
}

impl Bucket {
    /// `None` where there is no limit.
    fn new(per_second: f64, most: f64) -> Option<Self> {
        let (per_second, most) = (per_second * USED, (most * USED).max(1.0));
        let (state, wants) = (Mutex::new((most, Instant::now())), Mutex::default());
        (per_second > 0.0).then_some(Self { per_second, most, state, wants })
    }

    /// What is in it now.
    fn filled(&self, now: Instant) -> MutexGuard<'_, (f64, Instant)> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let passed = now.saturating_duration_since(state.1).as_secs_f64();
        *state = ((state.0 + passed * self.per_second).min(self.most), state.1.max(now));
        state
    }

    /// How many messages may leave now.
    pub fn room(&self, now: Instant) -> usize {
        self.filled(now).0.max(0.0) as usize
    }

    /// Whether a channel leaves what is in it to another, where something more urgent
    /// waits; and notes what is most urgent on this one.
    pub fn yields(&self, channel: Channel, lane: Option<Lane>, now: Instant) -> bool {
        let mut wants = self.wants.lock().unwrap_or_else(PoisonError::into_inner);
        let own = lane.map_or(i32::MAX, Lane::order);
        wants.insert(channel, (own, now));
        let is_new = |at: Instant| now.saturating_duration_since(at) < SAID;
        wants.iter().any(|(other, (lane, at))| *other != channel && *lane < own && is_new(*at))
    }

    /// One leaves.
    pub fn take(&self, now: Instant) {
        self.filled(now).0 -= 1.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channels::NotifySettings;

    #[test]
    fn no_faster_than_the_account_may_and_no_slower_than_it_has_to() {
        let buckets = Buckets::new(Rates::default());
        let notify = ProviderSettings::Notify(NotifySettings {
            base_url: String::new(),
            api_key: String::new(),
            sms_template: None,
            email_template: None,
        });
        let email = buckets.of(Channel::Email, &notify).unwrap();
        let texts = buckets.of(Channel::Sms, &notify).unwrap();
        let start = Instant::now();
        let mut sent = 0;
        for tenths in 0..1200 {
            let now = start + Duration::from_millis(tenths * 100);
            for _ in 0..email.room(now) {
                email.take(now);
                sent += 1;
            }
            assert_eq!(texts.room(now), 0, "one key, one limit");
            // Notify's own: 1,000 at once, and 50 more each second.
            assert!(f64::from(sent) <= 1000.0 + 50.0 * (tenths as f64 / 10.0) + 1.0, "{sent} after {tenths}");
        }
        assert!(sent > 6300, "{sent} in two minutes");
    }

    #[test]
    fn what_is_more_urgent_on_another_channel_goes_first() {
        let (bucket, now) = (Bucket::new(1.0, 1.0).unwrap(), Instant::now());
        assert!(!bucket.yields(Channel::Email, Some(Lane::Routine), now));
        assert!(!bucket.yields(Channel::Sms, Some(Lane::Correction), now));
        assert!(bucket.yields(Channel::Email, Some(Lane::Routine), now));
        assert!(!bucket.yields(Channel::Email, Some(Lane::Correction), now), "alike: whoever comes first");
        assert!(bucket.yields(Channel::Sms, None, now), "nothing is less urgent than nothing");
        assert!(!bucket.yields(Channel::Email, Some(Lane::Routine), now), "it is over");
        bucket.yields(Channel::Sms, Some(Lane::Urgent), now);
        let later = now + Duration::from_secs(3);
        assert!(!bucket.yields(Channel::Email, Some(Lane::Routine), later), "nobody says so any more");
    }

    #[test]
    fn what_is_not_known_is_no_limit_and_one_a_second_is_one() {
        let none = Buckets::new(Rates { notify_per_minute: 0, ..Rates::default() });
        assert!(none.notify.is_none() && Bucket::new(0.0, 1.0).is_none());
        let (one, now) = (Bucket::new(1.0, 1.0).unwrap(), Instant::now());
        assert_eq!(one.room(now), 1);
        one.take(now);
        assert_eq!((one.room(now), one.room(now + Duration::from_millis(1100))), (0, 1));
    }
}
