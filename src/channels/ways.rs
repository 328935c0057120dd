//! Who may take the next messages of a channel, and how many.

use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use tokio::sync::OwnedSemaphorePermit;

use super::Channels;
use super::domains::DomainSeat;
use super::provider::{Provider, Seat, Trouble};
use crate::domain::channel::Channel;
use crate::domain::delivery::{Address, Outcome, Outgoing, Pause};

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

impl Channels {
    /// The ways by which the next messages may leave, given what waits. The
    /// first provider that is well leads.
    pub fn ways(&self, channel: Channel, window: usize, pauses: &[Pause], now: DateTime<Utc>) -> Vec<Way> {
        let providers = self.providers(channel);
        let way = |p: &Provider, leads, trial: bool| {
            let room = if trial { 1 } else { window };
            let room = p.room(room.saturating_sub(p.busy()), Instant::now());
            Way { provider: Some(p.name.clone()), room, leads, trial }
        };
        if !self.is_live(channel) || providers.is_empty() {
            return vec![Way { provider: None, room: window, leads: true, trial: false }];
        }
        let (mut ways, mut leads) = (Vec::new(), true);
        for provider in providers {
            match pauses.iter().find(|p| p.scope == scope(channel, &provider.name)) {
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
            let own = scope(channel, &p.name);
            p.busy() == 0 && pauses.iter().any(|pause| pause.scope == own && pause.is_over(now))
        };
        if ways.iter().all(|way| !way.leads) {
            // Nobody is well: whoever may be asked again is tried with one.
            ways.extend(providers.iter().find(over).map(|p| way(p, true, true)));
        }
        ways
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
