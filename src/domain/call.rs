//! What staff on duty are told: asked whether they are affected, chased,
//! reminded of a promise, alarmed. Plain English, for people at work.

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::incident::{Incident, Kind, Update};
use super::message::{Message, fit};
use super::org::{OrgCode, words};
use super::{sms, time};
use crate::words::english;

words! {
    /// Why staff are told something.
    Reason {
        /// A problem may have reached them: are they affected?
        Ask = "ask",
        /// The same, once more.
        Chase = "chase",
        /// They promised to say something soon.
        Reminder = "reminder",
        /// What they promised to say by now was not said.
        Overdue = "overdue",
        /// Others say that it is over: is the place back to normal?
        Back = "back",
        /// How an exercise or a test goes on.
        Update = "update",
        /// Something that whoever answers for an area has to know at once.
        Alarm = "alarm",
    }
}

/// One thing to tell staff. A broadcast has the same id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    pub id: Uuid,
    pub reason: Reason,
    /// Of the incident; an exercise reaches nobody but those on duty.
    pub kind: Kind,
    pub incident: Option<Uuid>,
    pub update: Option<Uuid>,
    /// Who asks, or whom it is about.
    pub organisation: OrgCode,
    /// For an alarm: what happened, and the rest.
    pub subject: Option<String>,
    pub text: Option<String>,
    pub made_at: DateTime<Utc>,
}

/// How long the link is good that a call carries.
pub const LINK_LIFE: Duration = Duration::hours(24);
/// When the silent are asked again, from one time to the next.
pub const GAPS: [Duration; 3] = [Duration::minutes(30), Duration::minutes(30), Duration::hours(1)];
/// How long before a promised update those on duty are reminded of it.
pub const REMINDED_BEFORE: Duration = Duration::minutes(15);
/// What stands for the link until the message leaves, so that it is not stored.
pub const LINK_MARK: &str = "{link}";
/// The longest title in a text message, in characters.
const SHORT_TITLE: usize = 50;

/// After how long the silent are asked again, having been asked `asked` times;
/// `None` when they have been asked enough.
pub fn gap(asked: i32) -> Option<Duration> {
    usize::try_from(asked - 1).ok().and_then(|n| GAPS.get(n)).copied()
}

/// When those on duty are reminded of a promise that was made at a time: of a short one when
/// half of it is over.
pub fn remind_at(made_at: DateTime<Utc>, due: DateTime<Utc>) -> DateTime<Utc> {
    due - REMINDED_BEFORE.min((due - made_at) / 2)
}

impl Kind {
    /// What every output of it begins with; empty for what is real.
    pub fn mark(self) -> &'static str {
        match self {
            Self::Live => "",
            Self::Exercise => "EXERCISE. ",
            Self::Test => "TEST. ",
        }
    }

    /// "EXERCISE" or "TEST", for a tag; empty for what is real.
    pub fn word(self) -> &'static str {
        self.mark().trim_end_matches([' ', '.'])
    }

    /// The word and what it means; `None` for what is real.
    pub fn unreal(self) -> Option<(&'static str, &'static str)> {
        (self != Self::Live).then(|| (self.word(), self.warning()))
    }

    /// The sentence that goes with it.
    pub fn warning(self) -> &'static str {
        match self {
            Self::Live => "",
            Self::Exercise => "This is an exercise. Nothing here is real.",
            Self::Test => "This is a test. Nothing here is real.",
        }
    }
}

/// What the words are made from.
pub struct Calling<'a> {
    pub kind: Kind,
    /// The name of the site.
    pub name: &'a str,
    /// Where it reads more.
    pub page_url: String,
}

impl Calling<'_> {
    fn message(&self, subject: &str, headline: &str, paragraphs: Vec<String>, short: &str) -> Message {
        let mark = self.kind.mark();
        let warning = Some(self.kind.warning()).filter(|w| !w.is_empty()).map(str::to_owned);
        let short = sms::to_gsm(&format!("{mark}{}: {short}", self.name));
        Message {
            organisation: self.name.to_owned(),
            subject: format!("{mark}{subject}"),
            headline: format!("{mark}{headline}"),
            paragraphs: warning.into_iter().chain(paragraphs).collect(),
            // No account posts it.
            post: short.clone(),
            post_end: String::new(),
            // Nor does a browser show it.
            notice: String::new(),
            short,
            page_url: self.page_url.clone(),
            lang: "en".into(),
            is_correction: false,
            facts: None,
        }
    }

    /// Asks whether the site is affected; [`LINK_MARK`] stands for the link.
    pub fn ask(&self, incident: &Incident, declared_by: &str, again: bool) -> Message {
        let title = stop(&incident.title.english);
        let please = if again { "Please answer: are you affected?" } else { "Are you affected?" };
        let paragraphs = vec![
            format!("Open this link and press an answer. You need no password: {LINK_MARK}"),
            "Until you answer, your page says that you have not confirmed it.".into(),
            "The link is for you alone, and works for 24 hours. Please do not pass it on.".into(),
        ];
        let headline = format!("{declared_by} reported: {title}.");
        let short = format!("{}. {please} {LINK_MARK}", fit(&title, SHORT_TITLE, |s| s.chars().count()));
        self.message(&format!("{please} {title}"), &headline, paragraphs, &short)
    }

    /// Asks whether a site is back to normal, once others say that it is over;
    /// [`LINK_MARK`] stands for the link.
    pub fn back(&self, incident: &Incident, said_by: &str) -> Message {
        let title = stop(&incident.title.english);
        let paragraphs = vec![
            "Your page does not say that you are back to normal until you do.".into(),
            format!("Open this link and press an answer. You need no password: {LINK_MARK}"),
            "The link is for you alone, and works for 24 hours. Please do not pass it on.".into(),
        ];
        let ask = "Are you back to normal?";
        let short = format!("{}. {ask} {LINK_MARK}", fit(&title, SHORT_TITLE, |s| s.chars().count()));
        let headline = format!("{said_by} said that this is over: {title}.");
        self.message(&format!("{ask} {title}"), &headline, paragraphs, &short)
    }

    /// A promise of the site's own that is due soon.
    pub fn reminder(&self, incident: &Incident, update: &Update, update_url: &str) -> Message {
        let title = stop(&incident.title.english);
        let due = time::near(update.next_update_by, update.next_update_by, english());
        let promised = format!("You have promised an update by {due}.");
        let paragraphs = vec![
            format!("Post it now, or say when: {update_url}"),
            "After that time, your page tells patients that the update is late.".into(),
        ];
        let about = fit(&title, SHORT_TITLE, |s| s.chars().count());
        let short = format!("{about}. {promised} Post it now, or say when: {update_url}");
        self.message(&format!("Your next update is due soon: {title}"), &promised, paragraphs, &short)
    }

    /// A promise of the site's own that was not kept.
    pub fn overdue(&self, incident: &Incident, update: &Update, desk_url: &str) -> Message {
        let title = stop(&incident.title.english);
        let due = time::near(update.next_update_by, update.next_update_by, english());
        let paragraphs = vec![
            format!("Your next update was due at {due}. Your page says so to patients now."),
            "One hour after that time, your page says that we do not know.".into(),
            format!("Post an update: {desk_url}"),
        ];
        let short = format!(
            "your update on {} was due at {due}. Your page says so. Post one: {desk_url}",
            fit(&title, SHORT_TITLE, |s| s.chars().count())
        );
        self.message(
            &format!("Your next update is due: {title}"),
            "Patients are waiting for your update.",
            paragraphs,
            &short,
        )
    }

    /// How an exercise goes on.
    pub fn update(&self, incident: &Incident, update: &Update, said_by: &str) -> Message {
        let title = stop(&incident.title.english);
        let stage = update.stage.label(english());
        let said = update.message.as_ref().map(|m| m.english.clone());
        let all = said.clone().unwrap_or_default();
        let words = fit(&all, 160, |s| s.chars().count());
        let words = if words.is_empty() { words } else { format!("{words} ") };
        let short = format!("{title}. {stage}. {words}{}", self.page_url);
        let headline = format!("{title}: {stage}");
        let paragraphs = std::iter::once(format!("{said_by} said this.")).chain(said).collect();
        self.message(&headline, &headline, paragraphs, &short)
    }

    /// Something to know at once.
    pub fn alarm(&self, subject: &str, text: &str) -> Message {
        let paragraphs = vec![text.to_owned(), "It stands on your desk too.".into()];
        self.message(subject, subject, paragraphs, &format!("{subject} {}", self.page_url))
    }
}

/// Without the full stop that a title may end with.
fn stop(title: &str) -> String {
    title.trim().trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_promise_is_reminded_of_at_half_of_it() {
        let at: DateTime<Utc> = "2024-07-19T08:00:00Z".parse().unwrap();
        let before = |minutes| (remind_at(at, at + Duration::minutes(minutes)) - at).num_minutes();
        assert_eq!([120, 30, 20].map(before), [105, 15, 10]);
    }

    #[test]
    fn the_silent_are_asked_four_times_in_two_hours() {
        let asked: Vec<_> = (0..6).map(|n| gap(n).map(|g| g.num_minutes())).collect();
        assert_eq!(asked, [None, Some(30), Some(30), Some(60), None, None]);
    }
}
