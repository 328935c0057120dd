//! Queues that are older than promised, for whoever coordinates and for whoever
//! runs this.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::{Desk, Result};
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

impl Desk {
    /// The channels that are late at this moment.
    pub async fn late(&self, tx: &mut Tx) -> Result<Vec<Late>> {
        let now = self.now();
        let mut oldest = BTreeMap::<Channel, DateTime<Utc>>::new();
        for (channel, lane, since) in delivery_reports::waiting(tx, now).await? {
            if now - since > chrono::Duration::from_std(lane.promise()).unwrap_or_default() {
                oldest.entry(channel).and_modify(|at| *at = since.min(*at)).or_insert(since);
            }
        }
        if oldest.is_empty() {
            return Ok(Vec::new());
        }
        let pauses = pauses::all(tx).await?;
        let mut late = Vec::with_capacity(oldest.len());
        for (channel, since) in oldest {
            let own = pauses.iter().filter(|p| p.scope.split(' ').next() == Some(channel.as_str()));
            let mut reasons: Vec<String> = own.map(|p| p.reason.clone()).collect();
            if let Some(reason) = delivery_reports::put_off_because(tx, channel).await?
                && !reasons.contains(&reason)
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
