//! Whether a problem is over at one place. A region sees that a system is back; only a
//! surgery, or the board that is responsible for it, knows that the surgery is: nothing
//! says "normal" before one of them does (scenario 8 of the NHS facts).

use chrono::{DateTime, Duration, Utc};

use super::{Facts, IncidentFact, Situation};
use crate::domain::cascade::{self, Touch};
use crate::domain::incident::{Answer, Incident, Proxy, Response, Stage, Update};
use crate::domain::line::{Line, Lines, Setting};
use crate::domain::org::{Directory, Org, OrgCode, OrgKind};

/// For so long the page of a place that said nothing tells that it has not confirmed what
/// others say is over. After that nobody would believe it: it would stand at thousands of
/// places that never speak.
pub const CONFIRMED_WITHIN: Duration = Duration::days(7);

/// Whether an incident is over here, and by whose word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// It goes on.
    Open,
    /// The place, or whoever is responsible for it, said that it is over.
    Own,
    /// Others said so, and the place never said that it was affected: it may have been.
    Others,
    /// Others said so, and the place has said that it is affected: until it or its board
    /// speaks, nobody knows whether it is back to normal.
    Awaited,
}

/// Whether a body knows how a place is: the place itself, or a board, a trust or a
/// company; whoever stands between it and the region.
pub fn is_responsible(by: &OrgCode, place: &OrgCode, tree: &Directory) -> bool {
    let is_wide = |kind| matches!(kind, OrgKind::Nation | OrgKind::Region);
    let stands_between = || tree.above(place).iter().any(|(code, _)| code == by);
    by == place || (tree.get(by).is_some_and(|body| !is_wide(body.kind)) && stands_between())
}

/// When a place, or whoever is responsible for it, said that people come as usual. What it
/// says of anything else tells nobody that a problem of others is over there.
pub(super) fn said_as_usual(org: &Org, situation: &Situation, tree: &Directory) -> Vec<DateTime<Utc>> {
    let knows = |code: &OrgCode| is_responsible(code, &org.code, tree);
    let by_them = |by: &Option<Proxy>| by.as_ref().is_none_or(|by| knows(&by.code));
    let come = |lines: &Lines| lines.get(Line::Attend).is_some_and(|s| s.state.severity == 0);
    let live = || situation.incidents.iter().filter(|i| cascade::is_public(i));
    let said = live().flat_map(|i| i.standing().map(move |update| (i, update)));
    // What stood in the catalogue nobody chose.
    let chosen = said.filter(|(i, update)| update.seq > 1 || i.target.system().is_none());
    let chosen = chosen.filter(|(_, update)| come(&update.lines) && knows(&update.said_by));
    let posted = chosen.filter(|(i, _)| cascade::covers(&i.target, &org.code, tree));
    let posted = posted.map(|(_, update)| update.published_at);
    let own = || {
        let above = tree.above(&org.code).iter().map(|(code, _)| code);
        std::iter::once(&org.code).chain(above.filter(|code| tree.is_part_of(&org.code, code)))
    };
    let answers = live().flat_map(|i| own().flat_map(move |code| answers_of(i, code, situation)));
    let answers = answers.filter(|r| come(&r.lines) && by_them(&r.by)).map(|r| r.made_at);
    let above = tree.above(&org.code).iter().filter(|(code, _)| knows(code));
    let local = above.flat_map(|(code, _)| {
        let past = situation.local_past.get(code).into_iter().flatten().map(AsRef::as_ref);
        past.chain(situation.words_of(code))
    });
    let local = local.filter(|l| come(&l.lines) && by_them(&l.by)).map(|l| l.set_at);
    let mut all: Vec<_> = posted.chain(answers).chain(local).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// All that one organisation answered about an incident, oldest first.
pub(super) fn answers_of<'a>(
    incident: &Incident,
    code: &OrgCode,
    situation: &'a Situation,
) -> impl Iterator<Item = &'a Response> + use<'a> {
    let key = (incident.id, code.clone());
    let before = situation.answered_before.get(&key).into_iter().flatten();
    before.chain(situation.responses.get(&key))
}

/// Whether updates that stand say that something of a place is wrong. What began without
/// a word about lines is wrong in some way; later ones only add to it.
pub(super) fn was_wrong(standing: &[&Update]) -> bool {
    let is_wrong = |(line, s): (&Line, &Setting)| !line.is_national() && s.state.severity > 0;
    let is_news = |update: &&&Update| update.corrects.is_none() && update.stage != Stage::Resolved;
    let first = standing.iter().find(is_news);
    first.is_some_and(|first| first.lines.0.is_empty())
        || standing.iter().any(|update| update.lines.0.iter().any(is_wrong))
}

impl Ending {
    /// Whether it is not over here, as far as anybody knows who would.
    pub fn goes_on(self) -> bool {
        matches!(self, Self::Open | Self::Awaited)
    }

    /// Of an incident at a place, from what was said of it.
    pub fn at(incident: &Incident, org: &Org, situation: &Situation, tree: &Directory) -> Self {
        let answer = cascade::answer(incident, &org.code, &situation.responses, tree);
        let as_usual = || said_as_usual(org, situation, tree);
        Self::of(incident, org, answer, tree).or_own(incident, as_usual)
    }

    /// The same, where the place has said since then that people come as usual.
    pub(super) fn or_own<T: AsRef<[DateTime<Utc>]>>(
        self,
        incident: &Incident,
        as_usual: impl FnOnce() -> T,
    ) -> Self {
        let end = incident.ended_at();
        let since = |at: &DateTime<Utc>| (end..end + CONFIRMED_WITHIN).contains(at);
        match self {
            Self::Others if as_usual().as_ref().iter().any(since) => Self::Own,
            ending => ending,
        }
    }

    /// The same where the place said nothing of itself but this answer.
    pub(super) fn of(incident: &Incident, org: &Org, answer: Option<&Response>, tree: &Directory) -> Self {
        if incident.is_open() {
            return Self::Open;
        }
        let is_responsible = |by: &OrgCode| is_responsible(by, &org.code, tree);
        let ended = incident.standing().next_back().filter(|update| is_responsible(&update.said_by));
        // Who takes back what they said wrongly ends nothing that the place said of itself;
        // nor does an end what it says afterwards.
        let is_ended =
            |r: &Response| ended.is_some_and(|u| u.corrects.is_none() && r.made_at <= u.published_at);
        // What a region pressed for a place is the region's word.
        let is_anothers = answer.and_then(|r| r.by.as_ref()).is_some_and(|by| !is_responsible(&by.code));
        match answer {
            None if ended.is_some() => Self::Own,
            None => Self::Others,
            Some(r) if r.goes_on() && is_ended(r) => Self::Own,
            Some(_) if is_anothers => Self::Others,
            Some(r) if r.goes_on() => Self::Awaited,
            Some(_) => Self::Own,
        }
    }

    /// Until when it is open whether a place is back to normal: others say so of what
    /// reaches it, and nobody has who would know. None where somebody has, or where nothing
    /// was said to be wrong.
    pub fn unconfirmed_until(self, incident: &Incident, answer: Option<&Response>) -> Option<DateTime<Utc>> {
        let was_elsewhere = answer.is_some_and(|r| matches!(r.answer, Answer::NotAffected | Answer::Busy));
        let was_wrong = || was_wrong(&incident.standing().collect::<Vec<_>>());
        let is_asked = self == Self::Others && !was_elsewhere && !incident.was_mistaken() && was_wrong();
        is_asked.then(|| incident.ended_at() + CONFIRMED_WITHIN)
    }
}

impl Incident {
    /// When it last came back: it had been said to be over or getting better, and somebody
    /// said that it goes on, or took that back. Who said it and took it back undid nothing.
    pub fn relapsed_at(&self) -> Option<DateTime<Utc>> {
        let said: Vec<&Update> = self.updates.iter().collect();
        relapsed_at(&said, DateTime::<Utc>::MAX_UTC)
    }

    /// Whether it goes on again by what was said since a moment: it had been over, or getting better.
    pub fn comes_back(&self, since: DateTime<Utc>) -> bool {
        let said: Vec<&Update> = self.updates.iter().collect();
        let was_over = stage_at(&said, since - Duration::microseconds(1)) == Some(Stage::Resolved);
        (was_over && self.is_open()) || self.relapsed_at() >= Some(since)
    }

    /// Whether an answer does not count any more: that a place is well, from before it came
    /// back. Who was never affected, and said so while it failed, goes on not being affected.
    pub fn is_outdated(&self, answer: &Response) -> bool {
        let said: Vec<&Update> = self.updates.iter().collect();
        is_outdated(&said, DateTime::<Utc>::MAX_UTC, answer)
    }
}

/// As [`Incident::is_outdated`], by what was said until a moment, oldest first.
pub(super) fn is_outdated(said: &[&Update], until: DateTime<Utc>, answer: &Response) -> bool {
    let was_good = || stage_at(said, answer.made_at).is_some_and(|stage| !is_bad(stage));
    let of_the_end = || answer.answer == Answer::Recovered || answer.was_affected || was_good();
    let came_back = || relapsed_at(said, until).is_some_and(|at| answer.made_at < at);
    answer.answer.clears() && came_back() && of_the_end()
}

/// Whether it fails, and does not get better.
fn is_bad(stage: Stage) -> bool {
    matches!(stage, Stage::Investigating | Stage::Identified)
}

/// When it last came back by what was said until a moment, oldest first.
fn relapsed_at(said: &[&Update], until: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let moments = said.iter().filter_map(|update| match is_bad(update.stage) {
        true => Some(update.published_at).filter(|_| update.withdrawn_at.is_none_or(|back| back > until)),
        false => update.withdrawn_at,
    });
    let was_good = |at| stage_at(said, at - Duration::microseconds(1)).is_some_and(|stage| !is_bad(stage));
    let came = |at: &DateTime<Utc>| *at <= until && was_good(*at) && stage_at(said, *at).is_some_and(is_bad);
    moments.filter(came).max()
}

/// How far along it was as it stood at a moment; None where nothing stood.
fn stage_at(said: &[&Update], at: DateTime<Utc>) -> Option<Stage> {
    let stood = |u: &&&Update| u.published_at <= at && u.withdrawn_at.is_none_or(|back| back > at);
    said.iter().rfind(stood).map(|update| update.stage)
}

impl IncidentFact {
    /// Those who spoke of it and know how the place is.
    pub(super) fn who_knows(&self, org: &Org, tree: &Directory) -> Vec<OrgCode> {
        let updates = self.incident.updates.iter().map(|update| &update.said_by);
        let mut all: Vec<&OrgCode> =
            updates.chain(self.answers().filter_map(|r| r.by.as_ref()).map(|by| &by.code)).collect();
        all.sort_unstable();
        all.dedup();
        all.into_iter().filter(|code| is_responsible(code, &org.code, tree)).cloned().collect()
    }

    /// As the place tells it that says "back to normal" while it goes on elsewhere.
    pub fn end_by(&mut self, said: &Response, tree: &Directory) {
        let by = said.by.as_ref().map_or(&said.organisation, |by| &by.code);
        if said.answer == Answer::Recovered && self.ending == Ending::Open {
            let knows = is_responsible(by, &said.organisation, tree);
            self.ending = if knows { Ending::Own } else { Ending::Others };
        }
    }

    /// As [`Ending::unconfirmed_until`].
    pub fn unconfirmed_until(&self) -> Option<DateTime<Utc>> {
        let until = self.ending.unconfirmed_until(&self.incident, self.response.as_ref());
        until.filter(|_| self.touch == Touch::Reached && !self.origin.is_linked)
    }
}

impl Facts {
    /// What others say is over at this place, and nobody who would know has confirmed.
    pub fn unconfirmed(&self, now: DateTime<Utc>) -> impl Iterator<Item = &IncidentFact> + Clone {
        let sees_patients = self.org.kind.sees_patients();
        let stands = move |i: &&IncidentFact| i.unconfirmed_until().is_some_and(|until| now < until);
        self.incidents.iter().filter(move |i| sees_patients && stands(i))
    }
}
