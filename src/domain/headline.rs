//! The one sentence at the top of a page: should I come?

use serde::Serialize;

use super::cascade::Touch;
use super::facts::{Facts, Freshness, LineFact};
use super::incident::{Answer, Incident, Stage};
use super::line::Line;
use super::org::{OrgKind, OrgStatus, words};

words! {
    /// What a page amounts to.
    HeadlineState {
        Normal = "normal",
        Busy = "busy",
        Limited = "limited",
        Serious = "serious",
        Closed = "closed",
        CatchingUp = "catching_up",
        NotConfirmed = "not_confirmed",
        Unknown = "unknown",
    }
}

impl HeadlineState {
    /// The words beside the sentence; colour is never alone.
    pub fn label(self) -> &'static str {
        match self {
            Self::Normal => "No known problems",
            Self::Busy => "Busier than usual",
            Self::Limited => "Some things are not working",
            Self::Serious => "Serious problems",
            Self::Closed => "Closed to appointments",
            Self::CatchingUp => "Working again, catching up",
            Self::NotConfirmed => "Not confirmed",
            Self::Unknown => "We do not know",
        }
    }
}

/// The answer to the patient's question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Headline {
    pub state: HeadlineState,
    pub text: String,
}

/// Works out the headline from the lines that stand.
pub fn headline(facts: &Facts, lines: &[LineFact], freshness: Freshness) -> Headline {
    if facts.org.status == OrgStatus::Closed {
        // For good, as ODS reports it: nobody will be there (hazard H4).
        let text = format!("This {} has closed. Find another one.", facts.org.kind.noun());
        return Headline { state: HeadlineState::Closed, text };
    }
    let state = state(facts, lines, freshness);
    Headline { state, text: text(facts, lines, state) }
}

fn state(facts: &Facts, lines: &[LineFact], freshness: Freshness) -> HeadlineState {
    // What stands is said even where something else has run out: nobody must
    // travel because of a region's late update.
    let attend = lines.iter().find(|f| f.line == Line::Attend);
    if attend.is_some_and(|f| f.setting.state.key == "do_not_come") {
        return HeadlineState::Closed;
    }
    if freshness == Freshness::Expired {
        return HeadlineState::Unknown;
    }
    let reached: Vec<_> = facts.shaping().filter(|i| i.touch == Touch::Reached).collect();
    let worst = lines.iter().filter(|f| f.line != Line::Attend).map(|f| f.setting.state.severity).max();
    let attend_severity = attend.map_or(0, |f| f.setting.state.severity);
    let worst = worst.unwrap_or(0).max(attend_severity);
    let recovering = !reached.is_empty() && reached.iter().all(|i| i.incident.stage().is_recovering());
    match worst {
        3.. => HeadlineState::Serious,
        _ if recovering => HeadlineState::CatchingUp,
        1..=2 => HeadlineState::Limited,
        _ if reached.iter().any(|i| i.incident.stage() != Stage::Resolved) => HeadlineState::Limited,
        _ if facts.shaping().next().is_some() => HeadlineState::NotConfirmed,
        _ if says_busy(facts) => HeadlineState::Busy,
        _ => HeadlineState::Normal,
    }
}

fn says_busy(facts: &Facts) -> bool {
    facts
        .incidents
        .iter()
        .any(|i| i.incident.is_open() && i.response.as_ref().is_some_and(|r| r.answer == Answer::Busy))
}

fn text(facts: &Facts, lines: &[LineFact], state: HeadlineState) -> String {
    let kind = facts.org.kind;
    let attend = lines.iter().find(|f| f.line == Line::Attend).map(|f| f.setting.state.key);
    match state {
        _ if !kind.sees_patients() => area_text(state).into(),
        HeadlineState::Unknown => {
            let advice = attend_text(kind, attend.filter(|a| *a != "come"), HeadlineState::Limited);
            format!("We do not know if this information is still right. {advice}")
        }
        HeadlineState::NotConfirmed => format!(
            "Some places have a computer problem. This {} has not said if it is affected. Come to your appointment unless we contact you.",
            kind.noun()
        ),
        HeadlineState::Busy if attend.is_none() => {
            "Come to your appointment as usual. We are busier than usual.".into()
        }
        HeadlineState::Normal if attend.is_none() && kind == OrgKind::Pharmacy => "Come in as usual.".into(),
        _ => attend_text(kind, attend, state),
    }
}

/// What a region or board tells the patients of others about an incident.
pub fn for_others(incident: &Incident) -> Headline {
    let lines = incident.lines();
    let attend = lines.get(Line::Attend).map(|s| s.state.key);
    let state = match incident.stage() {
        Stage::Resolved => HeadlineState::Normal,
        stage if stage.is_recovering() => HeadlineState::CatchingUp,
        _ => HeadlineState::Limited,
    };
    let attend = if state == HeadlineState::Normal { None } else { attend };
    Headline { state, text: attend_text(OrgKind::Practice, attend, state) }
}

/// A region or a board has no appointments; its page sends people on.
fn area_text(state: HeadlineState) -> &'static str {
    match state {
        HeadlineState::Unknown => {
            "We do not know if this information is still right. Look up your own GP surgery, hospital or pharmacy."
        }
        HeadlineState::Normal | HeadlineState::Busy => {
            "Look up your own GP surgery, hospital or pharmacy to see if it has a problem."
        }
        _ => {
            "Some NHS services in this area have a problem. Look up your own GP surgery, hospital or pharmacy."
        }
    }
}

/// The sentence on attending, for this kind of place. Where nobody has set the
/// line, trouble means "come unless we contact you" (requirement R2).
pub fn attend_text(kind: OrgKind, attend: Option<&str>, state: HeadlineState) -> String {
    let calm = matches!(state, HeadlineState::Normal | HeadlineState::Busy);
    let attend = attend.unwrap_or(if calm { "come" } else { "come_unless_contacted" });
    let text = match (kind, attend) {
        (OrgKind::Pharmacy, "come") => "Come in as usual, but expect to wait longer.",
        (OrgKind::Pharmacy, "come_unless_contacted") => "Come in, but expect to wait longer than usual.",
        (OrgKind::Pharmacy, _) => {
            "Do not come in. Use another pharmacy, or call 111 if you need medicine today."
        }
        (_, key) => Line::Attend.state(key).unwrap_or(Line::Attend.normal()).text,
    };
    text.to_owned()
}
