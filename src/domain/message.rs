//! From facts to the words that leave: email, text message, social posts.
//!
//! The words come from the same facts as the page, so that no channel says
//! something else. A text message is one part of 160 GSM characters, names
//! the organisation and ends with the link to its page.

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

use super::facts::{Facts, IncidentFact, View};
use super::headline::{self, HeadlineState};
use super::incident::{Stage, Update};
use super::line::Line;
use super::sms;
use super::subscriber::Channel;
use super::time;

/// A text message fits into one part (GSM 03.38, septets).
pub const SMS_MAX: usize = 160;
/// Mastodon's stock limit, in characters.
pub const MASTODON_MAX: usize = 500;
/// What Mastodon counts for any link.
pub const MASTODON_LINK: usize = 23;
/// Bluesky's limit, in graphemes.
pub const BLUESKY_MAX: usize = 300;

/// What one audience is told, on every channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// In whose name.
    pub organisation: String,
    pub subject: String,
    /// The answer: should I come?
    pub headline: String,
    /// The rest of the email, a sentence or two each.
    pub paragraphs: Vec<String>,
    /// The whole text message, link included.
    pub short: String,
    /// The body of a social post, without the link.
    pub post: String,
    /// The page that tells more.
    pub page_url: String,
    /// BCP 47.
    pub lang: String,
}

impl Message {
    /// The exact text that leaves on a channel.
    pub fn text_for(&self, channel: Channel) -> String {
        match channel {
            Channel::Sms => self.short.clone(),
            Channel::Email => self.plain_text(),
            Channel::Mastodon => {
                let room = MASTODON_MAX - MASTODON_LINK - 2;
                format!("{}\n\n{}", fit(&self.post, room, |s| s.graphemes(true).count()), self.page_url)
            }
            Channel::Bluesky => {
                let link = self.page_url.graphemes(true).count() + 2;
                let room = BLUESKY_MAX.saturating_sub(link);
                format!("{}\n\n{}", fit(&self.post, room, |s| s.graphemes(true).count()), self.page_url)
            }
        }
    }

    /// The email's plain part, without the footer on leaving.
    fn plain_text(&self) -> String {
        let mut out = format!("{}\n\n{}\n", self.organisation, self.headline);
        for paragraph in &self.paragraphs {
            out.push('\n');
            out.push_str(paragraph);
            out.push('\n');
        }
        out.push_str(&format!("\nFull information: {}\n", self.page_url));
        out
    }
}

/// What the words are made from, besides the facts.
pub struct Telling<'a> {
    pub facts: &'a Facts,
    /// The facts at the time of the update.
    pub view: &'a View,
    pub incident: &'a IncidentFact,
    pub update: &'a Update,
    pub page_url: String,
}

/// Writes the message about one update for the audience of one organisation.
pub fn compose(telling: &Telling<'_>) -> Message {
    let name = telling.facts.org.name.clone();
    let update = telling.update;
    let opening = opening(telling);
    let headline = telling.view.headline.text.clone();
    let mut paragraphs = vec![opening.clone()];
    paragraphs.extend(update.message.clone().filter(|m| *m != opening));
    paragraphs.extend(line_sentences(telling));
    if update.stage != Stage::Resolved {
        paragraphs
            .push(format!("Next update by {}.", time::near(update.next_update_by, update.published_at)));
    }
    paragraphs.push("If you need urgent help, use 111.nhs.uk or call 111. In an emergency, call 999.".into());
    let correction = if update.corrects.is_some() { "Correction: " } else { "" };
    let headline_short = short_headline(telling, &headline);
    Message {
        subject: format!("{correction}{name}: {}", trim_stop(&subject_words(telling))),
        post: format!(
            "{correction}{name}: {}",
            join(&[update.message.as_deref().unwrap_or(&opening), &headline])
        ),
        short: short(
            &format!("{correction}{name}"),
            &opening_short(telling),
            &headline_short,
            &telling.page_url,
        ),
        organisation: name,
        headline,
        paragraphs,
        page_url: telling.page_url.clone(),
        lang: "en".into(),
    }
}

/// What happened, in one sentence.
fn opening(telling: &Telling<'_>) -> String {
    let update = telling.update;
    if update.corrects.is_some() {
        return update.message.clone().unwrap_or_else(|| "What we told you before was wrong.".into());
    }
    match update.stage {
        Stage::Resolved if is_calm(telling) => {
            format!("{} is over. We are back to normal.", problem(telling))
        }
        Stage::Resolved => format!("{} is over.", problem(telling)),
        Stage::CatchingUp | Stage::Monitoring => "Our systems are working again. We are catching up.".into(),
        Stage::Limited => "Some of our systems are working again. Others are not.".into(),
        Stage::Investigating | Stage::Identified => telling
            .incident
            .system_message
            .clone()
            .or_else(|| update.message.clone())
            .unwrap_or_else(|| format!("{}.", trim_stop(&telling.incident.incident.title))),
    }
}

fn opening_short(telling: &Telling<'_>) -> String {
    let update = telling.update;
    match update.stage {
        _ if update.corrects.is_some() => opening(telling),
        Stage::Investigating | Stage::Identified => {
            telling.incident.system_short.clone().unwrap_or_else(|| opening(telling))
        }
        Stage::Resolved if is_calm(telling) => "We are back to normal.".into(),
        _ => opening(telling),
    }
}

/// Nothing else is wrong there, so that "normal" may be said.
fn is_calm(telling: &Telling<'_>) -> bool {
    matches!(telling.view.headline.state, HeadlineState::Normal | HeadlineState::Busy)
}

fn problem(telling: &Telling<'_>) -> String {
    match &telling.incident.system_name {
        Some(name) => format!("The problem with {name}"),
        None => "The problem".into(),
    }
}

fn subject_words(telling: &Telling<'_>) -> String {
    match telling.update.stage {
        Stage::Resolved if is_calm(telling) => "back to normal".into(),
        Stage::Resolved => format!("{} is over", problem(telling)),
        Stage::CatchingUp | Stage::Monitoring => "working again, catching up".into(),
        Stage::Limited => "partly working again".into(),
        _ => telling.view.headline.text.split_inclusive('.').next().unwrap_or_default().to_owned(),
    }
}

/// The other lines that are not normal, as sentences.
fn line_sentences(telling: &Telling<'_>) -> Vec<String> {
    let mut out = Vec::new();
    for fact in telling.view.lines.iter().filter(|f| f.setting.state.severity > 0 && f.line != Line::Attend) {
        let text = fact.setting.words.clone().unwrap_or_else(|| fact.setting.state.text.to_owned());
        let other = telling.facts.other_phone(telling.update.published_at);
        let text = match (fact.line, other) {
            (Line::Phones, Some(phone)) => format!("{text} Phone {phone} instead."),
            _ => text,
        };
        out.push(text);
    }
    out
}

/// The sentence on attending that fits into a text message.
fn short_headline(telling: &Telling<'_>, long: &str) -> String {
    let attend = telling.view.lines.iter().find(|f| f.line == Line::Attend).map(|f| f.setting.state.key);
    let text = headline::attend_text(telling.facts.org.kind, attend, telling.view.headline.state);
    if text.len() <= long.len() { text } else { long.to_owned() }
}

/// Name, what happened, what to do, link: in one part of 160 GSM characters.
/// What happened gives way first, then the name; never the advice or the link.
pub fn short(name: &str, what: &str, advice: &str, url: &str) -> String {
    let (name, what, advice) = (sms::to_gsm(name), sms::to_gsm(what), sms::to_gsm(advice));
    let septets = |s: &str| sms::septets(s).unwrap_or(usize::MAX);
    let all = format!("{name}: {} {url}", join(&[&what, &advice]));
    if septets(&all) <= SMS_MAX {
        return all;
    }
    let rest = septets(&format!(": {advice} {url}"));
    let room = SMS_MAX.saturating_sub(rest);
    format!("{}: {advice} {url}", fit(&name, room, septets))
}

/// Joins sentences with a space, leaving empty ones out.
fn join(parts: &[&str]) -> String {
    parts.iter().map(|p| p.trim()).filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ")
}

fn trim_stop(text: &str) -> String {
    text.trim().trim_end_matches('.').to_owned()
}

/// Cuts at a word so that `count` of the result is at most `max`.
pub fn fit(text: &str, max: usize, count: impl Fn(&str) -> usize) -> String {
    if count(text) <= max {
        return text.to_owned();
    }
    let mut kept = String::new();
    for word in text.split_inclusive(char::is_whitespace) {
        let longer = format!("{kept}{word}");
        if count(&format!("{}...", longer.trim_end())) > max {
            break;
        }
        kept = longer;
    }
    format!("{}...", kept.trim_end())
}
