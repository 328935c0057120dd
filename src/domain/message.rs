//! From facts to the words that leave: email, text message, social posts.
//!
//! The words come from the same facts as the page, so that no channel says
//! something else. A text message names the organisation and ends with the
//! link to its page; in English it is one part of 160 GSM characters.

mod fitting;
mod subject;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::channel::{Channel, Limit, Text};
use super::facts::{Ending, Facts, IncidentFact, LineFact, View};
use super::headline::HeadlineState;
use super::help;
use super::incident::{Stage, Update};
use super::line::{Line, Lines};
use super::{sms, system, time};
use crate::words::{self, Locale, Words};

pub(crate) use fitting::has_ended;
pub use fitting::{SMS_MAX, UCS2_PARTS, fit, short};
use fitting::{in_full, join, trim_stop, written};
use subject::subject_words;

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
    /// What the post ends with and is never cut: the answer.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub post_end: String,
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
        format!("{}\n\n{}", self.post_in(room, limit.count), self.page_url)
    }

    /// The post, cut at a word before the answer where it is too long.
    pub fn post_in(&self, room: usize, count: impl Fn(&str) -> usize) -> String {
        let said = self.post.strip_suffix(&self.post_end).map(str::trim_end);
        match said.filter(|_| !self.post_end.is_empty() && count(&self.post) > room) {
            Some(said) => {
                let left = room.saturating_sub(count(&self.post_end) + 1);
                fit(&format!("{} {}", fit(said, left, &count), self.post_end), room, &count)
            }
            None => fit(&self.post, room, &count),
        }
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
    /// Who said the update, by name.
    pub speaker: String,
    /// What follows by itself from a fault of its system.
    pub defaults: Option<&'a Lines>,
    pub page_url: String,
    pub words: &'static Words,
}

/// Writes the message about one update for the audience of one organisation.
pub fn compose(telling: &Telling<'_>) -> Message {
    let w = telling.words;
    let name = telling.facts.org.name.clone();
    let update = telling.update;
    let opening = opening(telling);
    // Whoever puts something right says in their own words what holds now.
    let is_put_right = update.corrects.is_some() && update.message.is_some() && is_well(telling);
    let headline = match is_put_right {
        true => w.get("what-we-told-was-wrong").to_owned(),
        false => telling.view.headline.text(w),
    };
    let corrected = |text: String| match update.corrects {
        Some(_) => w.with("correction-mark", &[("text", (&text).into())]),
        None => text,
    };
    let named = |text: &str| w.with("name-and-text", &[("name", (&name).into()), ("text", text.into())]);
    let said = as_written(telling).unwrap_or_else(|| opening.clone());
    let number = number_instead(telling);
    let answer = if is_put_right { String::new() } else { join(&[&headline, &number]) };
    let advice = match is_put_right {
        true => String::new(),
        false => join(&[&short_headline(telling, &headline), &number]),
    };
    Message {
        subject: corrected(named(&trim_stop(&subject_words(telling)))),
        post: corrected(named(&join(&[&said, &unless_in(&said, fact(telling)), &answer]))),
        post_end: answer,
        notice: corrected(join(&[&headline, &number, &said])),
        short: text_message(telling, &corrected(name.clone()), &advice),
        paragraphs: paragraphs(telling, opening),
        organisation: name,
        headline,
        page_url: telling.page_url.clone(),
        lang: w.locale.to_string(),
        facts: None,
    }
}

/// The whole text message: one part, but where words must not be left out. Those are a
/// correction in somebody's own words, and for which half of a day a service is off: nobody
/// stays at home in the afternoon because of the morning.
fn text_message(telling: &Telling<'_>, name: &str, advice: &str) -> String {
    let (url, locale) = (&telling.page_url, telling.words.locale);
    if let Some(own) = as_written(telling).filter(|_| telling.update.corrects.is_some()) {
        return in_full(name, &own, advice, url, locale);
    }
    let whats = happened(telling);
    let whats: Vec<&str> = whats.iter().map(String::as_str).collect();
    let text = short(name, &whats, advice, url, locale);
    let of_session = worst(telling).filter(|f| f.setting.session.is_some());
    match of_session.map(|f| sentence(telling, f)) {
        Some(fact) if !text.contains(&written(&fact, locale.is_latin())) => {
            in_full(name, &fact, advice, url, locale)
        }
        _ => text,
    }
}

/// The rest of the email.
fn paragraphs(telling: &Telling<'_>, opening: String) -> Vec<String> {
    let (w, update) = (telling.words, telling.update);
    let mut out = vec![opening.clone()];
    out.extend(as_written(telling).filter(|m| *m != opening));
    out.extend(line_sentences(telling));
    // What the place says in its own words, whoever reports the rest.
    let own = telling.facts.local_message.as_ref();
    let stands = telling.facts.local_until.is_some_and(|until| until > telling.at);
    out.extend(own.filter(|_| stands).map(|text| text.marked(w)));
    let said = telling.facts.said_above.iter().filter(|s| s.is_of_place && s.until > telling.at);
    out.extend(said.map(|s| format!("{}: {}", s.name, s.message.marked(w))));
    if update.stage != Stage::Resolved {
        let due = time::near(update.next_update_by, telling.at, w);
        out.push(w.with("next-update-by", &[("time", (&due).into())]));
    }
    out.push(help::urgent(telling.view, w));
    out
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
        Stage::Resolved if telling.incident.ending != Ending::Own => {
            let over = w.with("they-said-over", &[("name", (&telling.speaker).into())]);
            let kind = [("kind", telling.facts.org.kind.word().into())];
            // The answer may say so already.
            let not_yet = (!telling.view.headline.over).then(|| w.with("not-confirmed-yet", &kind));
            join(&[&over, &not_yet.unwrap_or_default()])
        }
        Stage::Resolved => problem_is_over(telling),
        // That a part is back is true above every answer.
        Stage::Limited => update.stage.text(w).into(),
        Stage::CatchingUp | Stage::Monitoring if is_better(telling) => update.stage.text(w).into(),
        Stage::CatchingUp | Stage::Monitoring => {
            let system = telling.incident.system_name.as_deref().unwrap_or("none");
            w.with("some-working-again", &[("system", system.into())])
        }
        Stage::Investigating | Stage::Identified => system
            .filter(|_| is_as_usual_for_it(telling))
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
            let system = telling.incident.incident.target.system().filter(|_| is_as_usual_for_it(telling));
            system.and_then(|key| system::short(key, w)).map_or_else(|| opening(telling), str::to_owned)
        }
        Stage::Resolved if is_calm(telling) => w.get("back-to-normal").into(),
        Stage::Resolved if telling.incident.ending != Ending::Own => {
            w.with("they-said-over", &[("name", (&telling.speaker).into())])
        }
        _ => opening(telling),
    }
}

/// What happened, fullest first; a text message tells the first that fits.
fn happened(telling: &Telling<'_>) -> Vec<String> {
    let opening = opening_short(telling);
    let fact = unless_in(&opening, fact(telling));
    match fact.is_empty() {
        true => vec![opening],
        false => vec![join(&[&opening, &fact]), fact, opening],
    }
}

/// The worst line as a sentence; empty where there is none.
fn fact(telling: &Telling<'_>) -> String {
    worst(telling).map_or_else(String::new, |f| sentence(telling, f))
}

fn sentence(telling: &Telling<'_>, line: &LineFact) -> String {
    let w = telling.words;
    join(&[&line.text(w), &line.setting.session_text(w).unwrap_or_default()])
}

/// The worst line that the update itself speaks of, where it is more than follows from its
/// system. The answer about coming stands by itself.
fn worst<'a>(telling: &Telling<'a>) -> Option<&'a LineFact> {
    let update = telling.update;
    if update.stage == Stage::Resolved || update.corrects.is_some() {
        return None;
    }
    let follows =
        |line: Line, state| telling.defaults.and_then(|d| d.get(line)).map(|d| d.state) == Some(state);
    let is_told = |f: &&LineFact| {
        let (line, setting) = (f.line, &f.setting);
        let is_said = update.lines.get(line).is_some_and(|said| said.state == setting.state);
        let is_other = line != Line::Attend && !line.is_national();
        is_other && setting.state.severity > 0 && is_said && !follows(line, setting.state)
    };
    // Of those that are equally bad, the first on the page.
    let told = telling.view.lines.iter().filter(is_told).rev();
    told.max_by_key(|f| f.setting.state.severity)
}

/// A sentence, unless another text has it already.
fn unless_in(text: &str, sentence: String) -> String {
    if text.contains(&sentence) { String::new() } else { sentence }
}

/// Whether no line is worse than what a fault of the system means by itself: else its
/// built-in words would say too little.
fn is_as_usual_for_it(telling: &Telling<'_>) -> bool {
    let usual = telling.defaults;
    telling.view.lines.iter().all(|f| {
        let default = usual.and_then(|d| d.get(f.line)).map_or(u8::MAX, |d| d.state.severity);
        f.line == Line::Attend || f.setting.state.severity <= default
    })
}

/// Nothing is known to be wrong there.
fn is_well(telling: &Telling<'_>) -> bool {
    telling.view.headline.state.is_calm()
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

/// The other lines that are not normal, as sentences.
fn line_sentences(telling: &Telling<'_>) -> Vec<String> {
    let mut out = Vec::new();
    let wrong = telling.view.lines.iter().filter(|f| f.setting.state.severity > 0);
    // 999 and 111 come at the end.
    for fact in wrong.filter(|f| f.line != Line::Attend && !f.line.is_national()) {
        let text = sentence(telling, fact);
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
