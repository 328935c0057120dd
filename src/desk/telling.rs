//! Putting words and audiences together, for previews and for the courier.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};

use super::{Desk, Result};
use crate::domain::cascade;
use crate::domain::facts::{self, Facts, Situation};
use crate::domain::headline;
use crate::domain::incident::{Answer, Incident, Response, Stage, Update};
use crate::domain::line::{Line, Lines};
use crate::domain::message::{self, Message, Telling};
use crate::domain::org::{Directory, Org, OrgCode, OrgKind};
use crate::domain::planned::{Planned, Step};
use crate::domain::planned_words::{self, PlannedTelling};
use crate::domain::subscriber::Channel;
use crate::domain::system::Catalogue;
use crate::store::broadcasts::Broadcast;
use crate::store::listeners;
use crate::store::{Tx, accounts, incidents, planned};
use crate::words::{self, Locale};

/// A message waits this long, so that it does not overtake the page that it
/// links to.
pub const AFTER_PAGE: Duration = Duration::seconds(1);

/// How many people and accounts an update goes to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    pub organisations: Vec<OrgCode>,
    pub recipients: BTreeMap<Channel, usize>,
    /// Messages beyond one for each of them: readers of several places hear each answer. Only
    /// where that was asked for.
    pub more: BTreeMap<Channel, usize>,
    /// How many parts their text messages take, each in its reader's language; where
    /// that was asked for.
    pub text_parts: Option<u64>,
}

impl Reach {
    /// How many messages those get, which is what is charged for.
    pub fn messages(&self) -> BTreeMap<Channel, usize> {
        with_more(&self.recipients, &self.more)
    }
}

/// How many messages people get who get one each and these beyond.
pub fn with_more(
    people: &BTreeMap<Channel, usize>,
    more: &BTreeMap<Channel, usize>,
) -> BTreeMap<Channel, usize> {
    let of = |channel| more.get(channel).copied().unwrap_or(0);
    people.iter().map(|(channel, n)| (*channel, n + of(channel))).collect()
}

/// What a broadcast tells of.
#[derive(Debug, Clone)]
pub enum Topic {
    Update {
        incident: Incident,
        update: Update,
    },
    /// What a place says of itself now, in the words of the newest update, to its own readers.
    Word {
        incident: Incident,
        update: Update,
        place: OrgCode,
    },
    Step {
        planned: Planned,
        step: Step,
        /// Where it is a place's own word about this work, told to its own readers: whose.
        word: Option<OrgCode>,
    },
}

impl Topic {
    /// In whose name it is told.
    pub fn teller(&self) -> &OrgCode {
        match self {
            Self::Update { incident, .. } => &incident.declared_by,
            Self::Word { place, .. } => place,
            Self::Step { planned, word, .. } => word.as_ref().unwrap_or(&planned.planned_by),
        }
    }

    /// What it says of lines, which those hear who chose such services.
    pub fn lines(&self) -> Cow<'_, Lines> {
        match self {
            Self::Update { incident, .. } => Cow::Owned(incident.lines_told()),
            // Whether to come is for all.
            Self::Word { .. } | Self::Step { word: Some(_), .. } => Cow::Owned(Lines::shut()),
            Self::Step { planned, .. } => Cow::Borrowed(&planned.lines),
        }
    }

    /// Whose subscribers are told.
    pub fn audience(
        &self,
        situation: &Situation,
        directory: &Directory,
        catalogue: &Catalogue,
    ) -> Vec<OrgCode> {
        match self {
            Self::Update { incident, .. } => {
                cascade::audience(incident, &situation.responses, directory, catalogue)
            }
            Self::Word { place, .. } | Self::Step { word: Some(place), .. } => directory.parts_of(place),
            Self::Step { planned, .. } => cascade::reach(&planned.target, directory, catalogue),
        }
    }

    /// The places that have ended an incident for themselves.
    pub fn cleared(
        &self,
        situation: &Situation,
        directory: &Directory,
        catalogue: &Catalogue,
    ) -> HashMap<OrgCode, Answer> {
        match self {
            Self::Update { incident, .. } => {
                cascade::cleared(incident, &situation.responses, directory, catalogue)
            }
            Self::Word { .. } | Self::Step { .. } => HashMap::new(),
        }
    }

    /// It is a place's own word that an incident is over there, or never was there, and that
    /// does not shut it.
    pub fn is_back(&self, situation: &Situation, directory: &Directory) -> bool {
        let Self::Word { incident, place, .. } = self else { return false };
        let said = cascade::answer(incident, place, &situation.responses, directory);
        said.is_some_and(|said| {
            let shuts = said.lines.get(Line::Attend).is_some_and(|s| s.state.key == "do_not_come");
            matches!(said.answer, Answer::Recovered | Answer::NotAffected) && !shuts
        })
    }

    /// It says that an incident is over.
    pub fn is_end(&self) -> bool {
        matches!(self, Self::Update { update, .. } if update.stage == Stage::Resolved)
    }
}

impl Desk {
    /// The pages that show what an organisation says of these lines; of none, whatever it says
    /// beside.
    pub(super) fn reach_of_lines(&self, code: &OrgCode, lines: &[Line], directory: &Directory) -> Reach {
        let shows = |org: &Arc<Org>| lines.is_empty() || lines.iter().any(|line| org.has(*line));
        let mut organisations = directory.below(code);
        organisations.retain(|c| directory.get(c).is_some_and(|org| org.kind.sees_patients() && shows(org)));
        Reach { organisations, ..Reach::default() }
    }

    /// What a broadcast tells of; `None` when it is not there any more.
    pub async fn topic(&self, tx: &mut Tx, broadcast: &Broadcast) -> Result<Option<Topic>> {
        if let Some(id) = broadcast.incident {
            let Some(incident) = incidents::find(tx, id, false).await? else { return Ok(None) };
            let update = incident.updates.iter().find(|u| Some(u.id) == broadcast.update).cloned();
            return Ok(update.map(|update| match broadcast.place.clone() {
                Some(place) => Topic::Word { incident, update, place },
                None => Topic::Update { incident, update },
            }));
        }
        let Some(id) = broadcast.planned else { return Ok(None) };
        let Some(planned) = planned::find(tx, id, false).await? else { return Ok(None) };
        let step = planned.steps.iter().find(|s| Some(s.id) == broadcast.step).cloned();
        Ok(step.map(|step| Topic::Step { planned, step, word: broadcast.place.clone() }))
    }

    /// Writes the words of a topic for one organisation's audience.
    pub fn write_topic(
        &self,
        topic: &Topic,
        organisation: &OrgCode,
        situation: &Situation,
        directory: &Directory,
        locale: Locale,
    ) -> Option<Message> {
        match topic {
            Topic::Update { incident, update } => {
                self.write_message(incident, update, organisation, situation, directory, locale)
            }
            Topic::Word { incident, update, .. } => {
                let org = directory.get(organisation)?;
                let facts = facts::facts(org, situation, directory, &self.catalogue);
                let answer = cascade::answer(incident, organisation, &situation.responses, directory);
                self.write_from(&facts, (incident, update, Some(answer)), directory, locale)
            }
            Topic::Step { planned, step, word } => {
                let org = directory.get(organisation)?;
                let facts = facts::facts(org, situation, directory, &self.catalogue);
                Some(self.write_step_from(&facts, planned, (step, word.is_some()), locale))
            }
        }
    }

    /// Writes the words about one step of planned work.
    pub fn write_step(
        &self,
        planned: &Planned,
        step: &Step,
        organisation: &OrgCode,
        situation: &Situation,
        directory: &Directory,
        locale: Locale,
    ) -> Option<Message> {
        let org = directory.get(organisation)?;
        let facts = facts::facts(org, situation, directory, &self.catalogue);
        Some(self.write_step_from(&facts, planned, (step, false), locale))
    }

    /// The same from what is known of the organisation; with whether to come in any case, where
    /// it is a place's own word.
    pub(super) fn write_step_from(
        &self,
        facts: &Facts,
        planned: &Planned,
        (step, answers): (&Step, bool),
        locale: Locale,
    ) -> Message {
        let telling = PlannedTelling {
            words: words::of(locale),
            facts,
            view: &facts.at(self.now().max(step.at)),
            planned,
            step,
            answers,
            page_url: self.page_url_in(&facts.org.code, locale),
        };
        self.with_way_out(planned_words::compose(&telling))
    }

    /// Writes the words for one organisation's audience in one language. `situation` holds the
    /// incident as it is with the update.
    pub fn write_message(
        &self,
        incident: &Incident,
        update: &Update,
        organisation: &OrgCode,
        situation: &Situation,
        directory: &Directory,
        locale: Locale,
    ) -> Option<Message> {
        let org = directory.get(organisation)?;
        let facts = facts::facts(org, situation, directory, &self.catalogue);
        self.write_from(&facts, (incident, update, None), directory, locale)
    }

    /// The same from what is known of the organisation. Where a place's own word is told in the
    /// words of an update, with what the place has answered, if it has.
    pub(super) fn write_from(
        &self,
        facts: &Facts,
        (incident, update, word): (&Incident, &Update, Option<Option<&Response>>),
        directory: &Directory,
        locale: Locale,
    ) -> Option<Message> {
        let (org, organisation) = (&facts.org, &facts.org.code);
        // What is written late says what is true by then.
        let at = self.now().max(update.published_at);
        let mut view = facts.at(at);
        let for_others = headline::for_others(incident);
        // A region has no appointments of its own: it passes on that nobody is to come just so,
        // of the only problem that it knows of. Whether people may come is for each place to say.
        let mut others = facts.incidents.iter().filter(|i| i.incident.id != incident.id && i.goes_on());
        let is_alone = others.next().is_none() && !facts.speaks_for_places(at);
        if !org.kind.sees_patients() && is_alone && for_others.against() > 0 {
            view.headline = for_others;
        }
        let own = facts.incidents.iter().find(|i| i.incident.id == incident.id).cloned();
        let is_told = incident.declared_by == *organisation || org.kind == OrgKind::Partner;
        // It has left a place whose readers were told of it.
        let is_reached = own.is_some();
        let mut left = !is_reached && !is_told && update.corrects.is_none();
        let mut own =
            own.unwrap_or_else(|| facts::incident_for_teller(incident, org, directory, &self.catalogue));
        if let Some(Some(said)) = word {
            own.end_by(said, directory);
        }
        // Its words, as this place repeats them.
        let update = own.incident.updates.iter().find(|u| u.id == update.id).unwrap_or(update);
        let own_word = word.map(|said| {
            let is_elsewhere = said.is_some_and(|r| matches!(r.answer, Answer::NotAffected | Answer::Busy));
            left |= is_elsewhere && update.stage != Stage::Resolved;
            update.by_word(said)
        });
        let update = own_word.as_ref().unwrap_or(update);
        // A correction that leaves late must not contradict what was said since.
        let newer = own.incident.said_since(update);
        let late = newer.map(|newer| update.behind(newer));
        let update = late.as_ref().unwrap_or(update);
        let telling = Telling {
            facts,
            at,
            view: &view,
            incident: &own,
            left,
            update,
            since: newer.filter(|_| is_reached || is_told),
            speaker: directory.name_of(&newer.unwrap_or(update).said_by),
            defaults: incident.target.system().and_then(|key| self.catalogue.get(key)).map(|s| &s.lines),
            page_url: self.page_url_in(organisation, locale),
            words: words::of(locale),
        };
        Some(self.with_way_out(message::compose(&telling)))
    }

    /// Counts whom an update goes to: every person once, however many of the
    /// organisations they follow.
    pub async fn count_recipients(
        &self,
        tx: &mut Tx,
        organisations: &[OrgCode],
        declared_by: &OrgCode,
        lines: &Lines,
        until: DateTime<Utc>,
    ) -> Result<BTreeMap<Channel, usize>> {
        let wanted: HashSet<&OrgCode> = organisations.iter().collect();
        let mut counts: BTreeMap<Channel, usize> = Channel::ALL.iter().map(|c| (*c, 0)).collect();
        counts.extend(listeners::count(tx, organisations, lines, until, None).await?);
        for account in accounts::all(tx).await? {
            if wanted.contains(&account.organisation) || account.organisation == *declared_by {
                *counts.entry(account.channel).or_default() += 1;
            }
        }
        Ok(counts)
    }

    /// How many people would be told; counted no further than just above `most`.
    pub async fn count_people(
        &self,
        tx: &mut Tx,
        organisations: &[OrgCode],
        lines: &Lines,
        until: DateTime<Utc>,
        most: usize,
    ) -> Result<usize> {
        let counts = listeners::count(tx, organisations, lines, until, Some(most + 1)).await?;
        Ok(counts.into_iter().map(|(_, n)| n).sum())
    }
}

/// The situation as it would be with this incident in it.
pub fn with_incident(situation: &Situation, incident: Incident) -> Situation {
    let mut changed = situation.clone();
    changed.incidents.retain(|i| i.id != incident.id);
    changed.incidents.insert(0, Arc::new(incident));
    changed
}
