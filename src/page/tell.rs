//! The words that the patient page, the history and the feeds share.

use chrono::{DateTime, Utc};

use super::Context;
pub use super::moment::{Linked, Moment, When, when};
pub use super::provenance::{doubt, provenance, provenance_plain, said_over, short_doubt, speaker, teller};
pub use super::stages::{
    is_over_lately, is_own_end, is_withdrawn, stage, stage_colour, stage_label, update_label,
};
use crate::domain::cascade::Touch;
use crate::domain::facts::{Freshness, IncidentFact, LineFact, Signed};
use crate::domain::headline::{self, HeadlineState};
use crate::domain::help;
use crate::domain::incident::{Stage, Update};
use crate::domain::line::Line;
use crate::domain::org::OrgKind;
use crate::domain::time;
use crate::domain::written::Written;
use crate::words::{Locale, Words};

/// A time as it is read now, with its day when that is another one.
pub fn near(ctx: &Context<'_>, at: DateTime<Utc>) -> String {
    time::near(at, ctx.now, ctx.words)
}

/// A sentence with a time in it.
pub fn timed(ctx: &Context<'_>, id: &str, at: DateTime<Utc>) -> String {
    ctx.words.with(id, &[("time", (&near(ctx, at)).into())])
}

/// A sentence that names a place.
pub fn named(ctx: &Context<'_>, id: &str, name: &str) -> String {
    ctx.words.with(id, &[("name", name.into())])
}

/// A sentence that says what kind of place this is.
pub(super) fn of_kind(ctx: &Context<'_>, id: &str) -> String {
    ctx.words.with(id, &[("kind", kind_word(ctx.facts.org.kind).into())])
}

/// Whoever sees no patients speaks as "we".
pub(super) fn kind_word(kind: OrgKind) -> &'static str {
    if kind.sees_patients() { kind.word() } else { OrgKind::Other.word() }
}

/// The colour of a headline's tag. The words beside it say the same.
pub fn headline_colour(state: HeadlineState) -> &'static str {
    match state {
        HeadlineState::Normal => "green",
        HeadlineState::Busy => "aqua-green",
        HeadlineState::Limited => "orange",
        HeadlineState::Serious | HeadlineState::Closed => "red",
        HeadlineState::CatchingUp => "blue",
        HeadlineState::NotConfirmed => "yellow",
        HeadlineState::Unknown => "grey",
    }
}

/// The colour of a line's tag, by how bad it is.
pub fn severity_colour(severity: u8) -> &'static str {
    match severity {
        0 => "green",
        1 => "yellow",
        2 => "orange",
        _ => "red",
    }
}

/// The headline as one sentence that answers, and the rest of it.
pub fn answer(ctx: &Context<'_>) -> (String, Vec<String>) {
    let mut all = ctx.view.headline.sentences(ctx.words);
    let first = if all.is_empty() { String::new() } else { all.remove(0) };
    (first, all)
}

/// What a line is called here. A pharmacy has no appointments.
pub fn line_label(ctx: &Context<'_>, line: Line) -> &'static str {
    match (ctx.facts.org.kind, line) {
        (OrgKind::Pharmacy, Line::Attend) => ctx.words.get("line-attend-pharmacy"),
        _ => line.label(ctx.words),
    }
}

/// "NHS 111: Changed", where that is all that is wrong: beside it nothing is said to be well.
pub fn changed_help(ctx: &Context<'_>) -> Option<String> {
    let mut changed =
        [Line::Emergency999, Line::Nhs111].into_iter().filter_map(|l| help::changed(ctx.view, l));
    let is_all = ctx.view.headline.state == HeadlineState::Normal;
    let label = |fact: &LineFact| format!("{}: {}", line_label(ctx, fact.line), state_label(ctx, fact));
    changed.next().filter(|_| is_all).map(label)
}

/// The tag of a line's state. A pharmacy says "Expect to wait" instead of
/// speaking of appointments.
pub fn state_label(ctx: &Context<'_>, fact: &LineFact) -> &'static str {
    let state = fact.setting.state;
    match (ctx.facts.org.kind, fact.line) {
        (OrgKind::Pharmacy, Line::Attend) => ctx.words.get(&format!("{}-pharmacy", state.id)),
        _ => state.label(ctx.words),
    }
}

/// The sentence of a line, as this kind of place says it.
pub fn line_text(ctx: &Context<'_>, fact: &LineFact) -> String {
    match (&fact.setting.words, fact.line) {
        (None, Line::Attend) => {
            let state = match fact.setting.state.severity {
                0 => HeadlineState::Normal,
                _ => ctx.view.headline.state,
            };
            headline::attend_text(ctx.facts.org.kind, Some(fact.setting.state.key), state, ctx.words)
                .to_owned()
        }
        _ => fact.text(ctx.words),
    }
}

/// The same, and for which session: nobody stays at home in the morning because of
/// what is off in the afternoon.
pub fn line_and_session(ctx: &Context<'_>, fact: &LineFact) -> String {
    let session = fact.setting.session_text(ctx.words);
    let all: Vec<String> = [line_text(ctx, fact)].into_iter().chain(session).collect();
    all.join(" ")
}

/// "Phone 01632 960 001 instead."
pub fn phone_instead(ctx: &Context<'_>, number: &str) -> String {
    ctx.words.with("phone-instead", &[("number", number.into())])
}

/// The same, and where to go where nobody can be phoned.
pub fn line_and_way(ctx: &Context<'_>, fact: &LineFact) -> String {
    let way = (fact.line == Line::Phones).then(|| front_desk(ctx)).flatten();
    let all: Vec<String> = [line_and_session(ctx, fact)].into_iter().chain(way.map(Into::into)).collect();
    all.join(" ")
}

/// Where to go, while a surgery that is open cannot be phoned.
pub fn front_desk(ctx: &Context<'_>) -> Option<&'static str> {
    let is_shut = ctx.view.headline.attend == Some("do_not_come");
    let is_dead = matches!(phone(ctx), Phone::Dead) && ctx.facts.org.kind.is_surgery();
    (is_dead && !is_shut).then(|| ctx.words.get("front-desk-if-urgent"))
}

/// A line in full, for forms without room for more: the sentence, the session
/// and what to do instead of phoning.
pub fn line_in_full(ctx: &Context<'_>, fact: &LineFact) -> String {
    let mut all = vec![line_and_way(ctx, fact)];
    if let (Line::Phones, Phone::Instead(number)) = (fact.line, phone(ctx)) {
        all.push(phone_instead(ctx, &number));
    }
    all.join(" ")
}

/// A line whose word has run out: until when it was good, what it was, and that nobody
/// knows.
pub fn lapsed_text(ctx: &Context<'_>, fact: &LineFact) -> [String; 2] {
    let was = timed(ctx, "line-was-good-until", fact.expires_at);
    [format!("{was} {}", line_text(ctx, fact)), ctx.words.get("line-not-known").into()]
}

/// The same, for forms without room for more.
pub fn lapsed_in_full(ctx: &Context<'_>, fact: &LineFact) -> String {
    lapsed_text(ctx, fact).join(" ")
}

/// The number that a patient may phone, if there is one to be trusted.
pub enum Phone {
    /// The usual number.
    Usual(String),
    /// A number to use instead of the usual one.
    Instead(String),
    /// The usual number is dead and there is no other (hazard H5).
    Dead,
    /// It was dead when somebody last said something.
    Unsure,
    /// None is known.
    Unlisted,
}

/// Which number to show. A dead number is never shown, also not when what was
/// said about it has run out.
pub fn phone(ctx: &Context<'_>) -> Phone {
    let facts = ctx.facts;
    let is_down = |f: &LineFact| f.line == Line::Phones && f.setting.state.key == "down";
    let down_now = ctx.view.lines.iter().any(is_down);
    let down = down_now || ctx.view.lapsed(ctx.facts).iter().any(|f| is_down(f));
    let other = facts.last_other_phone(ctx.now).filter(|(_, stands)| *stands || down);
    match other {
        Some((number, _)) => Phone::Instead(number.to_owned()),
        None if down_now => Phone::Dead,
        None if down => Phone::Unsure,
        None if facts.org.phone.is_empty() => Phone::Unlisted,
        None => Phone::Usual(facts.org.phone.clone()),
    }
}

/// Who said a line, and when.
pub fn said(ctx: &Context<'_>, fact: &LineFact) -> String {
    if fact.is_planned() {
        return super::planned::said(ctx, fact);
    }
    if fact.said_by == ctx.facts.org.code && fact.by.is_none() {
        return timed(ctx, "we-said", fact.since);
    }
    let name = fact.by.as_ref().map_or(&fact.said_by_name, |by| &by.name);
    let at = near(ctx, fact.since);
    let id = if fact.is_linked { "surgeries-reported" } else { "they-said" };
    ctx.words.with(id, &[("name", name.into()), ("time", (&at).into())])
}

/// Why a pharmacy is slower, where that follows from a problem at surgeries.
pub fn slowed(ctx: &Context<'_>) -> Option<&'static str> {
    ctx.view.lines.iter().any(|f| f.is_linked).then(|| ctx.words.get("surgeries-have-a-problem"))
}

/// What is late or has run out, as a heading and sentences.
pub fn lateness(ctx: &Context<'_>) -> Option<(&'static str, Vec<String>)> {
    let w = ctx.words;
    let due = ctx.view.next_update_by.filter(|due| *due <= ctx.now);
    match ctx.view.freshness {
        Freshness::Current => None,
        Freshness::Overdue => {
            let due = due.map(|d| ctx.words.put("update-was-due", "time", time::by(d, ctx.now, ctx.words)));
            Some((w.get("update-late"), due.into_iter().collect()))
        }
        Freshness::Expired => {
            // What was heard since then was about something else.
            let end = || ctx.view.lapsed(ctx.facts).iter().map(|f| f.expires_at).max();
            let until = due.map(|due| ("next-was-due", due)).or_else(|| Some(("only-good-until", end()?)));
            let heard = ctx.facts.heard_at.filter(|at| until.is_none_or(|(_, until)| *at <= until));
            let heard = heard.map(|at| ("last-heard", at)).into_iter();
            let heard = heard.map(|(id, at)| timed(ctx, id, at));
            let until = until.map(|(id, at)| ctx.words.put(id, "time", time::by(at, ctx.now, ctx.words)));
            let all = heard.chain(until).collect();
            Some((w.get("information-old"), all))
        }
    }
}

/// The same as sentences, for forms without room for a heading of its own. That
/// old information may be wrong is said by the headline.
pub fn late(ctx: &Context<'_>) -> Vec<String> {
    let Some((heading, said)) = lateness(ctx) else { return Vec::new() };
    let heading =
        (ctx.view.freshness == Freshness::Overdue).then(|| format!("{heading}{}", ctx.words.locale.stop()));
    heading.into_iter().chain(said).collect()
}

/// What an update says in built-in words, where nobody wrote any. Of a place
/// that is only possibly touched, nothing is said in its name.
pub(super) fn built_in(ctx: &Context<'_>, fact: &IncidentFact, update: &Update) -> &'static str {
    let w = ctx.words;
    let here = fact.touch == Touch::Reached && ctx.facts.org.kind.sees_patients();
    let system = fact.incident.target.system().filter(|_| here);
    let goes_on = update.stage != Stage::Resolved && update.corrects.is_none();
    match fact.touch {
        Touch::Possible if goes_on => w.get("stage-elsewhere.text"),
        _ => update.built_in(system, w),
    }
}

/// What an update says: as written, else the built-in words.
pub fn update_text(ctx: &Context<'_>, fact: &IncidentFact, update: &Update) -> String {
    let written = update.message.as_ref().map(|text| text.marked(ctx.words));
    written.unwrap_or_else(|| built_in(ctx, fact, update).to_owned())
}

/// What the place says in its own words, then what those above it say beside their lines,
/// with their names; while it stands.
pub fn own_words<'a>(ctx: &Context<'a>) -> impl Iterator<Item = Signed<'a>> {
    ctx.facts.words_beside(&ctx.view.lines, ctx.now).into_iter()
}

/// The same, and what the place answered, for forms that tell no incident with its answer.
pub fn all_own_words<'a>(ctx: &Context<'a>) -> Vec<Signed<'a>> {
    ctx.facts.all_own_words(&ctx.view.lines, ctx.now)
}

/// Words on a page, and where they come from.
pub struct Said {
    pub paragraphs: Vec<String>,
    /// Somebody wrote them, in this language: they stay as they are and are
    /// never translated by machine (hazard H6).
    pub written_in: Option<Locale>,
    /// That it has run out, and nobody knows.
    pub doubt: Option<&'static str>,
}

impl Said {
    /// Our own words.
    pub fn built_in(text: &str) -> Self {
        let paragraphs = Some(text.to_owned()).filter(|text| !text.is_empty());
        Self { paragraphs: paragraphs.into_iter().collect(), written_in: None, doubt: None }
    }

    /// All of it as one text, for forms that have no way to tag a language.
    pub fn text(&self, w: &'static Words) -> String {
        let text = self.paragraphs.join(" ");
        let foreign = self.written_in.filter(|lang| *lang != w.locale);
        let text = match foreign {
            Some(_) => Written::from(text.as_str()).marked(w),
            None => text,
        };
        [Some(text.as_str()), self.doubt].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// Free text, split at its line breaks so that each becomes a paragraph.
    pub fn written(ctx: &Context<'_>, text: &Written) -> Self {
        let (text, lang) = text.shown(ctx.words.locale);
        let lines = text.lines().map(str::trim).filter(|l| !l.is_empty());
        Self { paragraphs: lines.map(str::to_owned).collect(), written_in: Some(lang), doubt: None }
    }

    /// What is said of a line, in its speaker's own words where there are some.
    pub fn of_line(ctx: &Context<'_>, fact: &LineFact) -> Self {
        let doubt = (fact.expires_at <= ctx.now).then(|| ctx.words.get("line-not-known"));
        let said = match &fact.setting.words {
            Some(words) => Self::written(ctx, words),
            None => Self::built_in(&fact.text(ctx.words)),
        };
        Self { doubt, ..said }
    }
}

/// A title, and the language that it is in.
pub struct Title {
    pub text: String,
    pub lang: Locale,
}

impl Title {
    pub fn new(ctx: &Context<'_>, text: &Written) -> Self {
        let (text, lang) = text.shown(ctx.words.locale);
        Self { text, lang }
    }
}

/// A number as a `tel:` link takes it, without spaces.
pub fn dial(number: &str) -> String {
    number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}
