//! Looking back further than the pages in memory do: months past, and single
//! incidents, however old. A reader pays with one read transaction.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Months, NaiveDate, Utc};
use uuid::Uuid;

use super::{Desk, DeskError, Result};
use crate::domain::facts::{self, Facts, Situation};
use crate::domain::org::{Directory, OrgCode};
use crate::domain::planned::{Outlook, Window};
use crate::domain::time::from_wall;
use crate::domain::uptime;
use crate::store::{history, planned};

/// What went on in one month.
pub struct Month {
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    situation: Situation,
    directory: Arc<Directory>,
}

/// A plan with those of its windows that lie in a month.
fn within(plan: &Outlook, from: DateTime<Utc>, to: DateTime<Utc>) -> Arc<Outlook> {
    let is_in = |window: &&Window| window.starts_at < to && window.ends_at > from;
    Arc::new(Outlook {
        planned: plan.planned.clone(),
        windows: plan.windows.iter().filter(is_in).cloned().collect(),
    })
}

/// How long a reader waits for their turn.
const TURN: Duration = Duration::from_secs(5);

impl Desk {
    /// What reached an organisation in one month; `None` where there is no
    /// such organisation. Who is reached is worked out from what is recorded
    /// today: nobody keeps which system a surgery used then.
    pub async fn past_month(&self, code: &OrgCode, first: NaiveDate) -> Result<Option<Facts>> {
        Ok(self.facts_of_month(code, &self.month(first).await?))
    }

    /// Everything that went on in one month, for all organisations.
    pub async fn month(&self, first: NaiveDate) -> Result<Month> {
        let _turn = self.turn().await?;
        let begins = |month: NaiveDate| from_wall(month.and_time(chrono::NaiveTime::MIN));
        let next = first.checked_add_months(Months::new(1)).unwrap_or(first);
        let (from, to) = (begins(first), begins(next));
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let mut situation = history::between(&mut tx, from, to).await?;
        situation.planned =
            planned::near(&mut tx, to).await?.iter().map(|plan| within(plan, from, to)).collect();
        Ok(Month { from, to, situation, directory })
    }

    /// What of a month concerns an organisation, also what it said of itself.
    pub fn facts_of_month(&self, code: &OrgCode, month: &Month) -> Option<Facts> {
        let mut facts = self.facts_of(code, &month.situation, &month.directory)?;
        facts.incidents.retain(|fact| {
            let end = uptime::ended(fact);
            fact.incident.created_at < month.to && end.is_none_or(|end| end > month.from)
        });
        Some(facts)
    }

    /// One incident as an organisation's page tells it; no incident where it
    /// did not reach the organisation.
    pub async fn past_incident(&self, code: &OrgCode, id: Uuid) -> Result<Option<Facts>> {
        let _turn = self.turn().await?;
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let mut situation = history::one_of_all(&mut tx, id, self.now()).await?;
        // What the place said of itself, and those above of it, has an address too; and it may
        // have confirmed an end by it.
        for (speaker, _) in directory.heard_at(code).iter() {
            situation.local_past.extend(history::local_of(&mut tx, speaker).await?);
        }
        let facts = self.facts_of(code, &situation, &directory).map(|facts| {
            let mut facts = facts.with_slowed(self.now());
            facts.incidents.retain(|i| i.incident.id == id);
            facts
        });
        Ok(facts.filter(|f| !f.incidents.is_empty()))
    }

    /// What was said about an organisation, also by itself and what slowed it down.
    pub fn facts_of(&self, code: &OrgCode, situation: &Situation, directory: &Directory) -> Option<Facts> {
        let of = |code: &OrgCode| {
            directory.get(code).map(|org| facts::facts(org, situation, directory, &self.catalogue))
        };
        let now = self.now();
        of(code).map(|facts| facts.with_spells(now).with_delays(situation, directory, of, now))
    }

    pub(super) async fn turn(&self) -> Result<tokio::sync::OwnedSemaphorePermit> {
        let turn = Arc::clone(&self.looking_back).acquire_owned();
        match tokio::time::timeout(TURN, turn).await {
            Ok(Ok(permit)) => Ok(permit),
            _ => Err(DeskError::Conflict("Many people are looking back at this moment.".into())),
        }
    }
}
