//! The one answer at the top of a page: should I come?

use super::cascade::Touch;
use super::facts::{Ending, Facts, Freshness, IncidentFact, LineFact};
use super::incident::{Answer, Incident, Stage};
use super::line::{Line, Lines};
use super::org::{OrgKind, OrgStatus, words};
use crate::words::{Words, sentences};
use chrono::{DateTime, Utc};

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
    pub fn label(self, words: &'static Words) -> &'static str {
        words.get(&format!("headline-{self}"))
    }

    /// Nothing is known to be wrong.
    pub fn is_calm(self) -> bool {
        matches!(self, Self::Normal | Self::Busy)
    }
}

/// The answer to the patient's question, in no language yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Headline {
    pub state: HeadlineState,
    pub kind: OrgKind,
    /// The state of the line on attending, where somebody set it.
    pub attend: Option<&'static str>,
    /// Closed for good, as ODS reports it: nobody will be there (hazard H4).
    pub gone: bool,
    /// Dormant, or not open yet, as ODS reports it, and nobody has said anything
    /// else: whoever goes there may find nobody.
    pub idle: bool,
    /// A pharmacy at which nobody can collect medicines, and that has not said "come".
    pub no_medicines: bool,
    /// Others say that all is over, and nobody has said so who would know.
    pub over: bool,
    /// 111 has changed: nobody is sent there in built-in words (hazard H3).
    pub other_111: bool,
}

/// Works out the headline from the lines that stand.
pub fn headline(facts: &Facts, lines: &[LineFact], freshness: Freshness, now: DateTime<Utc>) -> Headline {
    let gone = facts.org.status == OrgStatus::Closed;
    let state = if gone { HeadlineState::Closed } else { state(facts, lines, freshness, now) };
    let of_line = |line: Line| lines.iter().find(|f| f.line == line).map(|f| f.setting.state.key);
    let attend = of_line(Line::Attend);
    let chosen = lines.iter().find(|f| f.line == Line::Attend && !f.is_weak).and(attend);
    let idle =
        is_idle(facts.org.status) && facts.org.kind.sees_patients() && attend.is_none() && state.is_calm();
    let state = if idle { HeadlineState::Unknown } else { state };
    // "Do not come" that has run out does not turn into "come".
    let was_shut = || {
        facts
            .stood_last(Line::Attend, now)
            .map(|f| f.setting.state.key)
            .filter(|key| state == HeadlineState::Unknown && *key == "do_not_come")
    };
    let kind = facts.org.kind;
    Headline {
        state,
        kind,
        attend: attend.or_else(was_shut),
        gone,
        idle,
        no_medicines: has_no_medicines(kind, chosen, of_line(Line::Collection)),
        over: state == HeadlineState::NotConfirmed && facts.shaping().next().is_none(),
        other_111: of_line(Line::Nhs111) == Some("changed"),
    }
}

/// Neither open nor closed for good.
fn is_idle(status: OrgStatus) -> bool {
    matches!(status, OrgStatus::Dormant | OrgStatus::Proposed)
}

fn state(facts: &Facts, lines: &[LineFact], freshness: Freshness, now: DateTime<Utc>) -> HeadlineState {
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
    // That 111 is busy is no reason not to come here.
    let here = lines.iter().filter(|f| f.line != Line::Attend && !f.line.is_national());
    let here = here.filter(|f| !f.is_for_later(now));
    let worst = here.map(|f| f.setting.state.severity).max();
    let attend_severity = attend.map_or(0, |f| f.setting.state.severity);
    let worst = worst.unwrap_or(0).max(attend_severity);
    let recovering = !reached.is_empty() && reached.iter().all(|i| is_recovering(i));
    match worst {
        3.. => HeadlineState::Serious,
        _ if recovering => HeadlineState::CatchingUp,
        1..=2 => HeadlineState::Limited,
        _ if reached.iter().any(|i| i.incident.stage() != Stage::Resolved) => HeadlineState::Limited,
        _ if facts.shaping().next().is_some() => HeadlineState::NotConfirmed,
        _ if facts.speaks_for_places(now) => HeadlineState::Limited,
        _ if facts.unconfirmed(now).next().is_some() => HeadlineState::NotConfirmed,
        _ if says_busy(facts) => HeadlineState::Busy,
        _ => HeadlineState::Normal,
    }
}

/// It comes back; or others say that it is over, and the place has not said so yet.
fn is_recovering(fact: &IncidentFact) -> bool {
    fact.incident.stage().is_recovering() || fact.ending == Ending::Awaited
}

fn says_busy(facts: &Facts) -> bool {
    facts
        .incidents
        .iter()
        .any(|i| i.incident.is_open() && i.response.as_ref().is_some_and(|r| r.answer == Answer::Busy))
}

impl Headline {
    /// The words beside the answer. Of a region or a board of which nobody said anything
    /// there are none: that is not yet to say that all is well below it.
    pub fn label(&self, w: &'static Words) -> &'static str {
        match self.state {
            HeadlineState::Normal if self.is_quiet_area() => "",
            HeadlineState::Closed if self.gone || self.kind == OrgKind::Pharmacy => w.get("headline-shut"),
            state => state.label(w),
        }
    }

    /// A region or a board, of which nobody said anything.
    pub fn is_quiet_area(&self) -> bool {
        !self.gone && !self.kind.sees_patients() && self.state == HeadlineState::Normal
    }

    /// The answer in one sentence, then what else belongs to it.
    pub fn sentences(&self, w: &'static Words) -> Vec<String> {
        self.says(w).iter().flat_map(|text| sentences(text)).collect()
    }

    fn says(&self, w: &'static Words) -> Vec<String> {
        let kind = [("kind", self.kind.word().into())];
        if self.gone {
            return vec![w.with("has-closed-for-good", &kind)];
        }
        if !self.kind.sees_patients() {
            return self.of_an_area(w);
        }
        if self.idle {
            return vec![w.with("may-not-be-open", &kind), w.get("contact-before-you-come").into()];
        }
        let attend = |attend| attend_text(self.kind, attend, self.state, w).to_owned();
        match self.state {
            // It was shut, and nobody knows whether it still is.
            HeadlineState::Unknown if self.may_be_shut() => {
                vec![w.get("not-known-if-right").into(), w.get("contact-before-you-come").into()]
            }
            HeadlineState::Unknown if self.no_medicines => {
                vec![w.get("not-known-if-right").into(), w.get("no-medicines-here").into()]
            }
            HeadlineState::Unknown => vec![w.get("not-known-if-right").into(), attend(self.advice())],
            _ if self.no_medicines => {
                [w.get("no-medicines-here")].into_iter().chain(self.or_111(w)).map(Into::into).collect()
            }
            HeadlineState::Closed if self.kind == OrgKind::Pharmacy => {
                [attend(self.attend)].into_iter().chain(self.or_111(w).map(Into::into)).collect()
            }
            HeadlineState::NotConfirmed if self.over => {
                vec![attend(self.attend), w.with("not-confirmed-over", &kind)]
            }
            HeadlineState::NotConfirmed => vec![
                attend(self.advice()),
                w.get("some-have-a-problem").into(),
                w.with("not-said-if-affected", &kind),
            ],
            HeadlineState::Busy if self.attend.is_none() => {
                vec![attend(None), w.get("we-are-busier").into()]
            }
            HeadlineState::Normal if self.attend.is_none() && self.kind == OrgKind::Pharmacy => {
                vec![w.get("come-in-as-usual").into()]
            }
            _ => vec![attend(self.attend)],
        }
    }

    /// Whom to ask for medicine instead, where nobody said something else about 111.
    fn or_111(&self, w: &'static Words) -> Option<&'static str> {
        (!self.other_111).then(|| w.get("call-111-for-medicine"))
    }

    /// The least that says whether to come, for text messages.
    pub fn short(&self, w: &'static Words) -> &'static str {
        match self.no_medicines {
            true => w.get("no-medicines-here"),
            false if !self.kind.sees_patients() && !self.gone => match self.is_quiet_area() {
                true => w.get("area-look-up-problem"),
                false => w.get("area-look-up"),
            },
            false if self.idle || self.may_be_shut() => w.get("contact-before-you-come"),
            false => attend_text(self.kind, self.advice(), self.state, w),
        }
    }

    /// It was shut, and nobody knows whether it still is.
    fn may_be_shut(&self) -> bool {
        self.state == HeadlineState::Unknown && self.attend == Some("do_not_come")
    }

    /// Whether to come, as it is told: what somebody said of that, but where nobody knows how
    /// things are. Then nobody is to come just so.
    fn advice(&self) -> Option<&'static str> {
        match self.state {
            HeadlineState::Unknown => {
                self.attend.filter(|key| *key != "come").or(Some("come_unless_contacted"))
            }
            HeadlineState::NotConfirmed if !self.over => Some("come_unless_contacted"),
            _ => self.attend,
        }
    }

    /// Whether what somebody said of coming does not hold as the answer has it.
    pub fn overrules_coming(&self) -> bool {
        self.attend == Some("come") && self.advice() != self.attend
    }

    /// Whether nobody is to come, or comes in vain.
    pub fn keeps_away(&self) -> bool {
        self.state == HeadlineState::Closed || self.no_medicines
    }

    /// How much speaks against coming: the same for places whose readers get the same answer.
    pub fn against(&self) -> u8 {
        let attend = match self.state {
            HeadlineState::Unknown => self.attend.filter(|key| *key != "come"),
            HeadlineState::NotConfirmed if !self.over => None,
            _ => self.attend,
        };
        let or = if self.state.is_calm() { "come" } else { "come_unless_contacted" };
        let said = Line::Attend.state(attend.unwrap_or(or)).map_or(0, |state| state.severity);
        match self.gone {
            true => u8::MAX,
            false => said.max(if self.no_medicines || self.idle { 2 } else { 0 }),
        }
    }

    /// That nobody is to come, and not only that it was so.
    pub fn is_no(&self) -> bool {
        self.state == HeadlineState::Closed && self.attend == Some("do_not_come") && !self.gone
    }

    /// All of it as one text.
    pub fn text(&self, w: &'static Words) -> String {
        self.says(w).join(" ")
    }

    /// A region or a board has no appointments; its page sends people on.
    fn of_an_area(&self, w: &'static Words) -> Vec<String> {
        let ids: &[&str] = match self.state {
            HeadlineState::Unknown => &["not-known-if-right", "area-look-up"],
            HeadlineState::Normal | HeadlineState::Busy => &["area-look-up-problem"],
            _ => &["area-problem", "area-look-up"],
        };
        ids.iter().map(|id| w.get(id).to_owned()).collect()
    }
}

/// The answer that some lines give by themselves, such as those that planned work stops.
pub fn of_lines(kind: OrgKind, lines: &Lines, other_111: bool) -> Headline {
    let key = |line: Line| lines.get(line).map(|s| s.state.key);
    let attend = key(Line::Attend);
    let worst = lines.0.iter().filter(|(line, _)| !line.is_national()).map(|(_, s)| s.state.severity).max();
    Headline {
        state: match (attend, worst.unwrap_or(0)) {
            (Some("do_not_come"), _) => HeadlineState::Closed,
            (_, 3..) => HeadlineState::Serious,
            (_, 1..=2) => HeadlineState::Limited,
            _ => HeadlineState::Normal,
        },
        kind,
        attend,
        gone: false,
        idle: false,
        no_medicines: has_no_medicines(kind, attend, key(Line::Collection)),
        over: false,
        other_111,
    }
}

/// Whether it is a pharmacy at which nobody can collect medicines, and that has not said "come".
fn has_no_medicines(kind: OrgKind, attend: Option<&str>, collection: Option<&str>) -> bool {
    let is_answered = matches!(attend, Some("come" | "do_not_come"));
    kind == OrgKind::Pharmacy && collection == Some("paused") && !is_answered
}

/// The answer about coming that follows from an incident alone, for the patients of others.
pub fn for_others(incident: &Incident) -> Headline {
    let lines = incident.lines();
    let attend = lines.get(Line::Attend).map(|s| s.state.key);
    let state = match incident.stage() {
        Stage::Resolved => HeadlineState::Normal,
        stage if stage.is_recovering() => HeadlineState::CatchingUp,
        _ => HeadlineState::Limited,
    };
    let attend = if state == HeadlineState::Normal { None } else { attend };
    Headline {
        state,
        kind: OrgKind::Practice,
        attend,
        gone: false,
        idle: false,
        no_medicines: false,
        over: false,
        other_111: incident.lines().get(Line::Nhs111).is_some_and(|s| s.state.key == "changed"),
    }
}

/// The sentence on attending, for this kind of place. Where nobody has set the
/// line, trouble means "come unless we contact you" (requirement R2).
pub fn attend_text(
    kind: OrgKind,
    attend: Option<&str>,
    state: HeadlineState,
    w: &'static Words,
) -> &'static str {
    let attend = attend.unwrap_or(if state.is_calm() { "come" } else { "come_unless_contacted" });
    let state = Line::Attend.state(attend).unwrap_or(Line::Attend.normal());
    match kind {
        OrgKind::Pharmacy => w.get(&format!("{}-pharmacy.text", state.id)),
        _ => state.text(w),
    }
}
