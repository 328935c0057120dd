//! How far a message on its way out has come, as staff read it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::counting::Outcomes;
use super::queues::{Late, Resting};
use super::sending::{STOPPED_IT, is_closed};
use super::{Desk, Result};
use crate::domain::cost::{Charged, Spent};
use crate::domain::delivery::{DeliveryState, Holding, Lane};
use crate::domain::subscriber::Channel;
use crate::domain::user::Actor;
use crate::store::holding::{self, Held};
use crate::store::{Tx, audit, broadcasts};

/// Why what was stopped is not sent, where it was under way by then.
pub const STOPPED: &str = "the update was stopped";

/// Reasons on one screen.
const REASONS: usize = 50;

/// How far an update, or a step of planned work, has come.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Progress {
    /// Its audience is still being put together.
    pub is_preparing: bool,
    /// It was stopped or taken back, or a newer update took its place: nothing of it
    /// is sent again.
    pub is_closed: bool,
    /// It waits for a second person.
    pub is_unapproved: bool,
    pub counts: BTreeMap<(Channel, DeliveryState), u64>,
    /// How fast each channel goes.
    pub paces: BTreeMap<Channel, Pace>,
    /// Why some failed, the most frequent first.
    pub failures: Vec<Failure>,
    /// Why some are not told, the most frequent first.
    pub withheld: Vec<(String, u64)>,
    pub held: Option<Held>,
    /// What people did last to its sending.
    pub done: Vec<Done>,
    /// Its channels that are late.
    pub late: Vec<Late>,
    /// Its other channels of which a provider rests while messages wait.
    pub resting: Vec<Resting>,
    /// What providers charge for so far, and what that costs.
    pub charged: Vec<Charged>,
    pub spent: Option<Spent>,
}

/// How fast a channel goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pace {
    /// Due and not handed over yet.
    pub waiting: u64,
    /// Handed over in the last minute.
    pub per_minute: u64,
    /// How many wait because their readers had their share, and until when the last.
    pub shared: u64,
    pub shared_until: Option<DateTime<Utc>>,
    /// How many wait to be let go, of an audience that is told in steps.
    pub held: u64,
    /// When the oldest that waits was first due.
    pub since: Option<DateTime<Utc>>,
    /// A provider of it rests, so that nobody knows how fast it will go on.
    pub rests: bool,
}

impl Pace {
    /// How long it goes on at this rate, in minutes; `None` when nothing waits or
    /// nothing moves, or where a provider rests.
    pub fn minutes_left(&self) -> Option<u64> {
        let moves = self.waiting > 0 && self.per_minute > 0 && !self.rests;
        moves.then(|| self.waiting.div_ceil(self.per_minute))
    }
}

/// Something that a person did to the sending: it is on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// "stop_sending", "send_on", "retry" or "refuse".
    pub verb: String,
    pub actor: Uuid,
    pub by: String,
    pub at: DateTime<Utc>,
    /// How many messages it changed.
    pub messages: u64,
    /// Why, where they had to say.
    pub because: String,
}

/// Why some messages failed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Failure {
    pub reason: String,
    pub number: u64,
    /// How many of them may still reach somebody.
    pub may_reach: u64,
}

impl Progress {
    fn sum(&self, states: &[DeliveryState]) -> u64 {
        self.counts.iter().filter(|((_, s), _)| states.contains(s)).map(|(_, n)| n).sum()
    }

    pub fn due(&self) -> u64 {
        self.counts.values().sum()
    }

    /// What has not ended: what waits, and what may have to be sent again.
    pub fn pending(&self) -> u64 {
        self.sum(&[DeliveryState::Queued, DeliveryState::Sending, DeliveryState::Unclear])
    }

    /// The last time that somebody did this.
    pub fn last(&self, verb: &str) -> Option<&Done> {
        self.done.iter().rev().find(|done| done.verb == verb)
    }

    /// The channels of which most wait to be let go.
    pub fn held_channels(&self) -> Vec<Channel> {
        self.paces.iter().filter(|(_, pace)| pace.held > 0).map(|(channel, _)| *channel).collect()
    }

    /// Takes in what was counted.
    fn count(&mut self, counted: &Outcomes) {
        let mut failures: BTreeMap<&str, Failure> = BTreeMap::new();
        let mut withheld: BTreeMap<&str, u64> = BTreeMap::new();
        for tally in &counted.tallies {
            *self.counts.entry((tally.channel, tally.state)).or_default() += tally.number;
            let pace = self.paces.entry(tally.channel).or_default();
            pace.shared += tally.shared;
            pace.shared_until = pace.shared_until.max(tally.shared_until);
            pace.held += tally.held;
            pace.since = pace.since.into_iter().chain(tally.since).min();
            match tally.state {
                DeliveryState::Queued | DeliveryState::Sending => {
                    pace.waiting += tally.number - tally.later.min(tally.number);
                }
                DeliveryState::Failed => {
                    let failure = failures.entry(&tally.reason).or_default();
                    failure.reason.clone_from(&tally.reason);
                    failure.number += tally.number;
                    failure.may_reach += tally.may_reach;
                }
                DeliveryState::Suppressed => *withheld.entry(&tally.reason).or_default() += tally.number,
                _ => {}
            }
        }
        for (channel, taken) in &counted.per_minute {
            self.paces.entry(*channel).or_default().per_minute = *taken;
        }
        self.failures = failures.into_values().collect();
        self.failures.sort_by_key(|failure| Reverse(failure.number));
        self.failures.truncate(REASONS);
        // Who stopped it is told once, also of what was under way by then.
        if let Some(by) = withheld.keys().copied().find(|reason| reason.ends_with(STOPPED_IT)) {
            let more = withheld.remove(STOPPED).unwrap_or_default();
            *withheld.entry(by).or_default() += more;
        }
        self.withheld = withheld.into_iter().map(|(reason, number)| (reason.to_owned(), number)).collect();
        self.withheld.sort_by_key(|(_, number)| Reverse(*number));
        self.withheld.truncate(REASONS);
    }
}

impl Desk {
    /// How far an update of theirs, or from below, has come.
    pub async fn progress(&self, who: &Actor, update: Uuid) -> Result<Progress> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        self.teller_seen_by(&mut tx, who, update, &directory).await?;
        let counted = self.outcomes(&mut tx, update).await?;
        let broadcast = broadcasts::find(&mut tx, update).await?;
        let lane = broadcast.as_ref().and_then(|b| Lane::of_order(b.lane));
        let is_closed = broadcast.as_ref().is_some_and(is_closed);
        let held = holding::of(&mut tx, update).await?.filter(|h| h.holding != Holding::Released);
        let is_unapproved = held.is_some_and(|h| h.holding == Holding::Unapproved);
        let mut progress = Progress {
            is_preparing: broadcast.is_some_and(|b| b.expanded_at.is_none()) && !is_unapproved,
            is_closed,
            is_unapproved: is_unapproved && !is_closed,
            held,
            spent: self.prices.spent(&counted.charged),
            charged: counted.charged.clone(),
            done: done(&mut tx, update).await?,
            ..Progress::default()
        };
        progress.count(&counted);
        if progress.is_closed {
            return Ok(progress);
        }
        let (now, lane) = (self.now(), lane.unwrap_or(Lane::Routine));
        let oldest = progress.paces.iter().filter_map(|(channel, pace)| Some((*channel, pace.since?)));
        let oldest = oldest.filter(|(_, since)| lane.is_late(*since, now)).collect();
        progress.late = self.why_late(&mut tx, oldest, Some(update)).await?;
        for rest in self.resting(&mut tx).await? {
            let Some(pace) = progress.paces.get_mut(&rest.channel) else { continue };
            pace.rests = true;
            // Whatever is late says why already.
            if pace.waiting > 0 && !progress.late.iter().any(|late| late.channel == rest.channel) {
                progress.resting.push(rest);
            }
        }
        Ok(progress)
    }
}

/// What people did to the sending of an update, in order.
async fn done(tx: &mut Tx, update: Uuid) -> Result<Vec<Done>> {
    let ours = ["stop_sending", "send_on", "retry", "refuse"];
    let all = audit::about(tx, &[update.to_string()]).await?;
    let ours = all.into_iter().filter(|entry| ours.contains(&entry.action.as_str()));
    Ok(ours
        .map(|entry| Done {
            messages: entry.detail["messages"].as_u64().unwrap_or(0),
            because: entry.detail["reason"].as_str().unwrap_or_default().to_owned(),
            verb: entry.action,
            actor: entry.actor,
            by: entry.actor_name,
            at: entry.at,
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::delivery_reports::Tally;

    #[test]
    fn each_channel_has_its_own_rate_and_what_is_not_due_does_not_count() {
        let until: DateTime<Utc> = "2024-07-19T09:00:00Z".parse().unwrap();
        let tally = |channel, state, number, (later, shared)| Tally {
            channel,
            state,
            reason: String::new(),
            number,
            lately: 0,
            may_reach: 0,
            later,
            shared,
            shared_until: (shared > 0).then_some(until),
            held: 0,
            since: None,
        };
        let (queued, sending) = (DeliveryState::Queued, DeliveryState::Sending);
        let counted = Outcomes {
            tallies: vec![
                tally(Channel::Email, queued, 100, (70, 70)),
                tally(Channel::Email, sending, 10, (0, 0)),
                tally(Channel::Sms, queued, 50, (0, 0)),
            ],
            per_minute: [(Channel::Email, 20)].into(),
            charged: Vec::new(),
        };
        let mut progress = Progress::default();
        progress.count(&counted);
        let email = &progress.paces[&Channel::Email];
        assert_eq!((email.waiting, email.minutes_left()), (40, Some(2)));
        assert_eq!((email.shared, email.shared_until), (70, Some(until)));
        assert_eq!(progress.paces[&Channel::Sms].minutes_left(), None, "nothing moves");
        assert_eq!(Pace { rests: true, ..*email }.minutes_left(), None);
    }
    #[test]
    fn who_stopped_it_is_one_reason() {
        let tally = |reason: &str, number| Tally {
            channel: Channel::Email,
            state: DeliveryState::Suppressed,
            reason: reason.into(),
            number,
            lately: 0,
            may_reach: 0,
            later: 0,
            shared: 0,
            shared_until: None,
            held: 0,
            since: None,
        };
        let tallies = vec![tally("Cora stopped it", 200), tally(STOPPED, 32), tally("they left", 1)];
        let mut progress = Progress::default();
        progress.count(&Outcomes { tallies, ..Outcomes::default() });
        assert_eq!(progress.withheld, [("Cora stopped it".into(), 232), ("they left".into(), 1)]);
    }
}
