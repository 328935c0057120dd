//! From facts to the words that leave: email, text message, social posts.
//!
//! The words come from the same facts as the page, so that no channel says
//! something else. A text message names the organisation and ends with the
//! link to its page; it is one part where nothing that must be told needs more.

mod calm;
mod fitting;
mod instead;
mod services;
mod subject;
mod texting;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::cascade::Touch;
use super::channel::{Channel, Limit, Text};
use super::facts::{Ending, Facts, IncidentFact, LineFact, View};
use super::help;
use super::incident::{Confirmation, Stage, Update};
use super::line::{Line, Lines};
use super::{sms, system, time};
use crate::words::{self, Locale, Words};

use calm::{is_better, is_calm, is_elsewhere, not_here, problem_is_over};
pub(crate) use fitting::has_ended;
pub use fitting::{SMS_MAX, UCS2_PARTS, at_least, fit, in_full, join, short, with_all};
use fitting::{fit_before, trim_stop};
use instead::{national, number_instead};
pub use services::{services_off, services_off_by};
use subject::subject_words;
pub use texting::status;
use texting::{short_headline, text_message};

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
    /// What the post ends with and is never cut but between sentences: what to do about 999
    /// and 111 where that has changed, and the answer.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub post_end: String,
    /// What a notification says below the name: the answer, then what happened.
    #[serde(default)]
    pub notice: String,
    /// The page that tells more.
    pub page_url: String,
    /// BCP 47.
    pub lang: String,
    /// It puts right what was told before.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_correction: bool,
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
            Text::Event => {
                let event = self.facts.as_ref().and_then(|facts| serde_json::to_string_pretty(facts).ok());
                event.unwrap_or_else(|| self.plain_text())
            }
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

    /// The post, cut at a word before what it ends with where it is too long.
    pub fn post_in(&self, room: usize, count: impl Fn(&str) -> usize) -> String {
        let said = self.post.strip_suffix(&self.post_end).map(str::trim_end);
        match said.filter(|_| !self.post_end.is_empty() && count(&self.post) > room) {
            Some(said) => fit_before(said, &self.post_end, room, count),
            None => fit(&self.post, room, &count),
        }
    }

    /// Names what leaves on a channel: the same for the same words.
    pub fn wording(&self, channel: Channel) -> String {
        let said = match self.facts.as_ref().filter(|_| channel == Channel::Webhook) {
            Some(facts) => {
                let mut facts = facts.clone();
                // When that was looked up is no news.
                if let Some(status) = facts.pointer_mut("/data/status").and_then(|s| s.as_object_mut()) {
                    status.remove("checked_at");
                }
                facts.to_string()
            }
            None => format!("{}\n{}", self.subject, self.text_for(channel)),
        };
        Sha256::digest(said).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
    }

    /// In whose name, and that it is a correction where it is one: what stands above the rest.
    pub fn heading(&self) -> String {
        let marked = || self.words().with("correction-mark", &[("text", (&self.organisation).into())]);
        if self.is_correction { marked() } else { self.organisation.clone() }
    }

    /// The words of the language that it is in.
    pub fn words(&self) -> &'static Words {
        words::of(Locale::parse(&self.lang).unwrap_or_default())
    }

    /// The email's plain part, without the footer on leaving.
    fn plain_text(&self) -> String {
        let mut out = format!("{}\n\n{}\n", self.heading(), self.headline);
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
    /// It reaches the place no more; whoever was told of it in its name hears that.
    pub left: bool,
    pub update: &'a Update,
    /// What was said since, where a correction leaves late: its own words hold no longer.
    pub since: Option<&'a Update>,
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
    // Also with what is put right: who was told not to come has to hear that they may.
    let headline = telling.view.headline.text(w);
    let corrected = |text: String| match update.corrects {
        Some(_) => w.with("correction-mark", &[("text", (&text).into())]),
        None => text,
    };
    let named = |text: &str| w.with("name-and-text", &[("name", (&name).into()), ("text", text.into())]);
    let said = as_written(telling).unwrap_or_else(|| opening.clone());
    let (number, national) = (number_instead(telling), national(telling));
    let answer = join(&[&national, &headline, &number]);
    let advice = join(&[&short_headline(telling, &headline), &number]);
    Message {
        subject: corrected(named(&trim_stop(&subject_words(telling)))),
        post: corrected(named(&join(&[&said, &unless_in(&said, fact(telling)), &answer]))),
        post_end: answer,
        notice: corrected(join(&[&headline, &number, &national, &said])),
        short: text_message(telling, &corrected(name.clone()), &national, &advice),
        paragraphs: paragraphs(telling, opening),
        organisation: name,
        headline,
        page_url: telling.page_url.clone(),
        lang: w.locale.to_string(),
        is_correction: update.corrects.is_some(),
        facts: None,
    }
}

/// The rest of the email.
fn paragraphs(telling: &Telling<'_>, opening: String) -> Vec<String> {
    let (w, update) = (telling.words, telling.update);
    let mut out = vec![opening.clone()];
    out.extend(as_written(telling).filter(|m| *m != opening));
    out.extend(unconfirmed(telling));
    out.extend(line_sentences(telling));
    // What the place and those above it say in their own words, whoever reports the rest.
    let said = telling.facts.all_own_words(&telling.view.lines, telling.at).into_iter();
    let told = [Some(update), telling.since].map(|update| update.and_then(|u| u.message.as_ref()));
    let other = said.filter(|(_, words)| !told.contains(&Some(words)));
    out.extend(other.map(|(name, words)| match name {
        Some(name) => format!("{name}: {}", words.marked(w)),
        None => words.marked(w),
    }));
    if update.stage != Stage::Resolved && !telling.left {
        let due = time::by(update.next_update_by, telling.at, w);
        out.push(w.with("next-update-by", &[("time", (&due).into())]));
    }
    out.push(help::urgent(telling.view, w));
    out
}

/// Who reported it, and that the place has not confirmed it yet: until then it is not the
/// place's own word.
fn unconfirmed(telling: &Telling<'_>) -> Option<String> {
    let (w, fact, org) = (telling.words, telling.incident, &telling.facts.org);
    let is_open = telling.update.stage != Stage::Resolved && telling.update.corrects.is_none();
    let is_asked = org.kind.sees_patients() && fact.touch == Touch::Reached && !telling.left;
    let is_told = is_open && is_asked && fact.confirmation == Confirmation::NotConfirmed;
    is_told.then(|| {
        let reported = w.with("reported-by", &[("name", (&fact.declared_by_name).into())]);
        join(&[&reported, &w.with("not-confirmed-yet", &[("kind", org.kind.word().into())])])
    })
}

/// The free text of the update, as this reader gets it. What goes on elsewhere is not told
/// in the name of a place that it has left.
fn as_written(telling: &Telling<'_>) -> Option<String> {
    if telling.left {
        return None;
    }
    telling.update.message.as_ref().map(|text| text.marked(telling.words))
}

/// What happened, in one sentence.
fn opening(telling: &Telling<'_>) -> String {
    let (update, w) = (telling.update, telling.words);
    if update.corrects.is_some() {
        let wrong = w.get("what-we-told-was-wrong");
        let since = telling.since.map(|update| said_since(telling, update)).unwrap_or_default();
        return as_written(telling).unwrap_or_else(|| join(&[wrong, &unless_in(wrong, since)]));
    }
    let system = telling.incident.incident.target.system();
    match update.stage {
        _ if telling.left && update.stage != Stage::Resolved => not_here(telling),
        Stage::Resolved if is_elsewhere(telling) => {
            format!("{} {}", problem_is_over(telling), not_here(telling))
        }
        Stage::Resolved if is_calm(telling) => {
            format!("{} {}", problem_is_over(telling), w.get("back-to-normal"))
        }
        Stage::Resolved if telling.incident.ending != Ending::Own && !telling.left => {
            let over = telling.said_over();
            let kind = [("kind", telling.facts.org.kind.word().into())];
            // The answer may say so already.
            let not_yet = (!telling.view.headline.over).then(|| w.with("not-confirmed-yet", &kind));
            join(&[&over, &not_yet.unwrap_or_default()])
        }
        Stage::Resolved => problem_is_over(telling),
        // What is no system of ours does not work again.
        Stage::Limited | Stage::CatchingUp | Stage::Monitoring
            if system.is_none() && telling.update.message.is_some() =>
        {
            as_written(telling).unwrap_or_default()
        }
        Stage::Limited if system.is_none() => w.with("some-working-again", &[("system", "none".into())]),
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

/// What an update says that is newer than a correction.
fn said_since(telling: &Telling<'_>, update: &Update) -> String {
    let (speaker, page_url) = (telling.speaker.clone(), telling.page_url.clone());
    let newer = Telling { update, since: None, speaker, page_url, ..*telling };
    as_written(&newer).unwrap_or_else(|| opening(&newer))
}

/// The worst line as a sentence; empty where there is none.
fn fact(telling: &Telling<'_>) -> String {
    worst(telling).map_or_else(String::new, |f| sentence(telling.words, f))
}

fn sentence(w: &'static Words, line: &LineFact) -> String {
    join(&[&line.text(w), &line.setting.session_text(w).unwrap_or_default()])
}

/// The worst line that the update itself speaks of, where it is more than follows from its
/// system; of a correction, the worst that holds still. The answer about coming stands by itself.
fn worst<'a>(telling: &Telling<'a>) -> Option<&'a LineFact> {
    let update = telling.update;
    if update.corrects.is_some() {
        return still_wrong(telling.view).into_iter().next();
    }
    if update.stage == Stage::Resolved {
        return None;
    }
    let follows =
        |line: Line, state| telling.defaults.and_then(|d| d.get(line)).map(|d| d.state) == Some(state);
    let is_told = |f: &&LineFact| {
        let (line, setting) = (f.line, &f.setting);
        let is_said = update.lines.get(line).is_some_and(|said| said.state == setting.state);
        is_said && !follows(line, setting.state)
    };
    still_wrong(telling.view).into_iter().find(is_told)
}

/// What is not as usual, but for the answer about coming, 999 and 111. The worst first; of
/// those that are equally bad, the first on the page.
fn still_wrong(view: &View) -> Vec<&LineFact> {
    let is_other = |f: &&LineFact| f.line != Line::Attend && !f.line.is_national();
    let wrong = view.lines.iter().filter(|f| f.setting.state.severity > 0);
    let mut wrong: Vec<_> = wrong.filter(is_other).collect();
    wrong.sort_by_key(|f| std::cmp::Reverse(f.setting.state.severity));
    wrong
}

/// What is not as usual, apart from coming, 999 and 111: a sentence each, the worst first.
pub(super) fn wrong_sentences(view: &View, w: &'static Words) -> Vec<String> {
    still_wrong(view).into_iter().map(|line| sentence(w, line)).collect()
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

/// The other lines that are not normal, as sentences.
fn line_sentences(telling: &Telling<'_>) -> Vec<String> {
    let (w, mut out) = (telling.words, Vec::new());
    let wrong = telling.view.lines.iter().filter(|f| f.setting.state.severity > 0);
    // 999 and 111 come at the end.
    for fact in wrong.filter(|f| f.line != Line::Attend && !f.line.is_national()) {
        let text = sentence(w, fact);
        out.push(match fact.line {
            Line::Phones => join(&[&text, &number_instead(telling)]),
            _ => text,
        });
    }
    out
}
