//! What a page said at any moment: the facts are worked out once more, from
//! what was recorded by then.

use chrono::{DateTime, Days, Utc};

use super::{Desk, DeskError, Result};
use crate::domain::facts::{self, Facts};
use crate::domain::org::{Directory, OrgCode};
use crate::domain::time::{from_wall, london};
use crate::domain::user::{Action, Actor};
use crate::store::{Tx, as_of, directory_past};

/// The most moments of a day that are worked out.
const MAX_MOMENTS: usize = 100;

/// A page at one moment.
#[derive(Debug, Clone)]
pub struct PastPage {
    pub at: DateTime<Utc>,
    pub facts: Facts,
    /// When the first incident of all was declared, as far as it was by then.
    pub since: Option<DateTime<Utc>>,
}

/// A moment at which a page began to say something else.
#[derive(Debug, Clone)]
pub struct Change {
    pub at: DateTime<Utc>,
    pub headline: String,
    /// What stood on it then, a line each.
    pub lines: Vec<String>,
}

impl Desk {
    /// What the page of an organisation at or below theirs said at a moment.
    pub async fn page_at(&self, who: &Actor, code: &OrgCode, at: DateTime<Utc>) -> Result<PastPage> {
        if at > self.now() {
            let detail = "This time is yet to come. Choose one that has passed.";
            return Err(DeskError::field("/time", detail));
        }
        let _turn = self.turn().await?;
        let mut tx = self.db.read().await?;
        self.may_see_page(&mut tx, who, code).await?;
        let directory = directory_past::directory(&mut tx, at, london(at).date_naive()).await?;
        self.past_page(&mut tx, code, at, &directory).await
    }

    async fn past_page(
        &self,
        tx: &mut Tx,
        code: &OrgCode,
        at: DateTime<Utc>,
        directory: &Directory,
    ) -> Result<PastPage> {
        let none = "Nothing is on record of this organisation at that time. Choose a later one.";
        let org = directory.get(code).ok_or_else(|| DeskError::field("/time", none))?;
        let situation = as_of::situation_of(tx, at, &above(code, directory), code).await?;
        let facts = facts::facts(org, &situation, directory, &self.catalogue);
        Ok(PastPage { at, facts, since: situation.since })
    }

    /// Whoever stands above it today may look back.
    async fn may_see_page(&self, tx: &mut Tx, who: &Actor, code: &OrgCode) -> Result<()> {
        let none = || DeskError::NotFound("This organisation");
        let directory = self.directory(tx).await?;
        directory.get(code).ok_or_else(none)?;
        who.may(Action::See, code, &directory).map_err(|_| none())
    }

    /// Every moment of a day, in London, at which the page of an organisation
    /// began to say something else, until `now` at most: because somebody said
    /// it, or because its time had come. `words` says what a page says, so that
    /// two moments can be compared.
    pub async fn changes_of_day<F>(
        &self,
        who: &Actor,
        code: &OrgCode,
        at: DateTime<Utc>,
        words: F,
    ) -> Result<Vec<Change>>
    where
        F: Fn(&PastPage) -> Change,
    {
        let day = london(at).date_naive();
        let begins = |day: chrono::NaiveDate| from_wall(day.and_time(chrono::NaiveTime::MIN));
        let from = begins(day);
        let to = begins(day.checked_add_days(Days::new(1)).unwrap_or(day)).min(self.now());
        let _turn = self.turn().await?;
        let mut tx = self.db.read().await?;
        self.may_see_page(&mut tx, who, code).await?;
        // The places of that day's end: a change of them is no word of anybody.
        let directory = directory_past::directory(&mut tx, to, day).await?;
        let above = above(code, &directory);
        let mut moments = as_of::moments(&mut tx, from, to, &above).await?;
        moments.truncate(MAX_MOMENTS);
        let mut out: Vec<Change> = Vec::new();
        let mut waiting: Vec<DateTime<Utc>> = std::iter::once(from).chain(moments).collect();
        waiting.reverse();
        let mut looked = 0;
        while let Some(at) = waiting.pop().filter(|_| looked < MAX_MOMENTS * 2) {
            looked += 1;
            let page = self.past_page(&mut tx, code, at, &directory).await?;
            // What the clock does before anybody speaks again.
            let until = waiting.last().copied().unwrap_or(to);
            let next = page.facts.deadlines().filter(|d| *d > at && *d < until).min();
            waiting.extend(next);
            let change = words(&page);
            let same = |c: &Change| c.headline == change.headline && c.lines == change.lines;
            if !out.last().is_some_and(same) {
                out.push(change);
            }
        }
        Ok(out)
    }
}

fn above(code: &OrgCode, directory: &Directory) -> Vec<OrgCode> {
    directory.heard_at(code).iter().map(|(c, _)| c.clone()).collect()
}
