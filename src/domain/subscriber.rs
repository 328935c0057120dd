//! People who asked to be told: one contact point, one channel, one locale.
//!
//! No name, no NHS number, no health data. The contact itself is stored
//! sealed; here it only passes through.

pub use super::channel::Channel;

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
