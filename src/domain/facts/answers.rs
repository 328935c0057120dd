//! What a place answered about an incident of others, told among its updates: for
//! programs and records that know incidents alone, so that what a surgery says of
//! itself is in its feeds, its alerts and its history too, also after it has said that
//! it is over.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::ending::{self, CONFIRMED_WITHIN};
use super::spells::title_of;
use super::{Ending, Facts, IncidentFact, LineFact, Situation, heard};
use crate::domain::cascade::Touch;
use crate::domain::derived_id;
use crate::domain::incident::{Answer, Confirmation, Incident, Proxy, Response, Stage, Update};
use crate::domain::org::{Directory, Org, OrgCode};
use crate::domain::written::Written;

impl IncidentFact {
    /// How far along it is here: what others say is over is catching up until the place
    /// says that it is back to normal.
    pub fn stage(&self) -> Stage {
        let was_here = self.response.as_ref().is_none_or(|r| r.answer.says_affected());
        match self.ending {
            _ if self.is_catching_up() => Stage::CatchingUp,
            Ending::Awaited if was_here => Stage::CatchingUp,
            _ => self.incident.stage(),
        }
    }

    /// Whether the place is back to normal, but for some lines.
    pub fn is_catching_up(&self) -> bool {
        self.response.as_ref().is_some_and(|r| r.answer.clears() && r.amounts_to() == Answer::Affected)
    }

    /// The answer of the place at a moment, where it clears the place and still sets lines that
    /// are not as usual: until the place says otherwise, no form gives the all-clear.
    pub fn still_wrong_at(&self, at: DateTime<Utc>, org: &Org) -> Option<&Response> {
        let answer = self.answer_at(at).filter(|r| r.answer.clears() && r.warns())?;
        self.ending_at(at, org).goes_on().then_some(answer)
    }

    /// What it is called at a moment. Whoever is not affected, and is not as usual, has some
    /// other trouble.
    pub fn named_at(&self, at: DateTime<Utc>, org: &Org) -> Written {
        let other = self.still_wrong_at(at, org).filter(|r| !r.answer.says_affected());
        other.map_or_else(|| self.incident.title.clone(), |answer| title_of(&answer.lines, org.kind))
    }

    /// Every answer that counted at the place, oldest first.
    pub fn answers(&self) -> impl DoubleEndedIterator<Item = &Response> {
        let mut all: Vec<&Response> = self.answered_before.iter().chain(&self.response).collect();
        all.sort_by_key(|answer| answer.made_at);
        all.into_iter()
    }

    /// Whether the place has answered, and never that it is affected.
    pub fn is_elsewhere(&self) -> bool {
        self.response.is_some() && self.answers().all(|answer| !answer.answer.says_affected())
    }

    /// The answer of the place that an update tells, if it tells one.
    pub fn answer_of(&self, update: &Update) -> Option<&Response> {
        self.answers().find(|answer| id(answer) == update.id)
    }

    /// Whether an update is an answer of the place.
    pub fn is_answer(&self, update: &Update) -> bool {
        self.answer_of(update).is_some()
    }

    /// What counted at a moment as the answer of the place. That it is well, from before it came
    /// back, did not count any more then.
    pub fn answer_at(&self, at: DateTime<Utc>) -> Option<&Response> {
        let said: Vec<&Update> = self.incident.updates.iter().filter(|u| !self.is_answer(u)).collect();
        let is_outdated = |r: &Response| ending::is_outdated(&said, at, r);
        let mut said = self.answers().rev().filter(|answer| answer.made_at <= at);
        let last = said.next()?;
        if !is_outdated(last) {
            return Some(last);
        }
        // Of a branch, that of its surgery counts again.
        said.find(|r| r.organisation != last.organisation).filter(|r| !is_outdated(r))
    }

    /// Whether all that others said of it had been taken back at a moment: what stands, if
    /// anything, is the correction of it. What the place answered is its own.
    pub fn was_mistaken(&self, at: DateTime<Utc>) -> bool {
        let is_over = self.standing_at(at).next_back().is_none_or(|u| u.stage == Stage::Resolved);
        is_over && self.standing_at(at).all(|update| update.corrects.is_some())
    }

    /// What others had said of it at a moment and had not taken back, oldest first.
    pub fn standing_at(&self, at: DateTime<Utc>) -> impl DoubleEndedIterator<Item = &Update> {
        let stood = move |u: &&Update| u.published_at <= at && u.withdrawn_at.is_none_or(|back| back > at);
        self.incident.updates.iter().filter(stood).filter(|update| !self.is_answer(update))
    }

    /// Whether it was over here at a moment, and by whose word.
    pub fn ending_at(&self, at: DateTime<Utc>, org: &Org) -> Ending {
        let updates = self.incident.updates.iter();
        let said = updates.flat_map(|u| [Some(u.published_at), u.withdrawn_at]).flatten();
        let mut said = said.chain(self.as_usual.iter().copied());
        if !said.any(|moment| moment > at) && self.answers().all(|answer| answer.made_at <= at) {
            return self.ending;
        }
        let newest = self.standing_at(at).next_back();
        if newest.is_some_and(|update| update.stage != Stage::Resolved) {
            return Ending::Open;
        }
        let ended = newest.filter(|update| self.knows(&update.said_by, org));
        let is_ended =
            |r: &Response| ended.is_some_and(|u| u.corrects.is_none() && r.made_at <= u.published_at);
        let came = || self.came_at(at).is_some();
        match self.answer_at(at) {
            None if ended.is_some() => Ending::Own,
            Some(r) if r.goes_on() && is_ended(r) => Ending::Own,
            Some(r) if r.goes_on() && !self.is_anothers(r, org) => Ending::Awaited,
            Some(r) if !r.goes_on() && !self.is_anothers(r, org) => Ending::Own,
            _ if came() => Ending::Own,
            _ => Ending::Others,
        }
    }

    /// Whether somebody answered for the place who does not know how it is there.
    pub fn is_anothers(&self, answer: &Response, org: &Org) -> bool {
        answer.by.as_ref().is_some_and(|by| !self.knows(&by.code, org))
    }

    fn knows(&self, code: &OrgCode, org: &Org) -> bool {
        *code == org.code || self.knowing.contains(code)
    }

    fn is_ended_by_own(&self, at: DateTime<Utc>, org: &Org) -> bool {
        self.standing_at(at).next_back().is_some_and(|update| self.knows(&update.said_by, org))
    }

    /// When the place first said, after others had said that it is over and while anybody
    /// waited for that, that people come as usual.
    fn came_at(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let end = self.ended_by(at)?;
        let until = if self.is_spell() { DateTime::<Utc>::MAX_UTC } else { end + CONFIRMED_WITHIN };
        let counts = |said: &DateTime<Utc>| (end..until).contains(said) && *said <= at;
        self.as_usual.iter().copied().find(counts)
    }

    /// When others said that it is over, as it stood at a moment, or took all of it back.
    pub fn ended_by(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let newest = self.standing_at(at).next_back().map(|update| update.published_at);
        newest.or_else(|| {
            self.incident.updates.iter().filter_map(|u| u.withdrawn_at).filter(|t| *t <= at).max()
        })
    }

    /// Until when it was open at a moment whether the place is back to normal: others had
    /// said so, and nobody had who would know.
    pub fn asked_until(&self, at: DateTime<Utc>, org: &Org) -> Option<DateTime<Utc>> {
        let answer = self.answer_at(at).map(|response| response.answer);
        let was_elsewhere = matches!(answer, Some(Answer::NotAffected | Answer::Busy));
        let was_wrong = ending::was_wrong(&self.standing_at(at).collect::<Vec<_>>());
        let is_asked = org.kind.sees_patients() && self.touch == Touch::Reached && !self.origin.is_linked;
        let is_open = is_asked
            && was_wrong
            && !was_elsewhere
            && !self.was_mistaken(at)
            && self.ending_at(at, org) == Ending::Others;
        self.ended_by(at).filter(|_| is_open).map(|end| end + CONFIRMED_WITHIN)
    }

    /// Whether others said that it is over, and nobody has confirmed it who would know.
    pub fn is_unconfirmed(&self, now: DateTime<Utc>, org: &Org) -> bool {
        self.asked_until(now, org).is_some_and(|until| now < until)
    }

    /// Whether it was over at a moment by the word of others alone, and nobody waits any more, or ever
    /// did, for who would know.
    pub fn is_said_over(&self, at: DateTime<Utc>, org: &Org) -> bool {
        self.asked_until(at, org).is_some()
            || (self.origin.is_linked && self.ending_at(at, org) == Ending::Others)
    }

    /// Since when it was over here, as it stood at a moment; none while it went on, or
    /// while nobody had confirmed it.
    pub fn over_since(&self, at: DateTime<Utc>, org: &Org) -> Option<DateTime<Utc>> {
        if self.still_wrong_at(at, org).is_some() {
            return None;
        }
        let cleared = self.answer_at(at).filter(|r| r.answer.clears()).map(|r| r.made_at);
        match (self.ending_at(at, org), self.asked_until(at, org)) {
            (Ending::Awaited, _) => None,
            (_, Some(until)) => Some(until).filter(|until| *until <= at),
            (Ending::Open, _) => cleared,
            _ => {
                let came = || self.came_at(at).filter(|_| !self.is_ended_by_own(at, org));
                cleared.or_else(came).or_else(|| self.ended_by(at))
            }
        }
    }

    /// When it ended here, as a record tells it. What nobody ever confirmed lasted, once
    /// nobody waits for that any more, until others said that it is over.
    pub fn ended(&self, now: DateTime<Utc>, org: &Org) -> Option<DateTime<Utc>> {
        let over = self.over_since(now, org)?;
        let said = self.asked_until(now, org).and_then(|_| self.ended_by(now));
        Some(said.unwrap_or(over))
    }

    /// The same as it was told at a moment; none before that.
    pub fn as_of(&self, at: DateTime<Utc>, org: &Org) -> Option<Self> {
        let taken_back = |u: &Update| u.withdrawn_at.filter(|back| *back <= at);
        let told = self.incident.updates.iter().filter(|u| u.published_at <= at);
        let told = told.map(|u| Update { withdrawn_at: taken_back(u), ..u.clone() });
        let updates: Vec<Update> = told.collect();
        let response = self.answer_at(at).cloned();
        let before = self.answers().filter(|r| r.made_at <= at && Some(*r) != response.as_ref());
        let answers: Vec<Response> = before.cloned().collect();
        let ending = self.ending_at(at, org);
        let note = self.incident.note.clone().filter(|note| note.made_at <= at);
        let is_told = !updates.is_empty();
        let title = match self.is_spell() {
            true => self.incident.spell_titled(&updates, org.kind),
            false => self.incident.title.clone(),
        };
        let incident = Arc::new(Incident { title, updates, note, ..self.incident.as_ref().clone() });
        let confirmation = self.confirmation_of(&incident, response.as_ref(), org);
        let says_so = response.as_ref().is_some_and(|r| r.answer == Answer::Affected);
        let touch = if says_so { Touch::Reached } else { self.recorded };
        let answered_before = answers;
        let was = Self { incident, touch, response, answered_before, confirmation, ending, ..self.clone() };
        is_told.then_some(was)
    }

    /// Whether anybody had confirmed it who would know, when it stood like this.
    fn confirmation_of(&self, was: &Incident, response: Option<&Response>, org: &Org) -> Confirmation {
        let is_of_place = self.is_spell() && self.incident.declared_by == org.code;
        let is_own = || was.updates.last().is_some_and(|update| update.said_by == org.code);
        let unanswered = || heard::unanswered(was, self.origin.is_of_place);
        match response {
            None if is_of_place && is_own() => Confirmation::Confirmed,
            None if is_of_place => Confirmation::NotConfirmed,
            None if was.is_national_alone() != self.incident.is_national_alone() => unanswered(),
            _ if response == self.response.as_ref() => self.confirmation,
            Some(answer) if !answer.answer.says_affected() => Confirmation::NotAffected,
            Some(_) => Confirmation::Confirmed,
            None => unanswered(),
        }
    }

    /// The same without what the place answered among the updates.
    pub(super) fn without_answers(mut self) -> Self {
        let mut incident = self.incident.as_ref().clone();
        incident.updates.retain(|update| !self.is_answer(update));
        self.incident = Arc::new(incident);
        self
    }

    /// The same with what the place answered among the updates.
    pub(super) fn with_answers(mut self, org: &Org) -> Self {
        if self.answers().next().is_none() {
            return self;
        }
        let mut incident = self.incident.as_ref().clone();
        let said: Vec<Update> = self.answers().map(|answer| self.told(answer, org)).collect();
        incident.updates.extend(said);
        incident.updates.sort_by_key(|update| (update.published_at, update.seq));
        for (seq, update) in (1..).zip(&mut incident.updates) {
            update.seq = seq;
        }
        self.incident = Arc::new(incident);
        self
    }

    fn told(&self, answer: &Response, org: &Org) -> Update {
        let at = answer.made_at;
        // As it stood then: what is taken back later changes no message that was sent.
        let before = self.standing_at(at).next_back();
        let stage = match (answer.answer, before.map_or(Stage::Identified, |update| update.stage)) {
            (said, _) if said.clears() && !answer.warns() => Stage::Resolved,
            (Answer::Recovered, _) => Stage::CatchingUp,
            // What others say is over goes on where the place says so.
            (_, Stage::Resolved) => Stage::CatchingUp,
            (_, stage) => stage,
        };
        Update {
            id: id(answer),
            incident: self.incident.id,
            // After what was said in the same moment.
            seq: i32::MAX,
            stage,
            lines: answer.lines.clone(),
            message: Some(answer.own_message().cloned().unwrap_or_else(|| in_short(answer, org))),
            published_at: at,
            next_update_by: before.map_or(at, |update| update.next_update_by),
            said_by: answer.by.as_ref().map_or(&org.code, |by| &by.code).clone(),
            withdrawn_at: None,
            corrects: None,
        }
    }
}

impl Facts {
    /// Until when the lines of an answer count.
    pub fn claimed_until(&self, answer: &Response) -> Option<DateTime<Utc>> {
        let of = |f: &&LineFact| f.said_by == answer.organisation && f.since == answer.made_at;
        self.candidates.iter().filter(of).map(|f| f.expires_at).max()
    }
}

impl Response {
    /// What it comes to: whoever is back to normal, but for some lines, still feels it.
    pub fn amounts_to(&self) -> Answer {
        match self.answer {
            Answer::Recovered if self.warns() => Answer::Affected,
            answer => answer,
        }
    }
}

/// What counted at a place as its answer before its present one: its own words, and of a
/// branch those of its surgery, as long as it said nothing itself. Oldest first.
pub(super) fn before(
    incident: &Incident,
    org: &Org,
    present: Option<&Response>,
    situation: &Situation,
    tree: &Directory,
) -> Vec<Response> {
    let relapsed = incident.relapsed_at();
    let above = tree.above(&org.code).iter().map(|(code, _)| code);
    let above = above.filter(|code| **code != org.code && tree.is_part_of(&org.code, code));
    let mut all: Vec<&Response> = Vec::new();
    for code in std::iter::once(&org.code).chain(above) {
        let nearer = all.clone();
        let is_overruled = |at: DateTime<Utc>| {
            let last = nearer.iter().filter(|r| r.made_at <= at).max_by_key(|r| r.made_at);
            last.is_some_and(|r| !incident.is_outdated(r) || relapsed > Some(at))
        };
        all.extend(ending::answers_of(incident, code, situation).filter(|r| !is_overruled(r.made_at)));
    }
    all.sort_by_key(|answer| answer.made_at);
    let before = all.into_iter().filter(|answer| Some(*answer) != present);
    before.map(|answer| answer_for(answer, org, tree)).collect()
}

/// An answer as it counts at a place: what its surgery said is not a branch's own word.
pub fn answer_for(answer: &Response, org: &Org, tree: &Directory) -> Response {
    let of = &answer.organisation;
    let above = (*of != org.code).then(|| Proxy { code: of.clone(), name: tree.name_of(of) });
    Response { by: answer.by.clone().or(above), ..answer.clone() }
}

fn id(answer: &Response) -> Uuid {
    let micros = answer.made_at.timestamp_micros().to_string();
    derived_id(&[answer.organisation.as_str(), "answer", &answer.incident.to_string(), &micros])
}

/// What somebody else answered for a place, and who.
pub fn said_for(answer: &Response) -> Option<(&'static str, &str)> {
    let by = answer.by.as_ref()?;
    let id = match answer.amounts_to() {
        Answer::Affected => "affected-said-by",
        Answer::NotAffected | Answer::Busy => "not-affected-said-by",
        Answer::Recovered => "recovered-said-by",
    };
    Some((id, &by.name))
}

/// What an answer says without words of its own, in every language.
fn in_short(answer: &Response, org: &Org) -> Written {
    let id = match answer.amounts_to() {
        Answer::Affected => "confirmed-by",
        Answer::NotAffected | Answer::Busy => "not-affected-by",
        Answer::Recovered => "recovered-by",
    };
    Written::in_every(|w| match said_for(answer) {
        Some((id, by)) => w.with(id, &[("name", by.into()), ("place", (&org.name).into())]),
        None => w.with(id, &[("name", (&org.name).into())]),
    })
}
