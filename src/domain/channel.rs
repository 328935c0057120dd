//! What a channel is: all that tells channels apart and is not their protocol,
//! one row each. The protocol is in `channels/`, one file each.

use std::time::Duration;

use unicode_segmentation::UnicodeSegmentation;

use super::org::words;
use super::weight;

words! {
    /// A way by which messages leave Signpost.
    Channel {
        Email = "email",
        Sms = "sms",
        WhatsApp = "whatsapp",
        Mastodon = "mastodon",
        Bluesky = "bluesky",
        X = "x",
        Facebook = "facebook",
        Slack = "slack",
        Teams = "teams",
        Discord = "discord",
        Webhook = "webhook",
        Push = "push",
    }
}

/// Whom a channel reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// People who asked to be told, by an address that they typed.
    People,
    /// The same, by their browsers, which give addresses of their own.
    Browsers,
    /// The public or a team, by an account that an organisation brings.
    Account,
}

/// What of a message leaves.
#[derive(Debug, Clone, Copy)]
pub enum Text {
    /// Subject, headline and all paragraphs.
    Letter,
    /// The text message.
    Short,
    /// The name, and below it the answer and what happened.
    Notice,
    /// One post that ends with the link.
    Post(Limit),
    /// The same for machines.
    Event,
}

/// How long a post may be.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// In the channel's own counting.
    pub max: usize,
    /// What any link counts; `None` where it counts as it is written.
    pub link: Option<usize>,
    pub count: fn(&str) -> usize,
}

/// One channel's row.
#[derive(Debug, Clone, Copy)]
pub struct About {
    /// In headings and lists.
    pub label: &'static str,
    /// In the middle of a sentence.
    pub noun: &'static str,
    pub audience: Audience,
    pub text: Text,
    /// How many messages one process has under way at once: on record as begun,
    /// and their end not yet. It bounds how many copies a crash can make.
    pub window: usize,
    /// How many of these one provider gets at once. The others wait for it, so
    /// that it need not wait for the record.
    pub lines: usize,
    /// How long an unclear message rests before it is looked up: longer than
    /// the provider's list may lag. Where nobody can be asked, or where repeats
    /// are dropped, nothing is won by resting.
    pub settle: Duration,
    /// After how long a message is no longer worth sending (hazard H8).
    pub lifetime: Duration,
    /// After how long of nothing but failures an account is turned off; `None`
    /// where only a person can tell that it is over.
    pub patience: Option<Duration>,
}

const DAY: Duration = Duration::from_secs(24 * 3600);
const SOON: Duration = Duration::from_secs(3);

/// A channel to people, where its row says nothing else: email's values.
const PEOPLE: About = About {
    label: "",
    noun: "",
    audience: Audience::People,
    text: Text::Letter,
    window: 24,
    lines: 24,
    settle: SOON,
    lifetime: DAY,
    patience: None,
};

/// An account's channel, where its row says nothing else.
const ACCOUNT: About = About { audience: Audience::Account, window: 4, ..PEOPLE };

fn graphemes(text: &str) -> usize {
    text.graphemes(true).count()
}

/// Bluesky takes 300 graphemes and 3,000 bytes, whichever comes first.
fn graphemes_and_bytes(text: &str) -> usize {
    graphemes(text).max(text.len().div_ceil(10))
}

fn chars(text: &str) -> usize {
    text.chars().count()
}

impl Channel {
    pub fn about(self) -> About {
        match self {
            Self::Email => About { label: "Email", noun: "email", window: 96, ..PEOPLE },
            Self::Sms => About {
                label: "Text message",
                noun: "text message",
                text: Text::Short,
                // Whoever takes them can be asked, so that a crash makes no copies.
                window: 384,
                settle: Duration::from_secs(60),
                lifetime: Duration::from_secs(4 * 3600),
                ..PEOPLE
            },
            Self::WhatsApp => About {
                label: "WhatsApp",
                noun: "WhatsApp",
                text: Text::Post(Limit { max: 1024, link: None, count: chars }),
                settle: Duration::from_secs(60),
                lifetime: Duration::from_secs(4 * 3600),
                ..PEOPLE
            },
            Self::Mastodon => About {
                label: "Mastodon",
                noun: "Mastodon",
                // Stock limits; each server says its own.
                text: Text::Post(Limit { max: 500, link: Some(23), count: graphemes }),
                settle: Duration::from_secs(20),
                ..ACCOUNT
            },
            Self::Bluesky => About {
                label: "Bluesky",
                noun: "Bluesky",
                text: Text::Post(Limit { max: 300, link: None, count: graphemes_and_bytes }),
                ..ACCOUNT
            },
            Self::X => About {
                label: "X",
                noun: "X",
                text: Text::Post(Limit { max: 280, link: Some(23), count: weight::of }),
                settle: Duration::from_secs(30),
                ..ACCOUNT
            },
            Self::Facebook => About {
                label: "Facebook",
                noun: "Facebook",
                text: Text::Post(Limit { max: 5000, link: None, count: chars }),
                settle: Duration::from_secs(30),
                ..ACCOUNT
            },
            Self::Slack => About { label: "Slack", noun: "Slack", ..ACCOUNT },
            Self::Teams => About { label: "Microsoft Teams", noun: "Microsoft Teams", ..ACCOUNT },
            Self::Discord => About { label: "Discord", noun: "Discord", ..ACCOUNT },
            Self::Webhook => About {
                label: "Webhook",
                noun: "webhook",
                text: Text::Event,
                window: 16,
                // A little longer than the patience, so that one message may use it up.
                lifetime: Duration::from_secs(26 * 3600),
                patience: Some(DAY),
                ..ACCOUNT
            },
            Self::Push => About {
                label: "Notification in the browser",
                noun: "browser notification",
                audience: Audience::Browsers,
                text: Text::Notice,
                lifetime: Duration::from_secs(4 * 3600),
                ..PEOPLE
            },
        }
    }

    pub fn label(self) -> &'static str {
        self.about().label
    }

    /// Whether people subscribe on it.
    pub fn is_personal(self) -> bool {
        self.about().audience != Audience::Account
    }

    /// Whether people type where their messages go. Then a code shows that the
    /// address is theirs.
    pub fn is_typed(self) -> bool {
        self.about().audience == Audience::People
    }

    /// Channels that people subscribe on.
    pub fn personal() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|c| c.is_personal())
    }

    /// Those of them whose addresses people type.
    pub fn typed() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|c| c.is_typed())
    }

    /// Channels that an organisation posts on with its own account.
    pub fn of_accounts() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|c| !c.is_personal())
    }
}
