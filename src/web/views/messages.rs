//! What went out: messages as they were sent or captured, and deliveries.

use askama::Template;

use super::form::Choice;
use super::{Count, Who};
use crate::domain::delivery::DeliveryState;

/// `GET /desk/messages?channel=`.
#[derive(Template)]
#[template(path = "admin/messages.html")]
pub struct Messages {
    pub who: Who,
    /// The filter `channel`, "All channels" first.
    pub channels: Vec<Choice>,
    pub items: Vec<Item>,
    /// The address of the next page.
    pub next: Option<String>,
}

/// One message, exactly as it is sent.
pub struct Item {
    pub id: String,
    /// "7:21am".
    pub at: String,
    pub channel: &'static str,
    /// Masked; an account's name for social channels.
    pub to: String,
    pub organisation: String,
    /// Empty but for email.
    pub subject: String,
    pub text: String,
    pub state: DeliveryState,
    /// Why it failed, or empty.
    pub reason: String,
}

/// `GET /desk/messages/{id}`.
#[derive(Template)]
#[template(path = "admin/message.html")]
pub struct Message {
    pub who: Who,
    /// What was just done, or empty.
    pub done: &'static str,
    /// Whether it may be sent once more.
    pub may_replay: bool,
    pub item: Item,
    /// The one-press leaving address that goes with it, or empty.
    pub leave_url: String,
    pub attempts: u64,
}

/// What staff read for a state, and its colour.
pub fn state_label(state: DeliveryState) -> (&'static str, &'static str) {
    match state {
        DeliveryState::Queued => ("Waiting", "blue"),
        DeliveryState::Sending => ("Being sent", "blue"),
        DeliveryState::Unclear => ("Not clear", "yellow"),
        DeliveryState::Accepted => ("Handed over", "green"),
        DeliveryState::Delivered => ("Arrived", "green"),
        DeliveryState::Failed => ("Failed", "red"),
        DeliveryState::Superseded => ("Replaced by a newer one", "grey"),
        DeliveryState::Suppressed => ("Not to be told", "grey"),
        DeliveryState::Captured => ("Captured, not sent", "purple"),
    }
}

/// One count for each delivery state, named for staff.
pub fn state_counts(count: impl Fn(DeliveryState) -> u64) -> Vec<Count> {
    DeliveryState::ALL.iter().map(|s| Count::new(state_label(*s).0, count(*s))).collect()
}
