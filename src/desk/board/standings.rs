//! Where every place stands, and how these add up.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use tokio::sync::Mutex;
use uuid::Uuid;

use super::Counts;
use super::on::On;
use super::word::{answers, back};
use crate::desk::asking::Tally;
use crate::domain::facts::{self, Freshness};
use crate::domain::incident::{Incident, Kind};
use crate::domain::line::Line;
use crate::domain::org::{Directory, OrgCode};
use crate::domain::statement::Statement;
use crate::domain::word::Word;

/// Once every place has said that it is back to normal, that is no news of any.
pub(super) fn forget_what_nobody_waits_for(places: &mut BTreeMap<OrgCode, Standing>) {
    let waited_for: HashSet<Uuid> = places.values().flat_map(|p| p.words.iter().map(|(id, _)| *id)).collect();
    places.values_mut().for_each(|place| place.back.retain(|id| waited_for.contains(id)));
}

pub(super) fn standing(facts: &facts::Facts, now: DateTime<Utc>) -> Standing {
    let view = facts.at(now);
    let is_off = |l: &&facts::LineFact| l.setting.state.severity > 0 && !l.is_for_later(now);
    let off: Vec<Line> = view.lines.iter().filter(is_off).map(|l| l.line).collect();
    let is = |line: Line, key: &str| view.lines.iter().any(|l| l.line == line && l.setting.state.key == key);
    // Nobody has said that they work again: the number is not on the page.
    let may_be_down =
        view.lapsed(facts).iter().any(|l| l.line == Line::Phones && l.setting.state.key == "down");
    Standing {
        words: answers(facts, now),
        back: back(facts),
        overdue: view.freshness != Freshness::Current,
        late: view.late,
        phones_down: is(Line::Phones, "down"),
        phones_not_known: may_be_down,
        turns_away: is(Line::Attend, "do_not_come"),
        off,
    }
}

/// What the standings were worked out from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) situation: i64,
    pub(super) directory: i64,
    pub(super) minute: DateTime<Utc>,
}

/// Where every place of the country stands.
#[derive(Debug)]
pub struct Standings {
    pub(super) key: Key,
    pub(super) places: BTreeMap<OrgCode, Standing>,
    pub(super) open: Vec<Arc<Incident>>,
    /// For each, how many are silent and how many have answered.
    pub(super) asked: HashMap<Uuid, Tally>,
    /// What somebody looks at alone.
    pub(super) on: Mutex<HashMap<Uuid, Arc<On>>>,
    /// What suppliers and partner bodies say, and the incidents that are over.
    pub(in crate::desk) statements: Vec<Arc<Statement>>,
    pub(in crate::desk) over: Vec<Arc<Incident>>,
}

impl Standings {
    /// What is over as others say, with how many places at or below a scope have not said
    /// that they are back to normal.
    pub(super) fn awaited_below(
        &self,
        scope: &OrgCode,
        directory: &Directory,
    ) -> Vec<(Arc<Incident>, usize)> {
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
    /// What is over and of which it said that it is back to normal.
    pub back: Vec<Uuid>,
    /// Its page is overdue or expired, whatever that is because of.
    pub overdue: bool,
    /// Those of the incidents whose promise has passed.
    pub late: Vec<Uuid>,
    pub phones_down: bool,
    /// They were down when somebody last said something of them, and that has run out.
    pub phones_not_known: bool,
    pub turns_away: bool,
    /// Lines that are not as usual.
    pub off: Vec<Line>,
}

impl Standing {
    /// Its worst word; `None` when no incident reaches it.
    pub(super) fn word(&self) -> Option<Word> {
        let recovered = (!self.back.is_empty()).then_some(Word::Recovered);
        self.words.iter().map(|(_, word)| *word).chain(recovered).max()
    }

    /// Whether it is late as a board has it: on one about an incident alone, only what that
    /// promised counts.
    pub(super) fn is_late(&self, on: Option<&On>) -> bool {
        on.map_or(self.overdue, |on| self.late.contains(&on.incident.id))
    }
}

pub(super) fn add(mut all: Counts, one: &Standing, word: Option<Word>, on: Option<&On>) -> Counts {
    all.organisations += 1;
    all.overdue += usize::from(one.is_late(on));
    all.phones_down += usize::from(one.phones_down);
    all.phones_not_known += usize::from(one.phones_not_known);
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
