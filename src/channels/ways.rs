//! Who may take the next messages of a channel, and how many.

use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use tokio::sync::OwnedSemaphorePermit;

use super::Channels;
use super::domains::DomainSeat;
use super::provider::{Provider, Seat, Trouble};
use crate::domain::channel::Channel;
use crate::domain::delivery::{Address, Lane, Outcome, Outgoing, Pause};

/// A way by which the next messages of a channel may leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// None where the channel has but one way.
    pub provider: Option<String>,
    /// How many more messages may be under way.
    pub room: usize,
    /// It takes what nobody had yet.
    pub leads: bool,
    /// It failed before: one message shows whether it is well again.
    pub trial: bool,
    /// It wants to be left alone, and is tried with corrections all the same.
    pub for_corrections: bool,
}

impl Way {
    /// The only one of a channel.
    pub fn only(room: usize) -> Self {
        Self { provider: None, room, leads: true, trial: false, for_corrections: false }
    }
}

/// What a message holds while it is under way.
#[derive(Default)]
pub struct Held {
    _seat: Option<Seat>,
    _domain: Option<DomainSeat>,
}

/// The name of a pause: what waits.
pub fn scope(channel: Channel, provider: &str) -> String {
    format!("{channel} {provider}")
}

/// Whether it is this provider, with the account that it has now, that waits.
fn rests(pause: &Pause, channel: Channel, provider: &Provider) -> bool {
    pause.scope == scope(channel, &provider.name) && pause.is_of(Some(&provider.account))
}

impl Channels {
    /// The ways by which the next messages may leave, given what waits. The
    /// first provider that is well leads.
    pub fn ways(&self, channel: Channel, window: usize, pauses: &[Pause], now: DateTime<Utc>) -> Vec<Way> {
        let providers = self.providers(channel);
        let way = |p: &Provider, leads, trial: bool| {
            let room = if trial { 1 } else { window };
            let room = p.room(room.saturating_sub(p.busy()), Instant::now());
            Way { provider: Some(p.name.clone()), room, leads, trial, for_corrections: false }
        };
        if !self.is_live(channel) || providers.is_empty() {
            return vec![Way::only(window)];
        }
        let (mut ways, mut leads) = (Vec::new(), true);
        for provider in providers {
            match pauses.iter().find(|p| rests(p, channel, provider)) {
                None if provider.hangs(Instant::now()) => {}
                None => {
                    ways.push(way(provider, leads, false));
                    leads = false;
                }
                Some(pause) if pause.trial && pause.is_over(now) => ways.push(way(provider, leads, true)),
                Some(_) => {}
            }
        }
        let over = |p: &&Provider| {
            p.busy() == 0 && pauses.iter().any(|pause| rests(pause, channel, p) && pause.is_over(now))
        };
        if ways.iter().all(|way| !way.leads) {
            // Nobody is well: whoever may be asked again is tried with one.
            ways.extend(providers.iter().find(over).map(|p| way(p, true, true)));
        }
        ways
    }

    /// A provider that rests, for one correction; `None` while something is under way there.
    pub fn way_for_corrections(&self, channel: Channel, own: &str) -> Option<Way> {
        let provider =
            self.providers(channel).iter().find(|p| scope(channel, &p.name) == own && p.busy() == 0)?;
        let (provider, room) = (Some(provider.name.clone()), provider.room(1, Instant::now()));
        Some(Way { provider, room, leads: true, trial: true, for_corrections: true })
    }

    /// Whether a provider sends by the same account as one of another channel.
    pub fn shares_account(&self, channel: Channel, name: &str) -> bool {
        let all = [Channel::Email, Channel::Sms, Channel::WhatsApp];
        let Some(own) = self.provider(channel, Some(name)) else { return false };
        let mut others =
            all.into_iter().filter(|other| *other != channel).flat_map(|other| self.providers(other));
        others.any(|other| own.shares(other))
    }

    /// Whether a provider of one channel leaves what its account may send to another
    /// channel. `lane` is the most urgent in which something is due.
    pub fn yields(&self, channel: Channel, name: &str, lane: Option<Lane>) -> bool {
        let own = self.provider(channel, Some(name));
        own.is_some_and(|own| own.yields(channel, lane, Instant::now()))
    }

    /// With whose account a provider sends, by a fingerprint; `None` for one that is not
    /// in the settings.
    pub fn account(&self, channel: Channel, name: &str) -> Option<String> {
        self.provider(channel, Some(name)).map(|p| p.account.clone())
    }

    /// Providers that do not answer, though attempts have long been under way.
    pub fn hanging(&self, channel: Channel) -> Vec<String> {
        self.providers(channel).iter().filter(|p| p.hangs(Instant::now())).map(|p| p.name.clone()).collect()
    }

    /// Whether a message may leave now; else after how long it should try
    /// again, because its recipient's domain or push service is slow or refuses.
    pub fn admit(&self, out: &Outgoing, window: usize) -> Result<Held, Duration> {
        let (channel, now) = (out.to.channel(), Instant::now());
        let presses = out.is_urgent || out.is_code;
        let domain = match &out.to {
            Address::Email(to) => Some(self.inner.domains.admit(to, window, presses, now)?),
            Address::Push(to) => match &self.inner.push {
                Some(push) => Some(push.admit(to, presses, now)?),
                None => None,
            },
            _ => None,
        };
        let seat = self.provider(channel, out.provider.as_deref()).map(|p| p.seat(now));
        Ok(Held { _seat: seat, _domain: domain })
    }

    /// Waits until the provider of an attempt has a line free; at once where it
    /// has none.
    pub async fn line(&self, channel: Channel, provider: Option<&str>) -> Option<OwnedSemaphorePermit> {
        self.provider(channel, provider)?.line().await
    }

    /// Takes note of how an attempt ended; gives why its provider has to rest.
    pub fn note(&self, channel: Channel, provider: Option<&str>, outcome: &Outcome) -> Option<Trouble> {
        self.provider(channel, provider)?.note(outcome, Instant::now())
    }
}
