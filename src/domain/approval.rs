//! What one person may not say alone.
//!
//! A page is one person's to change. What reaches very many at once, and what is
//! said about 999 and 111, needs a second person, who is neither who wrote it
//! nor who changed it last (the model is GOV.UK Emergency Alerts).

use super::incident::{Stage, Update};
use super::line::{Line, Lines};
use super::org::{OrgKind, words};

/// From when on a second person is needed. The checks are on "more than".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// The most people that one person may send messages to.
    pub people: usize,
    /// The most organisations whose pages one person may change.
    pub organisations: usize,
    /// Whether what is said for a region or the nation always needs two.
    pub region_wide: bool,
    /// Whether lines that somebody sets for organisations below them always need
    /// two, however few these are.
    pub lines_below: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self { people: 10_000, organisations: 100, region_wide: true, lines_below: true }
    }
}

impl Rules {
    /// One person may say everything but the national lines.
    pub const LOOSE: Self =
        Self { people: usize::MAX, organisations: usize::MAX, region_wide: false, lines_below: false };

    /// Why this needs a second person; empty when it does not.
    pub fn reasons(&self, asked: &Asked<'_>) -> Vec<Reason> {
        let is_wide =
            asked.organisations > self.organisations || (self.region_wide && asked.is_region_wide());
        let national = [Line::Nhs111, Line::Emergency999];
        let mut reasons = Vec::new();
        if national.iter().any(|line| asked.lines.get(*line).is_some()) {
            reasons.push(Reason::NationalLine);
        }
        if is_wide {
            reasons.push(Reason::RegionWide);
        }
        if self.lines_below && asked.is_for_others {
            reasons.push(Reason::LinesBelow);
        }
        if asked.people > self.people {
            reasons.push(Reason::ManyPeople);
        }
        reasons
    }
}

/// What somebody wants to say, as far as it matters for this.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub lines: &'a Lines,
    /// What kind of organisation the scope is, where there is one.
    pub scope: Option<OrgKind>,
    /// How many pages it changes.
    pub organisations: usize,
    /// How many people get a message.
    pub people: usize,
    /// It sets lines for organisations below whoever says it, and not only for
    /// the own page.
    pub is_for_others: bool,
}

/// The lines of an update; where it ends the incident, with what that changes of 999 and 111.
pub fn with_what_ends(update: &Update, stood: &Lines) -> Lines {
    let mut lines = update.lines.clone();
    let national = stood.0.iter().filter(|(line, s)| line.is_national() && s.state.severity > 0);
    for (line, setting) in national.filter(|_| update.stage == Stage::Resolved) {
        lines.0.entry(*line).or_insert_with(|| setting.clone());
    }
    lines
}

/// Whether lines are chosen anew: they are worse than what stood already. "Come unless
/// we contact you" closes nothing.
pub fn chooses(lines: &Lines, stood: &Lines) -> bool {
    let weight = |lines: &Lines, line: Line| lines.get(line).map_or(0, |s| s.state.severity);
    lines.0.iter().any(|(line, setting)| {
        let known = weight(stood, *line);
        let is_neutral = setting.state.key == "come_unless_contacted";
        !line.is_national() && !is_neutral && setting.state.severity > known
    })
}

impl Asked<'_> {
    fn is_region_wide(&self) -> bool {
        matches!(self.scope, Some(OrgKind::Nation | OrgKind::Region))
    }
}

words! {
    /// Why a second person is needed.
    Reason {
        NationalLine = "national_line",
        RegionWide = "region_wide",
        LinesBelow = "lines_below",
        ManyPeople = "many_people",
    }
}

impl Reason {
    /// What staff read.
    pub fn text(self) -> &'static str {
        match self {
            Self::NationalLine => "It changes what is said about 999 or 111.",
            Self::RegionWide => "It changes the pages of a whole region, or of very many places.",
            Self::LinesBelow => "It sets lines for the places below, and not only for one page.",
            Self::ManyPeople => "It sends messages to very many people.",
        }
    }
}

words! {
    /// How far a proposal has come.
    Standing {
        Waiting = "waiting",
        Approved = "approved",
        Refused = "refused",
        /// Published by one person in an emergency; somebody else has to look at
        /// it within the hour.
        BrokeGlass = "broke_glass",
        /// That was looked at.
        Reviewed = "reviewed",
        /// That was looked at, and taken back.
        TakenBack = "taken_back",
    }
}

/// What happened to something that was posted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Publication {
    Published,
    /// The page shows it; its messages wait for a second person.
    MessagesWait,
    AwaitingApproval,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(json: serde_json::Value) -> Lines {
        Lines::parse(&json).unwrap_or_default()
    }

    #[test]
    fn a_page_is_one_persons_and_a_crowd_is_two() {
        let rules = Rules { people: 100, organisations: 10, region_wide: true, lines_below: true };
        let plain = lines(serde_json::json!({"phones": "down"}));
        let one = Asked {
            lines: &plain,
            scope: Some(OrgKind::Practice),
            organisations: 1,
            people: 100,
            is_for_others: false,
        };
        assert_eq!(rules.reasons(&one), []);
        assert_eq!(rules.reasons(&Asked { people: 101, ..one }), [Reason::ManyPeople]);
        assert_eq!(rules.reasons(&Asked { organisations: 11, ..one }), [Reason::RegionWide]);
        let region = Asked { scope: Some(OrgKind::Region), organisations: 2, ..one };
        assert_eq!(rules.reasons(&region), [Reason::RegionWide]);
        assert_eq!(Rules::LOOSE.reasons(&region), []);
        let board = Asked { scope: Some(OrgKind::Icb), organisations: 2, is_for_others: true, ..one };
        assert_eq!(rules.reasons(&board), [Reason::LinesBelow]);
        assert_eq!(Rules { lines_below: false, ..rules }.reasons(&board), []);
    }

    #[test]
    fn what_is_worse_than_what_stood_is_a_choice() {
        let none = Lines::default();
        let neutral = lines(serde_json::json!({"attend": "come_unless_contacted"}));
        assert!(!chooses(&neutral, &none));
        let worse = lines(serde_json::json!({"attend": "do_not_come"}));
        assert!(chooses(&worse, &none));
        assert!(!chooses(&worse, &worse), "it stands already");
        assert!(!chooses(&lines(serde_json::json!({"online_form": "on"})), &none));
    }

    #[test]
    fn nobody_changes_999_or_111_alone() {
        for line in ["nhs_111", "emergency_999"] {
            let words = serde_json::json!({line: {"state": "changed", "words": "Call 0300 000 0000."}});
            let changed = lines(words);
            let asked =
                Asked { lines: &changed, scope: None, organisations: 1, people: 0, is_for_others: false };
            assert_eq!(Rules::LOOSE.reasons(&asked), [Reason::NationalLine], "{line}");
        }
    }
}
