//! Screens for patients besides the page itself: asking to be told, and leaving.

use askama::Template;

use super::form::{Choice, Errors};
use crate::domain::subscriber::Channel;
use crate::words::{Locale, Words};

/// `GET` of an address that leads nowhere (404).
#[derive(Template)]
#[template(path = "public/not_found.html")]
pub struct NotFound {
    pub w: &'static Words,
    /// Whether the NHS logo stands at the top.
    pub nhs_logo: bool,
    /// What was in the address, to search for.
    pub q: String,
}

/// 503: what is long past cannot be read at this moment.
#[derive(Template)]
#[template(path = "public/no_past.html")]
pub struct NoPast {
    pub w: &'static Words,
    /// Whether the NHS logo stands at the top.
    pub nhs_logo: bool,
    /// The address of the page, and whose it is.
    pub now: (String, String),
}

/// The organisation that a screen is about.
#[derive(Debug, Clone)]
pub struct Place {
    pub code: String,
    pub name: String,
    pub town: String,
}

impl Place {
    /// The page of the place.
    fn address(&self, locale: &Locale) -> String {
        in_language(&format!("/{}", self.code), locale)
    }

    /// The form for getting updates.
    fn subscribe(&self, locale: &Locale) -> String {
        format!("{}/subscribe", self.address(locale))
    }

    /// The same in each language.
    pub fn subscribe_in_each(&self) -> Vec<(Locale, String)> {
        Locale::ALL.iter().map(|l| (*l, self.subscribe(l))).collect()
    }

    /// "Rookery Lane Surgery, Fernborough".
    fn named(&self) -> String {
        crate::domain::org::in_town(&self.name, &self.town)
    }
}

/// `/A81001` or `/A81001/cy`.
fn in_language(address: &str, locale: &Locale) -> String {
    if *locale == Locale::En { address.to_owned() } else { format!("{address}/{locale}") }
}

/// `GET` and refused `POST /{CODE}/subscribe`; fields `channel`, `contact` and
/// `locale`.
#[derive(Template)]
#[template(path = "public/subscribe.html")]
pub struct Subscribe {
    pub w: &'static Words,
    /// Whether the NHS logo stands at the top.
    pub nhs_logo: bool,
    pub place: Place,
    /// `email` or `sms`; anything else when not chosen yet.
    pub channel: String,
    /// The same form in each language.
    pub in_each: Vec<(Locale, String)>,
    /// What may be chosen at a hospital; else empty.
    pub services: Vec<Choice>,
    pub contact: String,
    pub locale: String,
    /// What may be chosen.
    pub offered: Vec<Channel>,
    /// Nothing of it leaves: what is asked for is captured.
    pub not_set_up: bool,
    /// Whether notifications in the browser are offered.
    pub device: bool,
    /// What browsers ask for notifications with.
    pub push_key: String,
    /// Text messages cannot be replied to, so that STOP is no way out.
    pub stops_by_link: bool,
    pub errors: Errors,
}

impl Subscribe {
    fn channels(&self) -> Vec<Choice> {
        let label = |c| match c {
            Channel::Sms => self.w.get("text-message"),
            // A name, the same in every language.
            Channel::WhatsApp => c.label(),
            _ => self.w.get("email"),
        };
        let all = self.offered.iter().map(|c| Choice::new(c.as_str(), label(*c))).collect();
        super::form::chosen(all, &self.channel)
    }

    fn english(&self) -> String {
        self.place.subscribe(&Locale::En)
    }

    /// Each language named in itself.
    fn languages(&self) -> Vec<Choice> {
        let all = Locale::ALL.iter().map(|l| Choice::new(l.as_str(), l.own_name())).collect();
        super::form::chosen(all, &self.locale)
    }
}

/// Answer to `POST /{CODE}/subscribe`, and refused `POST
/// /{CODE}/subscribe/confirm`; fields `contact_id` and `code`.
#[derive(Template)]
#[template(path = "public/check_contact.html")]
pub struct CheckContact {
    pub w: &'static Words,
    /// Whether the NHS logo stands at the top.
    pub nhs_logo: bool,
    pub place: Place,
    pub channel: Channel,
    /// The code was not sent: only staff can read it.
    pub captured: bool,
    /// What was typed, shown back to the person who typed it.
    pub contact: String,
    pub contact_id: String,
    pub code: String,
    pub errors: Errors,
}

impl CheckContact {
    fn heading(&self) -> &'static str {
        match self.channel {
            _ if self.captured => "not-sent",
            Channel::Email => "check-your-email",
            _ => "check-your-phone",
        }
    }
}

/// `GET /s/{token}/confirm`: the link in an email. It changes nothing; the
/// button posts to the same address.
#[derive(Template)]
#[template(path = "public/confirm_link.html")]
pub struct ConfirmLink {
    pub w: &'static Words,
    /// Whether the NHS logo stands at the top.
    pub nhs_logo: bool,
    pub token: String,
    pub place: Place,
    pub masked: String,
}

/// Confirmed, by a code or by the browser's own permission.
#[derive(Template)]
#[template(path = "public/confirmed.html")]
pub struct Confirmed {
    pub w: &'static Words,
    /// Whether the NHS logo stands at the top.
    pub nhs_logo: bool,
    pub place: Place,
    pub channel: Channel,
    /// What they asked for is not sent, but kept for staff to read.
    pub captured: bool,
    /// `/s/{token}`.
    pub manage_url: String,
}

impl Confirmed {
    fn heading(&self) -> &'static str {
        self.w.get(if self.captured { "signed-up" } else { "you-will-get-updates" })
    }

    fn tell_you(&self) -> &'static str {
        self.w.get(match self.channel {
            _ if self.captured => "not-set-up",
            Channel::WhatsApp => "tell-you-by-whatsapp",
            Channel::Sms => "tell-you-by-text",
            Channel::Push => "tell-you-on-device",
            _ => "tell-you-by-email",
        })
    }
}

/// `GET /s/{token}`. Buttons post to `/s/{token}/remove` (field
/// `organisation`), `/s/{token}/language` (field `locale`) and `/s/{token}/leave`.
#[derive(Template)]
#[template(path = "public/manage.html")]
pub struct Manage {
    pub w: &'static Words,
    /// Whether the NHS logo stands at the top.
    pub nhs_logo: bool,
    pub token: String,
    pub masked: String,
    pub channel: Channel,
    /// Each with the services that they chose, in a sentence.
    pub places: Vec<(Place, Option<String>)>,
    /// What has just been done, or empty.
    pub done: String,
}

impl Manage {
    /// Each language named in itself.
    fn languages(&self) -> Vec<Choice> {
        let all = Locale::ALL.iter().map(|l| Choice::new(l.as_str(), l.own_name())).collect();
        super::form::chosen(all, self.w.locale.as_str())
    }

    fn sent_to(&self) -> String {
        let to = |id| self.w.put(id, "contact", &self.masked);
        match self.channel {
            Channel::WhatsApp => to("send-by-whatsapp-to"),
            Channel::Sms => to("send-by-text-to"),
            Channel::Push => self.w.get("show-on-device").into(),
            _ => to("send-by-email-to"),
        }
    }

    fn deleted(&self) -> &'static str {
        self.w.get(match self.channel {
            Channel::Email => "delete-address",
            Channel::Push => "delete-device",
            _ => "delete-number",
        })
    }
}

/// After leaving everything, and when the token is no longer known.
#[derive(Template)]
#[template(path = "public/left.html")]
pub struct Left {
    pub w: &'static Words,
    /// Whether the NHS logo stands at the top.
    pub nhs_logo: bool,
}

/// A link or code that has been used or has run out.
#[derive(Template)]
#[template(path = "public/stale_link.html")]
pub struct StaleLink {
    pub w: &'static Words,
    /// Whether the NHS logo stands at the top.
    pub nhs_logo: bool,
}
