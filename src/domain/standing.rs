//! What a place says of itself about an incident, from one answer to the next: its lines and
//! its words stand until it says others, or that it is well.

use chrono::{DateTime, Utc};

use super::facts::{self, Situation};
use super::incident::{Answer, Incident, Proxy, Response};
use super::line::{Lines, Setting};
use super::org::{Directory, OrgCode};
use super::written::Written;

/// What a place said with its answer, and whether it stands, or fell away when the place said
/// that it is well: then another answer that keeps it says it again. Of a branch that said
/// nothing, what its surgery said; never what was said before the problem came back.
pub fn stood(
    incident: &Incident,
    place: &OrgCode,
    situation: &Situation,
    directory: &Directory,
) -> Option<(Response, bool)> {
    let above = directory.above(place).iter().map(|(code, _)| code);
    let above = above.filter(|code| *code != place && directory.is_part_of(place, code));
    let (said, stands) =
        std::iter::once(place).chain(above).find_map(|code| of(incident, code, situation))?;
    let org = directory.get(place)?;
    Some((facts::answer_for(&said, org, directory), stands))
}

fn of(incident: &Incident, code: &OrgCode, situation: &Situation) -> Option<(Response, bool)> {
    let key = (incident.id, code.clone());
    let before = situation.answered_before.get(&key).into_iter().flatten();
    let all = situation.responses.get(&key).into_iter().chain(before.rev());
    let counts = all.take_while(|said| !incident.is_outdated(said)).enumerate();
    let kept = counts.into_iter().find(|(_, said)| said.answer.keeps());
    kept.map(|(later, said)| (said.clone(), later == 0))
}

impl Answer {
    /// What the place said of its lines and in its own words goes on with this answer.
    pub fn keeps(self) -> bool {
        matches!(self, Self::Affected | Self::Busy)
    }
}

/// Who answers for a place, and with what.
pub struct Answering<'a> {
    pub place: &'a Proxy,
    pub speaker: &'a OrgCode,
    pub answer: Answer,
    pub at: DateTime<Utc>,
}

impl Answering<'_> {
    /// What of an answer before, as it stands at the place, goes on with this one: each word
    /// is that of who said it. With "affected" nobody has said that anything is better, so
    /// all of it goes on; with "busy" only what the speaker or the place said itself.
    fn signed(&self, said_by: Option<&Proxy>) -> Option<Option<Proxy>> {
        let by = said_by.unwrap_or(self.place);
        if by.code == *self.speaker {
            return Some(None);
        }
        let goes_on = self.answer == Answer::Affected || by.code == self.place.code;
        goes_on.then(|| Some(by.clone()))
    }

    /// The lines of it with those that are given now; the speaker's own go where others are
    /// given, but whoever answers for a place takes nothing from it.
    pub fn lines(&self, stood: Option<&Response>, given: Option<&Lines>) -> Lines {
        let mut before = Lines::default();
        if let Some(stood) = stood.filter(|_| self.answer.keeps()) {
            let settings = stood.lines.0.iter().filter_map(|(line, setting)| {
                let by = self.signed(setting.by.as_ref().or(stood.by.as_ref()))?;
                Some((*line, Setting { by, ..setting.clone() }))
            });
            before.0.extend(settings);
        }
        let mut lines = before.overlaid(given.unwrap_or(&Lines::default()), self.at);
        if let Some(given) = given.filter(|_| *self.speaker == self.place.code) {
            lines.0.retain(|line, setting| setting.by.is_some() || given.get(*line).is_some());
        }
        lines
    }

    /// The words of it, where no others are given, and who said them.
    pub fn words(&self, stood: Option<&Response>) -> Option<(Written, Option<Proxy>)> {
        let stood = stood.filter(|_| self.answer.keeps())?;
        let by = self.signed(stood.message_by.as_ref().or(stood.by.as_ref()))?;
        Some((stood.message.clone()?, by))
    }
}
