//! What a place says of itself about an incident, from one answer to the next: its lines and
//! its words stand until it says others, or that it is well.

use super::facts::Situation;
use super::incident::{Answer, Incident, Response};
use super::org::{Directory, OrgCode};

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
    std::iter::once(place).chain(above).find_map(|code| of(incident, code, situation))
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
