//! From facts to the words that leave: email, text message, social posts.
//!
//! The words come from the same facts as the page, so that no channel says
//! something else. A text message names the organisation and ends with the
//! link to its page; in English it is one part of 160 GSM characters.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::channel::{Channel, Limit, Text};
use super::facts::{Ending, Facts, IncidentFact, LineFact, View};
use super::headline::HeadlineState;
use super::help;
use super::incident::{Stage, Update};
use super::line::Line;
use super::{sms, system, time};
use crate::words::{self, Locale, Words};

/// A text message fits into one part (GSM 03.38, septets).
pub const SMS_MAX: usize = 160;
/// How many parts a text outside the GSM alphabet may take; each holds 67
/// UTF-16 units (3GPP TS 23.040).
pub const UCS2_PARTS: usize = 3;
/// The longest notice, in bytes. Screens show far less of it.
const NOTICE_MAX: usize = 1000;

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
    /// What a notification says below the name: the answer, then what happened.
    #[serde(default)]
    pub notice: String,
    /// The page that tells more.
    pub page_url: String,
    /// BCP 47.
    pub lang: String,
    /// The same for machines, where a webhook is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<serde_json::Value>,
}

impl Message {
    /// Parts of the text message; providers charge for each.
    pub fn sms_parts(&self) -> u64 {
        u64::try_from(sms::segments(&self.short).segments).unwrap_or(0)
    }

    /// The exact text that leaves on a channel.
    pub fn text_for(&self, channel: Channel) -> String {
        match channel.about().text {
            Text::Letter => self.plain_text(),
            Text::Short => self.short.clone(),
            Text::Notice => format!("{}\n\n{}", self.organisation, self.notice()),
            Text::Post(limit) => self.post_within(&limit),
        }
    }

    /// The notice, cut at a word where it is too long.
    pub fn notice(&self) -> String {
        fit(&self.notice, NOTICE_MAX, str::len)
    }

    /// The post and its link, cut at a word where it is too long.
    pub fn post_within(&self, limit: &Limit) -> String {
        let link = limit.link.unwrap_or_else(|| (limit.count)(&self.page_url));
        // Two line ends stand between.
        let room = limit.max.saturating_sub(link + 2);
        format!("{}\n\n{}", fit(&self.post, room, limit.count), self.page_url)
    }

    /// The words of the language that it is in.
    pub fn words(&self) -> &'static Words {
        words::of(Locale::parse(&self.lang).unwrap_or_default())
    }

    /// The email's plain part, without the footer on leaving.
    fn plain_text(&self) -> String {
        let mut out = format!("{}\n\n{}\n", self.organisation, self.headline);
        for paragraph in &self.paragraphs {
            out.push('\n');
            out.push_str(paragraph);
            out.push('\n');
        }
        let more = self.words().with("full-information-at", &[("url", (&self.page_url).into())]);
        out.push_str(&format!("\n{more}\n"));
        out
    }
}

/// What the words are made from, besides the facts.
pub struct Telling<'a> {
    pub facts: &'a Facts,
    /// When the words are written.
    pub at: DateTime<Utc>,
    /// The facts at that time.
    pub view: &'a View,
    pub incident: &'a IncidentFact,
    pub update: &'a Update,
    pub page_url: String,
    pub words: &'static Words,
}

/// Writes the message about one update for the audience of one organisation.
pub fn compose(telling: &Telling<'_>) -> Message {
    let w = telling.words;
    let name = telling.facts.org.name.clone();
    let update = telling.update;
    let opening = opening(telling);
    let headline = telling.view.headline.text(w);
    let mut paragraphs = vec![opening.clone()];
    paragraphs.extend(as_written(telling).filter(|m| *m != opening));
    paragraphs.extend(line_sentences(telling));
    // What the place says in its own words, whoever reports the rest.
    let own = telling.facts.local_message.as_ref();
    let stands = telling.facts.local_until.is_some_and(|until| until > telling.at);
    paragraphs.extend(own.filter(|_| stands).map(|text| text.marked(w)));
    if update.stage != Stage::Resolved {
        let due = time::near(update.next_update_by, telling.at, w);
        paragraphs.push(w.with("next-update-by", &[("time", (&due).into())]));
    }
    paragraphs.push(help::urgent(telling.view, w));
    let corrected = |text: String| match update.corrects {
        Some(_) => w.with("correction-mark", &[("text", (&text).into())]),
        None => text,
    };
    let named = |text: &str| w.with("name-and-text", &[("name", (&name).into()), ("text", text.into())]);
    let said = as_written(telling).unwrap_or_else(|| opening.clone());
    let number = number_instead(telling);
    Message {
        subject: corrected(named(&trim_stop(&subject_words(telling)))),
        post: corrected(named(&join(&[&said, &headline, &number]))),
        notice: corrected(join(&[&headline, &number, &said])),
        short: short(
            &corrected(name.clone()),
            &opening_short(telling),
            &join(&[&short_headline(telling, &headline), &number]),
            &telling.page_url,
            w.locale,
        ),
        organisation: name,
        headline,
        paragraphs,
        page_url: telling.page_url.clone(),
        lang: w.locale.to_string(),
        facts: None,
    }
}

/// The free text of the update, as this reader gets it.
fn as_written(telling: &Telling<'_>) -> Option<String> {
    telling.update.message.as_ref().map(|text| text.marked(telling.words))
}

/// What happened, in one sentence.
fn opening(telling: &Telling<'_>) -> String {
    let (update, w) = (telling.update, telling.words);
    if update.corrects.is_some() {
        return as_written(telling).unwrap_or_else(|| w.get("what-we-told-was-wrong").into());
    }
    let system = telling.incident.incident.target.system();
    match update.stage {
        Stage::Resolved if is_calm(telling) => {
            format!("{} {}", problem_is_over(telling), w.get("back-to-normal"))
        }
        Stage::Resolved => problem_is_over(telling),
        Stage::CatchingUp | Stage::Monitoring | Stage::Limited if is_better(telling) => {
            update.stage.text(w).into()
        }
        Stage::CatchingUp | Stage::Monitoring | Stage::Limited => {
            let system = telling.incident.system_name.as_deref().unwrap_or("none");
            w.with("some-working-again", &[("system", system.into())])
        }
        Stage::Investigating | Stage::Identified => system
            .and_then(|key| system::message(key, w))
            .map(str::to_owned)
            .or_else(|| as_written(telling))
            .unwrap_or_else(|| format!("{}.", trim_stop(&telling.incident.incident.title.marked(w)))),
    }
}

fn opening_short(telling: &Telling<'_>) -> String {
    let (update, w) = (telling.update, telling.words);
    match update.stage {
        _ if update.corrects.is_some() => opening(telling),
        Stage::Investigating | Stage::Identified => {
            let system = telling.incident.incident.target.system();
            system.and_then(|key| system::short(key, w)).map_or_else(|| opening(telling), str::to_owned)
        }
        Stage::Resolved if is_calm(telling) => w.get("back-to-normal").into(),
        _ => opening(telling),
    }
}

/// Nothing else is wrong there, and whoever knows has said that this is over: only then
/// may "back to normal" be said in the name of a place.
fn is_calm(telling: &Telling<'_>) -> bool {
    telling.view.headline.state.is_calm() && telling.incident.ending == Ending::Own
}

/// Whether the answer has nothing against an incident that gets better: "working again"
/// must not stand above "do not come".
fn is_better(telling: &Telling<'_>) -> bool {
    let state = telling.view.headline.state;
    let partly = telling.update.stage == Stage::Limited && state == HeadlineState::Limited;
    state.is_calm() || state == HeadlineState::CatchingUp || partly
}

fn problem_is_over(telling: &Telling<'_>) -> String {
    let w = telling.words;
    match &telling.incident.system_name {
        Some(name) => w.with("problem-with-system", &[("system", name.into())]),
        None => w.get("problem-is-over").into(),
    }
}

fn subject_words(telling: &Telling<'_>) -> String {
    let w = telling.words;
    match telling.update.stage {
        // Nothing is left of the incident: that is no end that somebody told.
        Stage::Resolved if telling.update.corrects.is_some() => trim_stop(w.get("what-we-told-was-wrong")),
        Stage::Resolved if is_calm(telling) => w.get("back-to-normal-subject").into(),
        Stage::Resolved if telling.view.headline.state != HeadlineState::Closed => {
            let system = telling.incident.system_name.as_deref().unwrap_or("none");
            w.with("problem-over-subject", &[("system", system.into())])
        }
        Stage::CatchingUp | Stage::Monitoring if is_better(telling) => w.get("working-again-subject").into(),
        Stage::Limited if is_better(telling) => w.get("partly-working-subject").into(),
        _ => telling.view.headline.sentences(w).into_iter().next().unwrap_or_default(),
    }
}

/// The other lines that are not normal, as sentences.
fn line_sentences(telling: &Telling<'_>) -> Vec<String> {
    let w = telling.words;
    let mut out = Vec::new();
    let wrong = telling.view.lines.iter().filter(|f| f.setting.state.severity > 0);
    // 999 and 111 come at the end.
    for fact in wrong.filter(|f| f.line != Line::Attend && !f.line.is_national()) {
        let session = fact.setting.session_text(w).unwrap_or_default();
        let text = join(&[&fact.text(w), &session]);
        out.push(match fact.line {
            Line::Phones => join(&[&text, &number_instead(telling)]),
            _ => text,
        });
    }
    out
}

/// The number to phone while the usual one does not work, as a sentence; empty
/// where there is none.
fn number_instead(telling: &Telling<'_>) -> String {
    let wrong = |f: &LineFact| f.line == Line::Phones && f.setting.state.severity > 0;
    let number = telling.facts.other_phone(telling.at).filter(|_| telling.view.lines.iter().any(wrong));
    number.map_or_else(String::new, |n| telling.words.with("phone-instead", &[("number", n.into())]))
}

/// The sentence on attending that fits into a text message.
fn short_headline(telling: &Telling<'_>, long: &str) -> String {
    let text = telling.view.headline.short(telling.words);
    if text.len() <= long.len() { text.to_owned() } else { long.to_owned() }
}

/// Name, what happened, what to do, link. Languages in Latin letters fit into
/// one part of 160 GSM characters; the others into [`UCS2_PARTS`] of UCS-2.
/// What happened gives way first, then the name; never the advice or the link.
pub fn short(name: &str, what: &str, advice: &str, url: &str, locale: Locale) -> String {
    let latin = locale.is_latin();
    let written = |text: &str| if latin { sms::to_gsm(text) } else { words::without_marks(text) };
    let (name, what, advice) = (written(name), written(what), written(advice));
    let (max, units): (usize, fn(&str) -> usize) = match latin {
        true => (SMS_MAX, |s| sms::septets(s).unwrap_or(usize::MAX)),
        false => (UCS2_PARTS * 67, |s| s.encode_utf16().count()),
    };
    let all = format!("{name}: {} {url}", join(&[&what, &advice]));
    if units(&all) <= max {
        return all;
    }
    let rest = units(&format!(": {advice} {url}"));
    let room = max.saturating_sub(rest);
    format!("{}: {advice} {url}", fit(&name, room, units))
}

/// Joins sentences with a space, leaving empty ones out. What a person wrote may have
/// no full stop, and must not run into the advice behind it.
fn join(parts: &[&str]) -> String {
    let mut out = String::new();
    for part in parts.iter().map(|p| p.trim()).filter(|p| !p.is_empty()) {
        if !out.is_empty() {
            out.push_str(if has_ended(&out) { " " } else { ". " });
        }
        out.push_str(part);
    }
    out
}

/// Whether a text ends as a sentence does, quotes, brackets and marks that cannot be
/// seen left aside.
pub(crate) fn has_ended(text: &str) -> bool {
    let behind = |c: char| {
        matches!(c, '"' | '\'' | ')' | ']' | '\u{201d}' | '\u{2019}' | '\u{bb}')
            || words::without_marks(c.encode_utf8(&mut [0; 4])).is_empty()
    };
    let text = text.trim_end_matches(behind);
    text.ends_with(['.', '!', '?', ':', ';', '\u{2026}', '।', '۔', '؟'])
}

fn trim_stop(text: &str) -> String {
    text.trim().trim_end_matches(['.', '।', '۔']).to_owned()
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
