//! What a region sees: who is hit, who has not answered, what is overdue.
//!
//! Where every place of the country stands is worked out once for each change
//! and each minute, whoever looks at which board; a board only adds up.

mod filter;
mod shown;
mod standings;
mod word;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::asking::Progress;
use super::exercises::as_if_real;
use super::queues::Late;
use super::statements::Heard;
use super::{Desk, DeskError, Result};
use crate::domain::cascade;
use crate::domain::centre::Centre;
use crate::domain::delivery::DeliveryState;
use crate::domain::facts::{self, Situation};
use crate::domain::incident::{Incident, Kind};
use crate::domain::org::{Directory, Org, OrgCode, OrgStatus};
use crate::domain::time::floor_minute;
use crate::domain::user::{Action, Actor};
use crate::store::chases::{self, Chase};
use crate::store::{self, Tx, calls, delivery_reports, incidents};

pub use self::filter::{Filter, Only, Parts};
use self::shown::Shown;
use self::standings::{Key, add, forget_what_nobody_waits_for, standing};
pub use self::standings::{Standing, Standings};
pub use self::word::Word;

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
    /// Their page is overdue or expired.
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
    pub deliveries: BTreeMap<DeliveryState, i64>,
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
        let mine: Vec<(Arc<Incident>, usize)> = all
            .open
            .iter()
            .map(|i| (Arc::clone(i), self.reached_below(i, scope, &directory)))
            .filter(|(i, n)| *n > 0 || directory.is_at_or_below(&i.declared_by, scope))
            .collect();
        let is_about = |i: &Incident| filter.is_about(i, &self.catalogue);
        let mut awaited = all.awaited_below(scope, &directory);
        awaited.retain(|(i, _)| is_about(i));
        // What is not real is alone on its board.
        let kind =
            mine.iter().find(|(i, _)| filter.incident == Some(i.id)).map_or(Kind::Live, |(i, _)| i.kind);
        let is_real = kind == Kind::Live;
        let lately = all.over.iter().filter(|i| i.ended_at() > self.now() - SENT_LATELY);
        let lately = lately.filter(|i| self.reached_below(i, scope, &directory) > 0).map(Arc::clone);
        let told: Vec<Arc<Incident>> = mine.iter().map(|(i, _)| Arc::clone(i)).chain(lately).collect();
        let deliveries = self.sent_below(&mut tx, scope, filter, &told, &directory).await?;
        let asking = self.how_far(&mut tx, scope, &all, &mine, &directory).await?;
        let (mut late, mut halted, mut approvals) = (Vec::new(), Vec::new(), 0);
        if is_real {
            late = self.late(&mut tx).await?;
            halted = self.halted_below(&mut tx, scope, &directory).await?;
            approvals = self.count_waiting(&mut tx, scope, &directory).await?;
        }
        let about: Vec<_> = mine.iter().filter(|(i, _)| is_about(i)).cloned().collect();
        let next_report = self.next_report(&mut tx, scope, &about, &directory).await?;
        drop(tx);
        let mut words = self.heard_at(scope, &all, &mine, &directory);
        words.retain(|heard| is_real && filter.concerns(&heard.statement, &mine, &self.catalogue));
        let (directory, below) = (directory.as_ref(), directory.below(scope));
        let shown = Shown { directory, all: &all, filter, catalogue: &self.catalogue, scope, below };
        Ok(Board {
            scope: Arc::clone(org),
            centre: directory.centre(scope).cloned(),
            kind,
            counts: shown.counts(scope),
            rows: shown.rows(parts),
            rest: shown.rest(parts),
            kinds_of_parts: shown.kinds_of_parts(),
            sites: shown.sites(),
            incidents: mine,
            awaited,
            asking,
            deliveries,
            halted,
            late,
            approvals,
            words,
            next_report,
        })
    }

    /// The messages of the incidents that the board is about, to people below it. Those of
    /// exercises and tests count on the board about one alone.
    async fn sent_below(
        &self,
        tx: &mut Tx,
        scope: &OrgCode,
        filter: &Filter,
        told: &[Arc<Incident>],
        directory: &Directory,
    ) -> Result<BTreeMap<DeliveryState, i64>> {
        let about = told.iter().filter(|i| filter.is_about(i, &self.catalogue));
        let about = about.filter(|i| i.kind == Kind::Live || filter.incident == Some(i.id));
        let ids: Vec<_> = about.map(|i| i.id).collect();
        let mut deliveries = BTreeMap::new();
        for (organisation, state, number) in delivery_reports::counts_of_incidents(tx, &ids).await? {
            if directory.is_at_or_below(&organisation, scope) {
                *deliveries.entry(state).or_default() += number;
            }
        }
        Ok(deliveries)
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
            Some((i.id, Progress { is_open: true, tally, awaited: 0, chase: chases.remove(&i.id) }))
        });
        Ok(asking.collect())
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
        let unreal = open.iter().filter(|i| i.kind != Kind::Live);
        let practised = unreal.map(|i| (i.id, self.practised(i, &situation, directory, now))).collect();
        let fresh = Arc::new(Standings {
            key,
            places,
            open,
            asked,
            practised,
            statements: situation.statements.clone(),
            over,
        });
        *kept = Some(Arc::clone(&fresh));
        Ok(fresh)
    }
}

impl Desk {
    /// Where places stand in an exercise or a test, if it were real and nothing else were
    /// said. They count nowhere but on the board about it alone.
    fn practised(
        &self,
        incident: &Incident,
        situation: &Situation,
        directory: &Directory,
        now: DateTime<Utc>,
    ) -> BTreeMap<OrgCode, Standing> {
        let said = as_if_real(incident, situation);
        let everywhere = facts::Everywhere::new(&said, directory, &self.catalogue);
        let below = directory.below(&incident.declared_by).into_iter();
        let standing = |code: OrgCode| {
            let org = directory.get(&code)?;
            cascade::touches(&incident.target, org, directory, &self.catalogue)?;
            Some((code, standing(&everywhere.facts(org), now)))
        };
        below.filter_map(standing).collect()
    }
}
