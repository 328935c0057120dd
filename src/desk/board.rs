//! What a region sees: who is hit, who has not answered, what is overdue.
//!
//! Where every place of the country stands is worked out once for each change
//! and each minute, whoever looks at which board; a board only adds up.

mod filter;
mod shown;
mod word;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::asking::{Progress, Tally};
use super::queues::Late;
use super::statements::Heard;
use super::{Desk, DeskError, Result};
use crate::domain::cascade;
use crate::domain::centre::Centre;
use crate::domain::delivery::DeliveryState;
use crate::domain::facts::{self, Freshness};
use crate::domain::incident::{Incident, Kind, Response};
use crate::domain::line::Line;
use crate::domain::org::{Directory, Org, OrgCode, OrgStatus};
use crate::domain::statement::Statement;
use crate::domain::time::floor_minute;
use crate::domain::user::{Action, Actor};
use crate::store::chases::{self, Chase};
use crate::store::{self, Tx, calls, delivery_reports, incidents};

pub use self::filter::{Filter, Only, Parts};
use self::shown::Shown;
pub use self::word::Word;
use self::word::{answers, word_of};

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
            .filter(|(i, n)| *n > 0 || i.declared_by == *scope)
            .collect();
        let awaited = all.awaited_below(scope, &directory);
        let lately = all.over.iter().filter(|i| i.ended_at() > self.now() - SENT_LATELY);
        let lately = lately.filter(|i| self.reached_below(i, scope, &directory) > 0).map(Arc::clone);
        let told: Vec<Arc<Incident>> = mine.iter().map(|(i, _)| Arc::clone(i)).chain(lately).collect();
        let deliveries = self.sent_below(&mut tx, scope, filter, &told, &directory).await?;
        let asking = self.how_far(&mut tx, scope, &all, &mine, &directory).await?;
        let late = self.late(&mut tx).await?;
        let halted = self.halted_below(&mut tx, scope, &directory).await?;
        let approvals = self.count_waiting(&mut tx, scope, &directory).await?;
        let next_report = self.next_report(&mut tx, scope, &mine, &directory).await?;
        drop(tx);
        let mut words = self.heard_at(scope, &all, &mine, &directory);
        words.retain(|heard| filter.concerns(&heard.statement, &mine, &self.catalogue));
        let (directory, below) = (directory.as_ref(), directory.below(scope));
        let shown = Shown { directory, all: &all, filter, catalogue: &self.catalogue, scope, below };
        Ok(Board {
            scope: Arc::clone(org),
            centre: directory.centre(scope).cloned(),
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
            Some((i.id, Progress { is_open: true, tally, chase: chases.remove(&i.id) }))
        });
        Ok(asking.collect())
    }

    fn reached_below(&self, incident: &Incident, scope: &OrgCode, directory: &Directory) -> usize {
        cascade::reach(&incident.target, directory, &self.catalogue)
            .iter()
            .filter(|code| directory.is_at_or_below(code, scope))
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
        let places = directory
            .iter()
            .filter(|org| org.kind.sees_patients() && org.status == OrgStatus::Active)
            .map(|org| (org.code.clone(), standing(&everywhere.facts(org), now)))
            .collect();
        let (open, over): (Vec<_>, Vec<_>) = situation.incidents.iter().cloned().partition(|i| i.is_open());
        // Who is on duty may have changed for as long as a minute.
        let staffed = calls::staffed(tx).await?;
        let tally = |i: &Arc<Incident>| {
            let has_answered = |site: &OrgCode| cascade::own_answer(i, site, &situation.responses).is_some();
            self.tally(i, has_answered, &staffed, directory)
        };
        let asked = open.iter().map(|i| (i.id, tally(i))).collect();
        let unreal = open.iter().filter(|i| i.kind != Kind::Live);
        let practised = unreal.map(|i| (i.id, self.practised(i, &situation.responses, directory))).collect();
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
    /// The words of places on an exercise or a test. They count nowhere but on the board
    /// about it alone.
    fn practised(
        &self,
        incident: &Incident,
        responses: &HashMap<(Uuid, OrgCode), Response>,
        directory: &Directory,
    ) -> HashMap<OrgCode, Word> {
        let below = directory.below(&incident.declared_by).into_iter();
        let word = |code: OrgCode| {
            let touch =
                cascade::touches(&incident.target, directory.get(&code)?, directory, &self.catalogue)?;
            let said = responses.get(&(incident.id, code.clone())).map(|r| r.answer);
            Some((code, word_of(said, touch, false)))
        };
        below.filter_map(word).collect()
    }
}

fn standing(facts: &facts::Facts, now: DateTime<Utc>) -> Standing {
    let view = facts.at(now);
    let off: Vec<Line> = view.lines.iter().filter(|l| l.setting.state.severity > 0).map(|l| l.line).collect();
    let is = |line: Line, key: &str| view.lines.iter().any(|l| l.line == line && l.setting.state.key == key);
    Standing {
        words: answers(facts, now),
        overdue: view.freshness != Freshness::Current,
        phones_down: is(Line::Phones, "down"),
        turns_away: is(Line::Attend, "do_not_come"),
        off,
    }
}

/// What the standings were worked out from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Key {
    situation: i64,
    directory: i64,
    minute: DateTime<Utc>,
}

/// Where every place of the country stands.
#[derive(Debug)]
pub struct Standings {
    key: Key,
    places: BTreeMap<OrgCode, Standing>,
    open: Vec<Arc<Incident>>,
    /// For each, how many are silent and how many have answered.
    asked: HashMap<Uuid, Tally>,
    /// Of open exercises and tests: the word of each place that one touches.
    practised: HashMap<Uuid, HashMap<OrgCode, Word>>,
    /// What suppliers and partner bodies say, and the incidents that are over.
    pub(super) statements: Vec<Arc<Statement>>,
    pub(super) over: Vec<Arc<Incident>>,
}

impl Standings {
    /// What is over as others say, with how many places at or below a scope have not said
    /// that they are back to normal.
    fn awaited_below(&self, scope: &OrgCode, directory: &Directory) -> Vec<(Arc<Incident>, usize)> {
        let mut waited: HashMap<Uuid, usize> = HashMap::new();
        for (code, standing) in &self.places {
            if directory.is_at_or_below(code, scope) {
                standing.words.iter().for_each(|(id, _)| *waited.entry(*id).or_default() += 1);
            }
        }
        let over = self.over.iter().filter(|i| i.kind == Kind::Live);
        over.filter_map(|i| Some((Arc::clone(i), *waited.get(&i.id)?))).collect()
    }
}

/// Where one organisation stands.
#[derive(Debug, Clone)]
pub struct Standing {
    /// Its word on each of the open incidents that reach it.
    pub words: Vec<(Uuid, Word)>,
    pub overdue: bool,
    pub phones_down: bool,
    pub turns_away: bool,
    /// Lines that are not as usual.
    pub off: Vec<Line>,
}

impl Standing {
    /// Its worst word; `None` when no incident reaches it.
    fn word(&self) -> Option<Word> {
        self.words.iter().map(|(_, word)| *word).max()
    }
}

fn add(mut all: Counts, one: &Standing, word: Option<Word>) -> Counts {
    all.organisations += 1;
    all.overdue += usize::from(one.overdue);
    all.phones_down += usize::from(one.phones_down);
    all.turning_away += usize::from(one.turns_away);
    match word {
        Some(Word::Affected) => all.affected += 1,
        Some(Word::NotAffected) => all.not_affected += 1,
        Some(Word::Busy) => all.busy += 1,
        Some(Word::Recovered) => all.recovered += 1,
        Some(Word::Silent) => all.silent += 1,
        Some(Word::Unknown) => all.unknown += 1,
        None => {}
    }
    all
}
