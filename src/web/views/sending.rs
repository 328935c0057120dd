//! One update on its way out.

use askama::Template;

use super::messages::Item;
use super::{Count, Who};
use crate::words::Locale;

/// `GET /desk/updates/{id}`: one update, or a step of planned work, and its deliveries.
#[derive(Template)]
#[template(path = "admin/deliveries.html")]
pub struct Deliveries {
    pub who: Who,
    pub update: String,
    pub about: About,
    /// What has just been done, or empty.
    pub done: String,
    /// The address of the part that is live.
    pub live: String,
    pub piece: Piece,
}

/// What the screen is about.
#[derive(Default)]
pub struct About {
    /// The incident, once it is over; else empty.
    pub incident: String,
    /// It is what the place itself said, told to its readers alone.
    pub is_word: bool,
    /// The planned work, for a step of it; else empty.
    pub planned: String,
    pub title: String,
    /// For an exercise or a test: the word, and what it means.
    pub unreal: Option<(&'static str, &'static str)>,
    /// Then: how many of those on duty were told.
    pub staff_told: u64,
    pub at: String,
    pub said: Vec<String>,
    pub is_withdrawn: bool,
    /// Of a correction, which is not taken back: the incident to say more about; else empty.
    pub to_update: String,
    /// Of one that was taken back: its correction, and how far that has come, or empty.
    pub correction: Option<(String, String)>,
}

/// The part of that screen that is live, alone.
#[derive(Template)]
#[template(path = "admin/progress_piece.html")]
pub struct Piece {
    pub progress: Progress,
    pub items: Vec<Item>,
    pub next: Option<String>,
}

/// Why some failed.
pub struct Failure {
    /// The reason, and how many.
    pub count: Count,
    pub may_retry: bool,
    /// Why not all of them can be tried again, or empty.
    pub gone: String,
}

/// How far an update has come.
pub struct Progress {
    pub update: String,
    pub may_publish: bool,
    /// The audience is still being put together.
    pub is_preparing: bool,
    /// Nothing of it is sent any more.
    pub is_closed: bool,
    /// Its messages wait for a second person.
    pub is_unapproved: bool,
    /// Why there are no messages, where there are none.
    pub nobody: &'static str,
    /// Everybody, or all but the first, wait for time or for a person.
    pub is_held: bool,
    /// All messages; those that have ended one way or another.
    pub due: Count,
    pub settled: Count,
    pub pending: u64,
    /// Attempts of which nobody knows the end yet.
    pub unclear: u64,
    pub channels: Vec<ChannelCounts>,
    pub failures: Vec<Failure>,
    /// Who stopped it and when, as a sentence; or empty.
    pub stopped: String,
    /// Why some are not told.
    pub withheld: Vec<Count>,
    /// Why messages wait although they are due, a sentence for each provider that rests.
    pub resting: Vec<String>,
    /// Channels whose messages wait for longer than they should, a sentence each.
    pub late: Vec<String>,
    /// What providers charge for, and what that costs; empty when nothing.
    pub spent: String,
    /// What a large audience waits for; `None` where nobody is held back.
    pub holding: Option<String>,
}

/// The counts of one channel, in the order of the delivery states.
pub struct ChannelCounts {
    pub channel: &'static str,
    pub due: u64,
    pub counts: Vec<Count>,
    /// How fast it goes, and what waits on purpose; a sentence each.
    pub pace: Vec<String>,
}

/// `GET /desk/updates/{id}/texts`: who got which words.
#[derive(Template)]
#[template(path = "admin/texts.html")]
pub struct Texts {
    pub who: Who,
    pub update: String,
    pub groups: Vec<Group>,
    pub next: Option<String>,
}

/// Readers who got the same words.
pub struct Group {
    /// The organisation in whose name they are.
    pub name: String,
    pub channel: &'static str,
    pub language: Locale,
    /// Who has got it, or may have, and who is still to get it.
    pub readers: u64,
    pub waiting: u64,
    /// Until when they left with these words, where those are not today's.
    pub until: Option<String>,
    /// Of a text message; 0 on other channels.
    pub parts: u64,
    /// Empty but for email.
    pub subject: String,
    pub text: String,
}
