//! The accessibility statement.

use askama::Template;
use chrono::NaiveDate;

use super::site::Site;
use crate::domain::time;
use crate::words::{self, Locale, Words};

/// The statement that the Public Sector Bodies (Websites and Mobile Applications)
/// (No. 2) Accessibility Regulations 2018, regulation 8, ask for: what the pages
/// comply with and what they do not, whom to tell, and who enforces it.
#[derive(Template)]
#[template(path = "public/accessibility.html")]
pub struct Statement {
    pub w: &'static Words,
    /// Whether the NHS logo stands at the top.
    pub nhs_logo: bool,
    pub languages: Vec<(Locale, String)>,
    /// Where it is in English.
    pub english: &'static str,
    /// Whom to write to or phone, and where a link to that leads.
    pub contact: Option<(String, String)>,
    pub prepared: String,
}

/// When the statement was last looked over: year, month, day.
const LOOKED_OVER: (i32, u32, u32) = (2026, 11, 29);

/// Its address in English.
const ENGLISH: &str = "/accessibility";

/// Its address in a language.
pub fn address(locale: &Locale) -> String {
    if *locale == Locale::En { ENGLISH.to_owned() } else { format!("{ENGLISH}/{locale}") }
}

/// The statement in a language.
pub fn statement(site: &Site, locale: Locale) -> Statement {
    let (year, month, day) = LOOKED_OVER;
    let w = words::of(locale);
    let date = NaiveDate::from_ymd_opt(year, month, day).map(|d| time::date(d, w)).unwrap_or_default();
    let link = |contact: &str| match contact.contains('@') {
        true => format!("mailto:{contact}"),
        false => format!("tel:{}", super::dial(contact)),
    };
    Statement {
        w,
        nhs_logo: site.nhs_logo(),
        languages: Locale::ALL.iter().map(|l| (*l, address(l))).collect(),
        english: ENGLISH,
        contact: site.contact().map(|contact| (contact.to_owned(), link(contact))),
        prepared: w.put("accessibility-prepared", "date", date),
    }
}
