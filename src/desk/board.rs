//! What a region sees: who is hit, who has not answered, what is overdue.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Desk, DeskError, Result};
use crate::domain::cascade::{self, Touch};
use crate::domain::delivery::DeliveryState;
use crate::domain::facts::{self, Freshness, Situation};
use crate::domain::incident::{Answer, Incident, Kind};
use crate::domain::org::{Directory, Org, OrgCode};
use crate::domain::user::{Action, Actor};
use crate::store::{delivery_reports, incidents};

/// How many organisations stand where. Each organisation counts once, however
/// many incidents reach it: its most worrying answer counts.
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
    /// All that see patients.
    pub organisations: usize,
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
    pub counts: Counts,
    pub children: Vec<Row>,
    pub incidents: Vec<(Arc<Incident>, usize)>,
    pub deliveries: BTreeMap<DeliveryState, i64>,
    /// How many proposals wait for a second person.
    pub approvals: usize,
}

impl Desk {
    /// The board at `scope`, which must be theirs or below.
    pub async fn board(&self, who: &Actor, scope: &OrgCode) -> Result<Board> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let org = directory.get(scope).ok_or(DeskError::NotFound("This organisation"))?;
        who.may(Action::See, scope, &directory)?;
        let situation = incidents::situation(&mut tx, self.now()).await?;
        let open: Vec<_> = situation.incidents.iter().filter(|i| i.is_open()).cloned().collect();
        let mine: Vec<(Arc<Incident>, usize)> = open
            .iter()
            .map(|i| (Arc::clone(i), self.reached_below(i, scope, &directory)))
            .filter(|(i, n)| *n > 0 || i.declared_by == *scope)
            .collect();
        let ids: Vec<_> = mine.iter().map(|(i, _)| i.id).collect();
        let mut deliveries = BTreeMap::new();
        for (organisation, state, number) in delivery_reports::counts_of_incidents(&mut tx, &ids).await? {
            if directory.is_at_or_below(&organisation, scope) {
                *deliveries.entry(state).or_default() += number;
            }
        }
        let approvals = self.count_waiting(&mut tx, scope, &directory).await?;
        drop(tx);
        let standings = self.standings(scope, &situation, &directory);
        let children = directory
            .children_of(scope)
            .iter()
            .filter_map(|code| directory.get(code))
            .map(|child| Row {
                org: Arc::clone(child),
                counts: counts_below(&standings, &child.code, &directory),
                has_children: !directory.children_of(&child.code).is_empty(),
            })
            .filter(|row| row.counts.organisations > 0)
            .collect();
        let counts = standings.values().fold(Counts::default(), add);
        Ok(Board { scope: Arc::clone(org), counts, children, incidents: mine, deliveries, approvals })
    }

    fn reached_below(&self, incident: &Incident, scope: &OrgCode, directory: &Directory) -> usize {
        cascade::reach(&incident.target, directory, &self.catalogue)
            .iter()
            .filter(|code| directory.is_at_or_below(code, scope))
            .count()
    }

    /// Where every organisation at or below `scope` stands.
    fn standings(
        &self,
        scope: &OrgCode,
        situation: &Situation,
        directory: &Directory,
    ) -> BTreeMap<OrgCode, Standing> {
        let now = self.now();
        directory
            .below(scope)
            .into_iter()
            .filter_map(|code| directory.get(&code))
            .filter(|org| org.kind.sees_patients() && org.status == crate::domain::org::OrgStatus::Active)
            .map(|org| {
                let facts = facts::facts(org, situation, directory, &self.catalogue);
                let overdue = facts.at(now).freshness != Freshness::Current;
                (org.code.clone(), Standing { answer: answer(&facts), overdue })
            })
            .collect()
    }
}

/// Where one organisation stands.
#[derive(Debug, Clone, Copy)]
struct Standing {
    answer: Option<Word>,
    overdue: bool,
}

/// An organisation's word on the open incidents that reach it, worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Word {
    NotAffected,
    Recovered,
    Busy,
    Unknown,
    Silent,
    Affected,
}

fn answer(facts: &facts::Facts) -> Option<Word> {
    facts
        .incidents
        .iter()
        .filter(|i| i.incident.is_open() && i.incident.kind == Kind::Live)
        .map(|i| match (i.response.as_ref().map(|r| r.answer), i.touch) {
            (Some(Answer::Affected), _) => Word::Affected,
            (Some(Answer::NotAffected), _) => Word::NotAffected,
            (Some(Answer::Busy), _) => Word::Busy,
            (Some(Answer::Recovered), _) => Word::Recovered,
            (None, _) if i.incident.declared_by == facts.org.code => Word::Affected,
            (None, Touch::Possible) => Word::Unknown,
            (None, Touch::Reached) => Word::Silent,
        })
        .max()
}

fn add(mut all: Counts, one: &Standing) -> Counts {
    all.organisations += 1;
    all.overdue += usize::from(one.overdue);
    match one.answer {
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

fn counts_below(standings: &BTreeMap<OrgCode, Standing>, child: &OrgCode, directory: &Directory) -> Counts {
    directory.below(child).iter().filter_map(|code| standings.get(code)).fold(Counts::default(), add)
}
