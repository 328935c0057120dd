//! People who asked to be told: one contact point, one channel, one locale.
//!
//! No name, no NHS number, no health data. The contact itself is stored
//! sealed; here it only passes through.

pub use super::channel::Channel;
use super::line::{Line, Lines};
use super::org::Org;

/// A contact point, checked and in one form: an address in lower case, a number
/// in E.164, or a browser's subscription as JSON.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Contact {
    pub channel: Channel,
    pub value: String,
}

// Never printed in full: contacts do not belong in logs.
impl std::fmt::Debug for Contact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Contact({}, {})", self.channel, self.masked())
    }
}

impl Contact {
    /// Enough to recognise one's own, not enough to use: "a…@e…org", "…123".
    pub fn masked(&self) -> String {
        match (self.channel, self.value.split_once('@')) {
            (Channel::Push, _) => "a browser".into(),
            (Channel::Email, Some((local, domain))) => {
                let first = |s: &str| s.chars().next().map(String::from).unwrap_or_default();
                let end = domain.rsplit('.').next().unwrap_or_default();
                format!("{}…@{}….{end}", first(local), first(domain))
            }
            _ => {
                let tail: Vec<char> = self.value.chars().rev().take(3).collect();
                format!("…{}", tail.iter().rev().collect::<String>())
            }
        }
    }
}

/// What somebody wants to hear of a place: these services of a hospital, or
/// everything where there are none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Services(Vec<Line>);

impl Services {
    /// What may be chosen at a place: the services of hospitals, each with
    /// patients of its own.
    pub fn offered(org: &Org) -> Vec<Line> {
        let is_service = |l: &Line| org.kind.is_hospital() && l.has_sessions() && org.has(*l);
        Line::ALL.iter().copied().filter(is_service).collect()
    }

    /// Of what was chosen, what may be chosen there. Who chooses all of it is told
    /// of everything.
    pub fn chosen<'a>(org: &Org, names: impl Iterator<Item = &'a str>) -> Self {
        let offered = Self::offered(org);
        let mut lines: Vec<Line> = names.filter_map(Line::parse).filter(|l| offered.contains(l)).collect();
        lines.sort();
        lines.dedup();
        if lines.len() == offered.len() { Self::default() } else { Self(lines) }
    }

    /// As it is stored; none for everything.
    pub fn stored(&self) -> Option<String> {
        let names: Vec<&str> = self.0.iter().map(|line| line.as_str()).collect();
        (!names.is_empty()).then(|| names.join(","))
    }

    /// As it was stored. A line that is no more is left out.
    pub fn read(text: Option<&str>) -> Self {
        Self(text.unwrap_or_default().split(',').filter_map(Line::parse).collect())
    }

    pub fn lines(&self) -> &[Line] {
        &self.0
    }

    /// That nobody should come, everybody hears, whatever they chose.
    pub fn all_hear(said: &Lines) -> bool {
        said.get(Line::Attend).is_some_and(|s| s.state.key == "do_not_come")
    }

    /// Whether they want to hear of what says this about the lines.
    pub fn include(&self, said: &Lines) -> bool {
        self.0.is_empty() || Self::all_hear(said) || self.0.iter().any(|line| said.get(*line).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_masked_contact_cannot_be_used() {
        let email = Contact { channel: Channel::Email, value: "alice@example.org".into() };
        assert_eq!(email.masked(), "a…@e….org");
        let sms = Contact { channel: Channel::Sms, value: "+447700900123".into() };
        assert_eq!(format!("{sms:?}"), "Contact(sms, …123)");
        let push =
            Contact { channel: Channel::Push, value: "{\"endpoint\": \"https://a@b.example/123\"}".into() };
        assert_eq!(push.masked(), "a browser");
    }
}
