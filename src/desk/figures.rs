//! What stands in the database, in numbers for whoever watches the machine.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::queues::Resting;
use super::{Desk, Result};
use crate::domain::delivery::{DeliveryState, Lane};
use crate::domain::incident::Kind;
use crate::domain::subscriber::Channel;
use crate::store::{delivery_reports, history, proposals};

/// What waits, and what goes on, at one moment.
#[derive(Debug, Clone)]
pub struct Figures {
    at: DateTime<Utc>,
    waiting: Vec<(Channel, Lane, DateTime<Utc>)>,
    resting: Vec<Resting>,
    /// Messages that have not reached an end.
    pub messages: Vec<(Channel, DeliveryState, i64)>,
    /// Incidents that are not over.
    pub open: Vec<(Kind, i64)>,
    /// Posts that wait for a second person.
    pub approvals: usize,
}

impl Figures {
    /// How long the oldest message of a channel has waited that is due.
    pub fn oldest(&self, channel: Channel) -> Duration {
        let own = self.waiting.iter().filter(|(c, ..)| *c == channel).map(|(.., since)| *since).min();
        own.and_then(|since| (self.at - since).to_std().ok()).unwrap_or_default()
    }

    /// How many queues of a channel are older than promised.
    pub fn late(&self, channel: Channel) -> usize {
        let is_late = |(c, lane, since): &&(Channel, Lane, DateTime<Utc>)| {
            *c == channel && lane.is_late(*since, self.at)
        };
        self.waiting.iter().filter(is_late).count()
    }

    /// How many providers of a channel take nothing for now.
    pub fn resting(&self, channel: Channel) -> usize {
        self.resting.iter().filter(|resting| resting.channel == channel).count()
    }
}

impl Desk {
    /// What waits, and what goes on, at this moment.
    pub async fn figures(&self) -> Result<Figures> {
        let at = self.now();
        let mut tx = self.db.read().await?;
        Ok(Figures {
            at,
            waiting: delivery_reports::waiting(&mut tx, at).await?,
            resting: self.resting(&mut tx).await?,
            messages: delivery_reports::under_way(&mut tx).await?,
            open: history::open(&mut tx).await?,
            approvals: proposals::waiting(&mut tx).await?.len(),
        })
    }
}
