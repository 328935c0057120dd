//! What a region sees: who is hit, who has not answered, what is overdue.
//!
//! Where every place of the country stands is worked out once for each change
//! and each minute, whoever looks at which board; a board only adds up.

mod filter;
mod on;
mod shown;
mod standings;
mod word;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::asking::Progress;
use super::queues::Late;
use super::statements::Heard;
use super::{Desk, DeskError, Result};
use crate::domain::cascade;
use crate::domain::centre::Centre;
use crate::domain::facts;
use crate::domain::incident::{Incident, Kind};
use crate::domain::org::{Directory, Org, OrgCode, OrgStatus};
use crate::domain::time::floor_minute;
use crate::domain::user::{Action, Actor};
use crate::domain::word::Word;
use crate::store::chases::{self, Chase};
use crate::store::delivery_reports::{self, Sent};
use crate::store::{self, Tx, calls, incidents};

pub use self::filter::{Filter, Only, Parts};
use self::shown::Shown;
use self::standings::{Key, add, forget_what_nobody_waits_for, standing};
pub use self::standings::{Standing, Standings};

/// For how long the messages of what is over are counted.
const SENT_LATELY: Duration = Duration::hours(24);

/// How many organisations stand where. Each organisation counts once, however
/// many incidents reach it: its most worrying answer counts, or that on the one
/// incident that was asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Counts {
    /// Said that they are affected.
    pub affected: usize,
    pub not_affected: usize,
    pub busy: usize,
    pub recovered: usize,
    /// Reached by an open incident and silent.
    pub silent: usize,
    /// Their page is overdue or expired; on a board about one incident, because of that.
    pub overdue: usize,
    /// Perhaps reached: nobody recorded which system they use.
    pub unknown: usize,
    /// Their phones are down.
    pub phones_down: usize,
    /// Their phones were down, and nobody knows whether they still are.
    pub phones_not_known: usize,
    /// They ask patients not to come.
    pub turning_away: usize,
    /// All that see patients.
    pub organisations: usize,
}

/// One place on the board.
#[derive(Debug, Clone)]
pub struct Site {
    pub org: Arc<Org>,
    pub standing: Standing,
    /// Its word on what the board is about; `None` when nothing reaches it.
    pub word: Option<Word>,
}

/// A part of the board.
#[derive(Debug, Clone)]
pub struct Row {
    pub org: Arc<Org>,
    pub counts: Counts,
    pub has_children: bool,
}

/// The board for one scope.
#[derive(Debug, Clone)]
pub struct Board {
    pub scope: Arc<Org>,
    /// Where the scope is a command centre.
    pub centre: Option<Arc<Centre>>,
    /// What it is about alone, open or over.
    pub on: Option<Arc<Incident>>,
    /// Whether what it is about is real.
    pub kind: Kind,
    pub counts: Counts,
    pub rows: Vec<Row>,
    /// What stands in none of the rows.
    pub rest: Counts,
    /// The kinds of parts that it could be added up by, besides what is directly below.
    pub kinds_of_parts: Vec<Parts>,
    /// Every place that the filter lets through, in order of code.
    pub sites: Vec<Site>,
    /// All that are open here, with how many organisations each reaches here.
    pub incidents: Vec<(Arc<Incident>, usize)>,
    /// Over as others say; so many places here have not said that they are back to normal.
    pub awaited: Vec<(Arc<Incident>, usize)>,
    /// Of those that were declared here or below: how far the asking has come.
    pub asking: HashMap<Uuid, Progress>,
    pub sent: Sent,
    /// Updates told from the scope or below it that halted themselves: id and title.
    pub halted: Vec<(Uuid, String)>,
    /// Channels whose messages wait for longer than promised.
    pub late: Vec<Late>,
    /// How many proposals wait for a second person.
    pub approvals: usize,
    /// What suppliers and partner bodies say that concerns this part.
    pub words: Vec<Heard>,
    /// When the next situation report is due here or below, and about what.
    pub next_report: Option<(DateTime<Utc>, String)>,
}

impl Desk {
    /// Whether they may look at a board.
    pub async fn may_see_board(&self, who: &Actor, scope: &OrgCode) -> Result<()> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        directory.get(scope).ok_or(DeskError::NotFound("This organisation"))?;
        Ok(who.may(Action::See, scope, &directory)?)
    }

    /// The board at `scope`, which must be theirs or below, added up by `parts`.
    pub async fn board(&self, who: &Actor, scope: &OrgCode, filter: &Filter, parts: Parts) -> Result<Board> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let org = directory.get(scope).ok_or(DeskError::NotFound("This organisation"))?;
        who.may(Action::See, scope, &directory)?;
        let all = self.standings(&mut tx, &directory).await?;
        let mine = all.open.iter().filter(|i| self.is_of(i, scope, &directory));
        let mut mine: Vec<(Arc<Incident>, usize)> =
            mine.map(|i| (Arc::clone(i), self.reached_below(i, scope, &directory))).collect();
        let on = match filter.incident {
            Some(id) => self.on(&mut tx, &all, (id, scope), &directory).await?,
            None => None,
        };
        let on = on.as_deref();
        let is_about = |i: &Incident| filter.is_about(i, &self.catalogue);
        let mut awaited = all.awaited_below(scope, &directory);
        awaited.retain(|(i, _)| is_about(i));
        // What is not real is alone on its board.
        let kind = on.map_or(Kind::Live, |on| on.incident.kind);
        let is_real = kind == Kind::Live;
        let lately = all.over.iter().filter(|i| i.ended_at() > self.now() - SENT_LATELY);
        let lately = lately.filter(|i| self.reached_below(i, scope, &directory) > 0);
        let told = mine.iter().map(|(i, _)| i).chain(lately).filter(|i| i.kind == Kind::Live && is_about(i));
        let told: Vec<Uuid> = match on {
            Some(on) => vec![on.incident.id],
            None => told.map(|i| i.id).collect(),
        };
        let is_below = |code: &OrgCode| directory.is_at_or_below(code, scope);
        let sent = delivery_reports::sent_about(&mut tx, &told, is_below).await?;
        let asking = self.how_far(&mut tx, scope, &all, &mine, &directory).await?;
        let (mut late, mut halted, mut approvals) = (Vec::new(), Vec::new(), 0);
        if is_real {
            late = self.late(&mut tx).await?;
            halted = self.halted_below(&mut tx, scope, &directory).await?;
            approvals = self.count_waiting(&mut tx, scope, &directory).await?;
        }
        // What is real comes first.
        mine.sort_by_key(|(i, _)| i.kind != Kind::Live);
        let about: Vec<_> = mine.iter().filter(|(i, _)| is_about(i)).cloned().collect();
        let next_report = self.next_report(&mut tx, scope, &about, &directory).await?;
        drop(tx);
        let mut words = self.heard_at(scope, &all, &mine, &directory);
        words.retain(|heard| is_real && filter.concerns(&heard.statement, &mine, &self.catalogue));
        let (directory, below) = (directory.as_ref(), directory.below(scope));
        let shown = Shown { directory, all: &all, filter, on, catalogue: &self.catalogue, scope, below };
        Ok(Board {
            scope: Arc::clone(org),
            centre: directory.centre(scope).cloned(),
            on: on.map(|on| Arc::clone(&on.incident)),
            kind,
            counts: shown.counts(scope),
            rows: shown.rows(parts),
            rest: shown.rest(parts),
            kinds_of_parts: shown.kinds_of_parts(),
            sites: shown.sites(),
            incidents: mine,
            awaited,
            asking,
            sent,
            halted,
            late,
            approvals,
            words,
            next_report,
        })
    }

    /// How far the asking has come, for what was declared here or below.
    async fn how_far(
        &self,
        tx: &mut Tx,
        scope: &OrgCode,
        all: &Standings,
        open: &[(Arc<Incident>, usize)],
        directory: &Directory,
    ) -> Result<HashMap<Uuid, Progress>> {
        let mut chases: HashMap<Uuid, Chase> =
            chases::of_open(tx).await?.into_iter().map(|c| (c.incident_id, c)).collect();
        let theirs = open.iter().filter(|(i, _)| directory.is_at_or_below(&i.declared_by, scope));
        let asking = theirs.filter_map(|(i, _)| {
            let tally = *all.asked.get(&i.id)?;
            let chase = chases.remove(&i.id);
            Some((i.id, Progress { is_open: true, is_withdrawn: false, tally, awaited: 0, chase }))
        });
        Ok(asking.collect())
    }

    /// Whether an incident is of a board's scope: it reaches a place there, or was declared there.
    fn is_of(&self, incident: &Incident, scope: &OrgCode, directory: &Directory) -> bool {
        directory.is_at_or_below(&incident.declared_by, scope)
            || self.reached_below(incident, scope, directory) > 0
    }

    /// How many places, as they are listed: a head office sees no patients.
    fn reached_below(&self, incident: &Incident, scope: &OrgCode, directory: &Directory) -> usize {
        let sees_patients = |code: &OrgCode| directory.get(code).is_some_and(|o| o.kind.sees_patients());
        cascade::reach(&incident.target, directory, &self.catalogue)
            .iter()
            .filter(|code| directory.is_at_or_below(code, scope) && sees_patients(code))
            .count()
    }

    /// Where every place stands; worked out anew when something was said, the
    /// directory changed, or a minute has passed.
    async fn standings(&self, tx: &mut Tx, directory: &Directory) -> Result<Arc<Standings>> {
        let now = self.now();
        let key = Key {
            situation: store::revision(tx, "situation").await?,
            directory: store::revision(tx, "directory").await?,
            minute: floor_minute(now),
        };
        // One works it out, and the others wait for it.
        let mut kept = self.standings.lock().await;
        if let Some(known) = kept.as_ref().filter(|known| known.key == key) {
            return Ok(Arc::clone(known));
        }
        let situation = incidents::situation(tx, now).await?;
        let everywhere = facts::Everywhere::new(&situation, directory, &self.catalogue);
        let mut places: BTreeMap<OrgCode, Standing> = directory
            .iter()
            .filter(|org| org.kind.sees_patients() && org.status == OrgStatus::Active)
            .map(|org| (org.code.clone(), standing(&everywhere.facts(org), now)))
            .collect();
        let (open, over): (Vec<_>, Vec<_>) = situation.incidents.iter().cloned().partition(|i| i.is_open());
        forget_what_nobody_waits_for(&mut places);
        // Who is on duty may have changed for as long as a minute.
        let staffed = calls::staffed(tx).await?;
        let tally = |i: &Arc<Incident>| {
            let has_answered =
                |site: &OrgCode| cascade::answer(i, site, &situation.responses, directory).is_some();
            self.tally(i, has_answered, &staffed, directory)
        };
        let asked = open.iter().map(|i| (i.id, tally(i))).collect();
        let fresh = Arc::new(Standings {
            key,
            places,
            open,
            asked,
            on: Default::default(),
            statements: situation.statements.clone(),
            over,
        });
        *kept = Some(Arc::clone(&fresh));
        Ok(fresh)
    }
}
