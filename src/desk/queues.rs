//! Queues that are older than promised, for whoever coordinates and for whoever
//! runs this.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Desk, Result};
use crate::domain::delivery::{Lane, Pause};
use crate::domain::subscriber::Channel;
use crate::domain::time;
use crate::store::{Tx, delivery_reports, pauses};
use crate::words::english;

/// A channel whose messages wait for longer than promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Late {
    pub channel: Channel,
    /// When the oldest of them should have left.
    pub since: DateTime<Utc>,
    /// Why its providers wait, or the message itself, as far as is known.
    pub reasons: Vec<String>,
}

impl Late {
    /// As people read it: "Email: the oldest message has waited since 8:03am.
    /// There was no answer in time."
    pub fn told(&self, now: DateTime<Utc>) -> String {
        let since = time::near(self.since, now, english());
        let waits = format!("{}: the oldest message has waited since {since}.", self.channel.label());
        std::iter::once(&waits).chain(&self.reasons).map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}

/// A provider that rests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resting {
    pub channel: Channel,
    /// When it is tried again at the latest; `None` once it is.
    pub until: Option<DateTime<Utc>>,
    pub reason: String,
}

impl Resting {
    /// As people read it: "Text message: Twilio asks us to slow down. It is tried again
    /// by 8:03am."
    pub fn told(&self, now: DateTime<Utc>) -> String {
        format!("{}: {}", self.channel.label(), self.why(now))
    }

    /// The same without the channel.
    fn why(&self, now: DateTime<Utc>) -> String {
        let again = match self.until {
            Some(at) => format!("It is tried again by {}.", time::near(at, now, english())),
            None => "It is being tried again.".into(),
        };
        format!("{} {again}", sentence(&self.reason))
    }
}

impl Desk {
    /// The providers that rest at this moment, or that have not taken anything since.
    pub async fn resting(&self, tx: &mut Tx) -> Result<Vec<Resting>> {
        let now = self.now();
        let resting = |p: Pause| {
            let channel = Channel::parse(p.scope.split(' ').next()?)?;
            // That of exercises is another's.
            let is_real = p.scope.split(' ').nth(1) != Some("exercise");
            let until = Some(p.until).filter(|_| !p.is_over(now));
            is_real.then_some(Resting { channel, until, reason: p.reason })
        };
        Ok(pauses::all(tx).await?.into_iter().filter_map(resting).collect())
    }

    /// The channels that are late at this moment.
    pub async fn late(&self, tx: &mut Tx) -> Result<Vec<Late>> {
        let mut oldest = BTreeMap::<Channel, DateTime<Utc>>::new();
        for (channel, _, since) in self.late_lanes(tx).await? {
            oldest.entry(channel).and_modify(|at| *at = since.min(*at)).or_insert(since);
        }
        self.why_late(tx, oldest, None).await
    }

    /// The lanes of channels that are late, and since when.
    pub async fn late_lanes(&self, tx: &mut Tx) -> Result<Vec<(Channel, Lane, DateTime<Utc>)>> {
        let now = self.now();
        let mut waiting = delivery_reports::waiting(tx, now).await?;
        waiting.retain(|(_, lane, since)| lane.is_late(*since, now));
        Ok(waiting)
    }

    /// Why these channels are late, as far as is known; those of one broadcast, or all.
    pub(super) async fn why_late(
        &self,
        tx: &mut Tx,
        oldest: BTreeMap<Channel, DateTime<Utc>>,
        broadcast: Option<Uuid>,
    ) -> Result<Vec<Late>> {
        if oldest.is_empty() {
            return Ok(Vec::new());
        }
        let (now, resting) = (self.now(), self.resting(tx).await?);
        let mut late = Vec::with_capacity(oldest.len());
        for (channel, since) in oldest {
            let own: Vec<&Resting> = resting.iter().filter(|rest| rest.channel == channel).collect();
            let mut reasons: Vec<String> = own.iter().map(|rest| rest.why(now)).collect();
            if let Some(reason) = delivery_reports::put_off_because(tx, channel, broadcast).await?
                && !own.iter().any(|rest| rest.reason == reason)
            {
                reasons.push(sentence(&reason));
            }
            late.push(Late { channel, since, reasons });
        }
        Ok(late)
    }
}

/// A reason as a sentence of its own.
fn sentence(reason: &str) -> String {
    let (first, rest) = reason.split_at(reason.chars().next().map_or(0, char::len_utf8));
    format!("{}{}.", first.to_uppercase(), rest.trim_end_matches('.'))
}
