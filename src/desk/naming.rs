//! In whose names a reader is told who follows several places: of the one where most speaks
//! against coming, and of another for each other answer; and of the next when one of them
//! is not concerned any more.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::telling::Topic;
use super::{Desk, Result};
use crate::domain::cascade;
use crate::domain::delivery::{DeliveryState, Holding, Lane, Limits, lifetime};
use crate::domain::facts::{self, Situation};
use crate::domain::incident::Answer;
use crate::domain::line::Lines;
use crate::domain::org::{Directory, OrgCode};
use crate::domain::subscriber::Services;
use crate::domain::system::Catalogue;
use crate::store::deliveries::{self, BACK_TO_NORMAL, Delivery, NOT_AFFECTED};
use crate::store::{Tx, holding, incidents, listeners, overtaking};

/// Whose readers are told at this moment, and what is said of lines.
#[derive(Debug)]
pub struct Concerned {
    told: HashSet<OrgCode>,
    /// Places that have ended it for themselves.
    cleared: HashMap<OrgCode, Answer>,
    is_end: bool,
    lines: Lines,
}

impl Concerned {
    pub fn new(told: impl IntoIterator<Item = OrgCode>, lines: Lines) -> Self {
        Self { told: told.into_iter().collect(), cleared: HashMap::new(), is_end: false, lines }
    }

    /// As things stand. That it is over is still told in the name of a place that has said
    /// so itself.
    pub fn by(topic: &Topic, situation: &Situation, directory: &Directory, catalogue: &Catalogue) -> Self {
        let mut told = topic.audience(situation, directory, catalogue);
        let (cleared, is_end) = (topic.cleared(situation, directory, catalogue), topic.is_end());
        if is_end {
            let is_back = |(_, answer): &(&OrgCode, &Answer)| **answer == Answer::Recovered;
            told.extend(cleared.iter().filter(is_back).map(|(code, _)| code.clone()));
        }
        Self { cleared, is_end, ..Self::new(told, topic.lines().into_owned()) }
    }

    /// Whether those hear this who were told of it in the name of a place before, which it
    /// does not concern any more: it is over, or it has left the place without its own word.
    pub fn follows_up(&self, place: &OrgCode) -> bool {
        !self.told.contains(place) && (self.is_end || !self.cleared.contains_key(place))
    }

    /// Why nobody is told in the name of a place.
    pub fn why_not(&self, place: &OrgCode) -> &'static str {
        held_back_because(self.cleared.get(place).copied())
    }

    pub fn includes(&self, place: &OrgCode) -> bool {
        self.told.contains(place)
    }

    /// Those of somebody's places of which they hear this, in order.
    pub fn all_of<'a>(&'a self, places: &'a [(OrgCode, Services)]) -> impl Iterator<Item = &'a OrgCode> {
        let hears =
            |(org, services): &&(OrgCode, Services)| self.told.contains(org) && services.include(&self.lines);
        places.iter().filter(hears).map(|(org, _)| org)
    }
}

/// How much speaks against coming at a place; nothing of one where no patients are seen.
pub type Against = Option<u8>;

/// Of the places of one reader, in order, those in whose names they are told: of each answer
/// about coming the first, the one that most speaks for first. A region or a board, which has
/// no answer of its own, only where there is no other.
pub fn of_each_answer<'a>(
    places: impl IntoIterator<Item = &'a OrgCode>,
    mut against: impl FnMut(&OrgCode) -> Against,
) -> Vec<(Against, &'a OrgCode)> {
    let places: Vec<&OrgCode> = places.into_iter().collect();
    if let [only] = places[..] {
        return vec![(None, only)];
    }
    let mut all: Vec<_> = places.into_iter().map(|place| (against(place), place)).collect();
    all.sort_by_key(|(against, _)| std::cmp::Reverse(*against));
    all.dedup_by_key(|(against, _)| *against);
    if all.len() > 1 {
        all.retain(|(against, _)| against.is_some());
    }
    all
}

/// Why what was to be told in the name of a place is held back, by its word.
fn held_back_because(answer: Option<Answer>) -> &'static str {
    match answer {
        Some(Answer::Recovered) => BACK_TO_NORMAL,
        _ => NOT_AFFECTED,
    }
}

impl Desk {
    /// How much speaks against coming at a place, as its page has it.
    pub fn against(&self, place: &OrgCode, situation: &Situation, directory: &Directory) -> Against {
        let org = directory.get(place).filter(|org| org.kind.sees_patients())?;
        let facts = facts::facts(org, situation, directory, &self.catalogue);
        Some(facts.at(self.now()).headline.against())
    }

    /// Of the places of one reader that are concerned, the one in whose name they are told.
    pub fn worst_of(
        &self,
        concerned: &Concerned,
        places: &[(OrgCode, Services)],
        situation: &Situation,
        directory: &Directory,
    ) -> Option<OrgCode> {
        let against = |place: &OrgCode| self.against(place, situation, directory);
        let found = of_each_answer(concerned.all_of(places), against);
        found.first().map(|(_, place)| (*place).clone())
    }

    /// A place says that an incident is not so, or over there: what has not left in its name
    /// goes over to the next place of its reader, and is held back where there is none. Who
    /// hears of the end is seen when it leaves.
    pub(super) async fn hold_back_in_name(
        &self,
        tx: &mut Tx,
        incident: Uuid,
        place: &OrgCode,
        answer: Answer,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let because = held_back_because(Some(answer));
        let of_several = deliveries::of_several_places(tx, incident, place).await?;
        if let (false, Some(incident)) = (of_several.is_empty(), incidents::find(tx, incident, false).await?)
        {
            let directory = self.directory(tx).await?;
            let situation = incidents::situation(tx, now).await?;
            let told = cascade::audience(&incident, &situation.responses, &directory, &self.catalogue);
            let told = told.into_iter().filter(|code| code != place);
            let concerned = Concerned::new(told, incident.lines_told());
            let mut moved = BTreeMap::<OrgCode, Vec<Uuid>>::new();
            for (delivery, target, until) in of_several {
                let places = listeners::places(tx, target, until).await?;
                if let Some(next) = self.worst_of(&concerned, &places, &situation, &directory) {
                    moved.entry(next).or_default().push(delivery);
                }
            }
            for (next, all) in moved {
                deliveries::rename(tx, &all, &next).await?;
            }
        }
        deliveries::suppress_organisation(tx, incident, place, because, now).await?;
        Ok(())
    }

    /// A place says that it is affected after all: what was held back in its name leaves, and
    /// what was in the name of another place that its reader follows. It says it for its
    /// branches too.
    pub(super) async fn let_go_in_name(
        &self,
        tx: &mut Tx,
        incident: Uuid,
        place: &OrgCode,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let directory = self.directory(tx).await?;
        for place in directory.below(place).iter().filter(|code| directory.is_part_of(code, place)) {
            self.let_go(tx, incident, place, now).await?;
        }
        Ok(())
    }

    async fn let_go(&self, tx: &mut Tx, incident: Uuid, place: &OrgCode, now: DateTime<Utc>) -> Result<()> {
        let elsewhere = deliveries::held_back_elsewhere(tx, incident, place).await?;
        if let (false, Some(incident)) = (elsewhere.is_empty(), incidents::find(tx, incident, false).await?) {
            let concerned = Concerned::new([place.clone()], incident.lines_told());
            // Once each, though it was held back in the names of several.
            let (mut moved, mut seen) = (Vec::new(), HashSet::new());
            for (delivery, target, until) in elsewhere {
                let places = listeners::places(tx, target, until).await?;
                let is_told = concerned.all_of(&places).next().is_some() && seen.insert((target, until));
                moved.extend(is_told.then_some(delivery));
            }
            deliveries::rename(tx, &moved, place).await?;
        }
        self.tell_newest_instead(tx, incident, place, now).await?;
        deliveries::release_organisation(tx, incident, place, now).await?;
        Ok(())
    }

    /// Where a newer update, which went past the readers of a place, has taken the place of
    /// what was held back from them, they get that one.
    async fn tell_newest_instead(
        &self,
        tx: &mut Tx,
        incident: Uuid,
        place: &OrgCode,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let Some(newest) = overtaking::newest(tx, incident).await? else { return Ok(()) };
        let held = holding::of(tx, newest.id).await?;
        let in_steps = held.filter(|h| matches!(h.holding, Holding::Held | Holding::Halted));
        let lane = Lane::of_order(newest.lane).unwrap_or(Lane::Routine);
        let mut out = Vec::new();
        for missed in overtaking::held_back_from(tx, newest.id, incident, place).await? {
            let id = self.new_id();
            let life = chrono::Duration::from_std(lifetime(missed.channel, lane)).unwrap_or_default();
            let deadline_at = newest.created_at + life;
            out.push(Delivery {
                id,
                broadcast: newest.id,
                lane: newest.lane,
                state: DeliveryState::Queued,
                reason: None,
                made_at: newest.created_at,
                due_at: match in_steps {
                    None => now,
                    Some(held) if Limits::is_first(id) => held.until.max(now),
                    Some(_) => deadline_at,
                },
                first_due_at: None,
                deadline_at,
                epoch: newest.epoch,
                attempt: 0,
                look_ups: 0,
                reference: None,
                provider: None,
                is_replay: false,
                is_last: false,
                ..missed
            });
        }
        // Of several that passed them by, the newest names their place.
        out.sort_by_key(|d| (d.target, std::cmp::Reverse(d.id)));
        out.dedup_by_key(|d| d.target);
        out.retain(|d| d.deadline_at > now);
        Ok(deliveries::insert(tx, &out).await?)
    }
}
