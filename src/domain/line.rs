//! Lines: the facts a patient asks for, each with a few states.
//!
//! Names and states are fixed by the outside contract; the words for them are
//! in `locales/`.

mod reading;

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::incident::Proxy;
use super::org::{Org, OrgKind, words};
use super::written::Written;
use super::{FieldError, line_states, time};
use crate::words::{Words, english};

words! {
    /// A fact that patients ask for. The order is the order on the page.
    Line {
        Attend = "attend",
        EmergencyDepartment = "emergency_department",
        Phones = "phones",
        OnlineForm = "online_form",
        Booking = "booking",
        Prescriptions = "prescriptions",
        TestResults = "test_results",
        CheckIn = "check_in",
        Records = "records",
        Outpatients = "outpatients",
        Inpatients = "inpatients",
        Operations = "operations",
        Scans = "scans",
        BloodTests = "blood_tests",
        Radiotherapy = "radiotherapy",
        Maternity = "maternity",
        Dispensing = "dispensing",
        Collection = "collection",
        Deliveries = "deliveries",
        Nhs111 = "nhs_111",
        Emergency999 = "emergency_999",
    }
}

/// One state of a line.
#[derive(Debug, PartialEq, Eq)]
pub struct State {
    pub key: &'static str,
    /// 0 is normal, 1 slower, 2 limited, 3 stopped.
    pub severity: u8,
    /// Names its words in `locales/*/lines.ftl`.
    pub id: &'static str,
}

impl State {
    /// A few words for a tag: "Not working".
    pub fn label(&self, words: &'static Words) -> &'static str {
        words.get(self.id)
    }

    /// The sentence for patients.
    pub fn text(&self, words: &'static Words) -> &'static str {
        words.get(&format!("{}.text", self.id))
    }
}

impl Line {
    /// What the line is called.
    pub fn label(self, words: &'static Words) -> &'static str {
        words.get(&format!("line-{self}"))
    }

    /// Whether the line means anything for this kind of organisation.
    pub fn applies_to(self, kind: OrgKind) -> bool {
        match self {
            Self::Nhs111 | Self::Emergency999 => true,
            Self::Attend | Self::Phones => kind.sees_patients(),
            Self::CheckIn => kind.is_surgery() || kind.is_hospital(),
            Self::Prescriptions => kind.is_surgery() || kind == OrgKind::Pharmacy,
            Self::OnlineForm | Self::Booking => kind.is_surgery(),
            Self::TestResults | Self::Records => kind.is_surgery() || kind.is_hospital(),
            Self::Dispensing | Self::Collection | Self::Deliveries => kind == OrgKind::Pharmacy,
            _ => kind.is_hospital(),
        }
    }

    /// Held nationally (and 111 also by a region), never by a practice. In Wales the health
    /// boards hold both: there is no nation above them in ODS.
    pub fn is_national(self) -> bool {
        matches!(self, Self::Nhs111 | Self::Emergency999)
    }

    /// The kinds of organisation that may set the line.
    pub fn may_be_set_by(self, kind: OrgKind) -> bool {
        match self {
            Self::Emergency999 => matches!(kind, OrgKind::Nation | OrgKind::HealthBoard),
            Self::Nhs111 => matches!(kind, OrgKind::Nation | OrgKind::HealthBoard | OrgKind::Region),
            _ => true,
        }
    }

    /// The states, normal first.
    pub fn states(self) -> &'static [State] {
        line_states::of(self)
    }

    pub fn state(self, key: &str) -> Option<&'static State> {
        self.states().iter().find(|s| s.key == key)
    }

    /// The state when nothing is wrong.
    pub fn normal(self) -> &'static State {
        &self.states()[0]
    }

    /// Whether a line can hold for one session of one day only.
    pub fn has_sessions(self) -> bool {
        self.states().iter().any(|s| s.key == "cancelled")
    }
}

words! {
    /// Half a day at a hospital.
    Session { Morning = "morning", Afternoon = "afternoon" }
}

impl Session {
    /// From when to when it is that session of a day: the morning ends at 1pm, the
    /// afternoon with the day.
    pub fn times(self, day: NaiveDate) -> (DateTime<Utc>, DateTime<Utc>) {
        let at = |day: NaiveDate, hour| time::from_wall(day.and_time(NaiveTime::MIN) + Duration::hours(hour));
        match self {
            Self::Morning => (at(day, 0), at(day, 13)),
            Self::Afternoon => (at(day, 12), at(day, 24)),
        }
    }
}

/// "in the morning of 20 July 2024", as staff read it.
pub fn session_for_staff((session, day): (Session, NaiveDate)) -> String {
    format!("in the {session} of {}", time::date(day, english()))
}

/// What somebody said about one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    pub state: &'static State,
    /// Only for 111 and 999: the words that patients read.
    pub words: Option<Written>,
    /// Only for hospital services: the session and day that it holds for.
    pub session: Option<(Session, NaiveDate)>,
    /// When the line first took this state; filled in when it is stored.
    pub since: Option<DateTime<Utc>>,
    /// It is as usual here for as long as anybody above says otherwise.
    pub is_exception: bool,
    /// Who said it, where that is another than whoever says the rest: what somebody said for
    /// a place stands beside what the place says of itself.
    pub by: Option<Proxy>,
}

impl Setting {
    /// From when to when it holds, where it is about one session alone.
    pub fn session_times(&self) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        self.session.map(|(session, day)| session.times(day))
    }

    /// "This is for the morning of Friday 19 July 2024 only."
    pub fn session_text(&self, w: &'static Words) -> Option<String> {
        let (session, day) = self.session?;
        let id = match session {
            Session::Morning => "for-the-morning",
            Session::Afternoon => "for-the-afternoon",
        };
        Some(w.with(id, &[("date", (&time::date(day, w)).into())]))
    }

    /// What staff read: the state, the session that it holds for, the own words.
    pub fn for_staff(&self) -> String {
        let words = english();
        let when = |of| format!(", only {}", session_for_staff(of));
        let own = self.words.as_ref().map(|w| format!(": {}", w.english)).unwrap_or_default();
        format!("{}{}{own}", self.state.label(words), self.session.map(when).unwrap_or_default())
    }

    pub fn new(state: &'static State) -> Self {
        Self { state, words: None, session: None, since: None, is_exception: false, by: None }
    }

    fn to_json(&self) -> Value {
        let mut map = Map::from_iter([("state".to_owned(), json!(self.state.key))]);
        if let Some(words) = &self.words {
            map.insert("words".into(), json!(words.english));
            if !words.others.is_empty() {
                map.insert("words_in".into(), json!(words.others));
            }
        }
        if let Some((session, day)) = self.session {
            map.insert("session".into(), json!(session));
            map.insert("day".into(), json!(day));
        }
        if self.is_exception {
            map.insert("exception".into(), json!(true));
        }
        if let Some(by) = &self.by {
            map.insert("spoken_by".into(), json!(by));
        }
        if let Some(since) = self.since {
            map.insert("since".into(), json!(since));
        }
        Value::Object(map)
    }
}

/// Several lines, each at most once, in the order of the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines(pub BTreeMap<Line, Setting>);

/// The longest text of a 111 or 999 line, in characters.
pub const MAX_WORDS: usize = 300;

impl Lines {
    /// That nobody is to come, which all readers hear, whatever they chose.
    pub fn shut() -> Self {
        let state = Line::Attend.state("do_not_come").unwrap_or(Line::Attend.normal());
        Self(BTreeMap::from([(Line::Attend, Setting::new(state))]))
    }

    /// Those that mean anything at an organisation.
    pub fn of(&self, org: &Org) -> Self {
        Self(self.0.iter().filter(|(line, _)| org.has(**line)).map(|(l, s)| (*l, s.clone())).collect())
    }

    /// Reads the contract's form: a state, or an object with a state and more.
    /// Every mistake is reported, each with its own pointer.
    pub fn parse(value: &Value) -> Result<Self, Vec<FieldError>> {
        let Value::Object(map) = value else {
            return Err(vec![FieldError::new(
                "/lines",
                "Lines must be an object such as {\"attend\": \"come\"}.",
            )]);
        };
        let mut lines = BTreeMap::new();
        let mut errors = Vec::new();
        for (key, value) in map {
            let at = format!("/lines/{key}");
            match reading::one(key, value) {
                Ok((line, setting)) => {
                    lines.insert(line, setting);
                }
                Err(detail) => errors.push(FieldError::new(at, detail)),
            }
        }
        if errors.is_empty() { Ok(Self(lines)) } else { Err(errors) }
    }

    pub fn to_json(&self) -> Value {
        Value::Object(self.0.iter().map(|(l, s)| (l.as_str().to_owned(), s.to_json())).collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn get(&self, line: Line) -> Option<&Setting> {
        self.0.get(&line)
    }

    /// Lays `newer` over these, line by line. A line that keeps its state
    /// keeps the time since when it has had it.
    pub fn overlaid(&self, newer: &Lines, at: DateTime<Utc>) -> Lines {
        let mut out = self.clone();
        for (line, setting) in &newer.0 {
            let same = out.0.get(line).filter(|old| {
                old.state == setting.state && old.words == setting.words && old.session == setting.session
            });
            let since = same.map_or(setting.since, |old| old.since).or(Some(at));
            let is_exception = setting.is_exception || same.is_some_and(|old| old.is_exception);
            out.0.insert(*line, Setting { since, is_exception, ..setting.clone() });
        }
        out
    }
}

impl Serialize for Lines {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        self.to_json().serialize(s)
    }
}

impl<'de> Deserialize<'de> for Lines {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(d)?;
        Self::parse(&value).map_err(|errors| {
            let all: Vec<_> = errors.iter().map(|e| format!("{}: {}", e.pointer, e.detail)).collect();
            serde::de::Error::custom(all.join("; "))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_line_is_named_with_its_pointer() {
        let errors = Lines::parse(&json!({
            "attend": "maybe", "tea": "on", "phones": 3, "emergency_999": "changed",
            "phones_": null
        }))
        .unwrap_err();
        let at: Vec<_> = errors.iter().map(|e| e.pointer.as_str()).collect();
        assert_eq!(
            at,
            ["/lines/attend", "/lines/emergency_999", "/lines/phones", "/lines/phones_", "/lines/tea"]
        );
        assert!(errors[0].detail.contains("come_unless_contacted"), "{}", errors[0].detail);
    }

    #[test]
    fn lines_survive_storage() {
        let given = json!({
            "attend": {"state": "do_not_come"},
            "radiotherapy": {"state": "cancelled", "session": "morning", "day": "2024-07-19"},
            "nhs_111": {"state": "changed", "words": "Use 111 online."}
        });
        let lines = Lines::parse(&given).unwrap();
        assert_eq!(lines.to_json(), given);
    }

    #[test]
    fn a_line_that_stays_the_same_keeps_its_time() {
        let t0: DateTime<Utc> = "2024-07-19T07:00:00Z".parse().unwrap();
        let t1: DateTime<Utc> = "2024-07-19T09:00:00Z".parse().unwrap();
        let down = Lines::parse(&json!({"phones": "down"})).unwrap();
        let first = Lines::default().overlaid(&down, t0);
        assert_eq!(first.overlaid(&down, t1).get(Line::Phones).unwrap().since, Some(t0));
        let up = Lines::parse(&json!({"phones": "working"})).unwrap();
        assert_eq!(first.overlaid(&up, t1).get(Line::Phones).unwrap().since, Some(t1));
    }
}
