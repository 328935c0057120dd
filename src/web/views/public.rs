//! Screens for patients besides the page itself: finding a place, asking to be
//! told, and leaving.

use askama::Template;

use super::form::{Choice, Errors};
use crate::domain::headline::HeadlineState;
use crate::domain::subscriber::Channel;

/// `GET /?q=`.
#[derive(Template)]
#[template(path = "public/search.html")]
pub struct Search {
    /// What was typed; empty before the first search.
    pub q: String,
    pub results: Vec<Found>,
    /// There are more than are shown.
    pub more: bool,
}

/// `GET` of an address that leads nowhere (404).
#[derive(Template)]
#[template(path = "public/not_found.html")]
pub struct NotFound {
    /// What was in the address, to search for.
    pub q: String,
}

/// One place that was found, with enough to tell it from its namesakes.
pub struct Found {
    pub code: String,
    pub name: String,
    pub street: String,
    pub town: String,
    pub postcode: String,
    /// "GP surgery".
    pub kind: &'static str,
    /// `None` where patients do not go.
    pub state: Option<HeadlineState>,
}

/// The organisation that a screen is about.
#[derive(Debug, Clone)]
pub struct Place {
    pub code: String,
    pub name: String,
    pub town: String,
}

/// `GET` and refused `POST /{CODE}/subscribe`; fields `channel`, `contact` and
/// `locale`.
#[derive(Template)]
#[template(path = "public/subscribe.html")]
pub struct Subscribe {
    pub place: Place,
    /// `email` or `sms`; anything else when not chosen yet.
    pub channel: String,
    pub contact: String,
    pub locale: String,
    pub errors: Errors,
}

impl Subscribe {
    fn channels(&self) -> Vec<Choice> {
        let all = Channel::PERSONAL.iter().map(|c| Choice::new(c.as_str(), c.label())).collect();
        super::form::chosen(all, &self.channel)
    }
}

/// Answer to `POST /{CODE}/subscribe`, and refused `POST
/// /{CODE}/subscribe/confirm`; fields `contact_id` and `code`.
#[derive(Template)]
#[template(path = "public/check_contact.html")]
pub struct CheckContact {
    pub place: Place,
    pub channel: Channel,
    /// What was typed, shown back to the person who typed it.
    pub contact: String,
    pub contact_id: String,
    pub code: String,
    pub errors: Errors,
}

/// `GET /s/{token}/confirm`: the link in an email. It changes nothing; the
/// button posts to the same address.
#[derive(Template)]
#[template(path = "public/confirm_link.html")]
pub struct ConfirmLink {
    pub token: String,
    pub place: Place,
    pub masked: String,
}

/// Confirmed.
#[derive(Template)]
#[template(path = "public/confirmed.html")]
pub struct Confirmed {
    pub place: Place,
    pub channel: Channel,
    /// `/s/{token}`.
    pub manage_url: String,
}

/// `GET /s/{token}`. Buttons post to `/s/{token}/remove` (field
/// `organisation`) and `/s/{token}/leave`.
#[derive(Template)]
#[template(path = "public/manage.html")]
pub struct Manage {
    pub token: String,
    pub masked: String,
    pub channel: Channel,
    pub places: Vec<Place>,
    /// What has just been done, or empty.
    pub done: String,
}

/// After leaving everything, and when the token is no longer known.
#[derive(Template)]
#[template(path = "public/left.html")]
pub struct Left;

/// A link or code that has been used or has run out.
#[derive(Template)]
#[template(path = "public/stale_link.html")]
pub struct StaleLink;

/// The words for a channel in a sentence.
fn by(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "email",
        Channel::Sms => "text message",
        Channel::Mastodon => "Mastodon",
        Channel::Bluesky => "Bluesky",
    }
}
