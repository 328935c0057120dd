//! The patient page: the answer first, then what it rests on.

use askama::Template;

use super::planned::{self, Work};
use super::story::{self, Story};
use super::tell::{self, Linked, Moment, Phone, Said};
use super::{Context, share};
use crate::domain::facts::{Ending, IncidentFact, LineFact};
use crate::domain::headline::HeadlineState;
use crate::domain::help;
use crate::domain::incident::Kind;
use crate::domain::line::Line;
use crate::domain::org::{Org, OrgKind};
use crate::domain::statement::Statement;
use crate::words::{Locale, Words};

#[derive(Template)]
#[template(path = "public/patient.html")]
struct Patient<'a> {
    w: &'static Words,
    nhs_logo: bool,
    /// For staff alone: it shows an exercise. The word, and what it means.
    exercise: Option<(&'static str, &'static str)>,
    org: &'a Org,
    /// Its own address in each language, with host.
    languages: Vec<(Locale, String)>,
    english: String,
    /// Without a slash at the end.
    base_url: &'a str,
    page_url: String,
    /// Changes when the facts do; the refresh script compares it.
    mark: String,
    state: HeadlineState,
    label: &'static str,
    colour: &'static str,
    answer: String,
    rest: Vec<String>,
    /// "Copperdale reported this. This GP surgery has not confirmed it yet."
    unconfirmed: Option<String>,
    /// Why a pharmacy is slower, where surgeries are the reason.
    slowed: Option<&'static str>,
    /// A region or a board, of which nobody said anything.
    is_quiet_area: bool,
    checked: Moment,
    next_update: Option<Moment>,
    late: Option<(&'static str, Vec<String>)>,
    local: Option<Said>,
    /// The same of those above, with their names.
    above: Vec<(String, Said)>,
    rows: Vec<Row>,
    /// The lines of which nothing was said.
    working: Option<String>,
    works: Vec<Work>,
    /// What suppliers and partner bodies say, as their own word.
    voices: Vec<Voice>,
    phone: Phone,
    help: Option<Help>,
    open: Vec<Story>,
    elsewhere: Vec<Story>,
    over: Vec<Story>,
    poster: String,
    screen: String,
    history: String,
    widget: String,
    share: String,
    share_alternative: String,
    subscribe: String,
}

/// One line of "What is working and what is not".
struct Row {
    label: &'static str,
    tag: &'static str,
    colour: &'static str,
    texts: Vec<String>,
    /// A number to phone instead, beside the phones line.
    number: Option<Linked>,
    said: String,
}

/// What somebody says who is not the NHS.
struct Voice {
    name: String,
    /// Empty once it was taken back: what was wrong is not said again.
    said: Option<Said>,
    /// Who said it and when, or that they took it back.
    by: String,
}

/// What to do instead. 999 and 111 are national facts; a changed one brings
/// its own words, and then nothing else is said about it (hazard H3).
struct Help {
    heading: &'static str,
    emergency_changed: Option<Said>,
    nhs_111_changed: Option<Said>,
    /// The heading and the points of the card on pharmacies.
    pharmacy: Option<(&'static str, [&'static str; 2])>,
}

/// Renders the patient page.
pub fn html(ctx: &Context<'_>) -> Result<String, askama::Error> {
    render(ctx, None)
}

/// Renders the page as an exercise has it: for staff, in English, and marked so
/// that nobody takes it for the real one (hazard H9).
pub fn exercise(ctx: &Context<'_>) -> Result<String, askama::Error> {
    let mut kinds = ctx.facts.incidents.iter().map(|i| i.incident.kind);
    let is_test = !ctx.facts.incidents.is_empty() && kinds.all(|kind| kind == Kind::Test);
    let kind = if is_test { Kind::Test } else { Kind::Exercise };
    render(ctx, kind.unreal())
}

fn render(
    ctx: &Context<'_>,
    exercise: Option<(&'static str, &'static str)>,
) -> Result<String, askama::Error> {
    let (org, w) = (ctx.facts.org.as_ref(), ctx.words);
    let state = ctx.view.headline.state;
    let (answer, rest) = tell::answer(ctx);
    let stories = |keep: &dyn Fn(&IncidentFact) -> bool| -> Vec<Story> {
        ctx.facts.incidents.iter().filter(|i| keep(i)).map(|i| story::newest(ctx, i)).collect()
    };
    let cleared = |i: &IncidentFact| i.response.as_ref().is_some_and(|r| r.amounts_to().clears());
    let is_unconfirmed = |i: &IncidentFact| i.is_unconfirmed(ctx.now, org);
    Patient {
        w,
        nhs_logo: ctx.nhs_logo,
        exercise,
        languages: languages(ctx, ""),
        english: super::path(&org.code, Locale::En, ""),
        base_url: ctx.base_url,
        page_url: ctx.url(""),
        mark: mark(ctx),
        state,
        unconfirmed: tell::doubt(ctx),
        slowed: tell::slowed(ctx),
        is_quiet_area: ctx.view.headline.is_quiet_area(),
        label: ctx.view.headline.label(w),
        colour: tell::headline_colour(state),
        answer,
        rest,
        checked: Moment::full(ctx, "checked-at", ctx.checked_at),
        next_update: ctx
            .view
            .next_update_by
            .filter(|d| *d > ctx.now)
            .map(|d| Moment::by(ctx, "next-update-by", d)),
        late: tell::lateness(ctx),
        local: tell::own_words(ctx).find(|(name, _)| name.is_none()).map(|(_, m)| Said::written(ctx, m)),
        above: above(ctx),
        rows: rows(ctx),
        working: working(ctx),
        works: planned::works(ctx),
        voices: ctx.facts.statements.iter().filter(|s| s.is_seen(ctx.now)).map(|s| voice(ctx, s)).collect(),
        phone: tell::phone(ctx),
        help: help(ctx),
        // What nobody has confirmed to be over stays as long as it makes the answer.
        open: stories(&|i| (i.goes_on() && !cleared(i)) || is_unconfirmed(i)),
        elsewhere: stories(&|i| i.incident.is_open() && cleared(i) && !tell::is_own_end(ctx, i)),
        over: stories(&|i| tell::is_over_lately(ctx, i)),
        poster: ctx.path("poster"),
        screen: ctx.path("screen"),
        history: ctx.path("history"),
        widget: ctx.path("widget"),
        share: ctx.url("share.png"),
        share_alternative: share::alternative(ctx),
        subscribe: ctx.path("subscribe"),
        org,
    }
    .render()
}

/// What those above say beside their lines, while it stands.
fn above(ctx: &Context<'_>) -> Vec<(String, Said)> {
    let above = tell::own_words(ctx).filter_map(|(name, message)| Some((name?, message)));
    above.map(|(name, message)| (name.clone(), Said::written(ctx, message))).collect()
}

/// Where the same is told in each language, without host: in a static copy too, a
/// language leads to the copy.
pub fn languages(ctx: &Context<'_>, leaf: &str) -> Vec<(Locale, String)> {
    Locale::ALL.iter().map(|l| (*l, super::path(&ctx.facts.org.code, *l, leaf))).collect()
}

/// Changes exactly when what is said changes, not with the clock.
fn mark(ctx: &Context<'_>) -> String {
    let changed = ctx.facts.changed_at.map_or(0, |at| at.timestamp_millis());
    let fresh = ctx.view.freshness as u8;
    let (state, works) = (ctx.view.headline.state, planned::mark(ctx));
    let voices = ctx.facts.statements.iter().filter(|s| s.is_seen(ctx.now)).count();
    let voices = if voices == 0 { String::new() } else { format!("-{voices}") };
    format!("{changed}-{state}-{fresh}-{}{works}{voices}", ctx.view.lines.len())
}

/// The lines in the order of the page; those that have run out come in grey.
fn rows(ctx: &Context<'_>) -> Vec<Row> {
    let overruled = ctx.view.headline.overrules_coming().then_some(Line::Attend);
    let local = |f: &&LineFact| !f.line.is_national() && Some(f.line) != overruled;
    let standing = ctx.view.lines.iter().filter(local).map(|f| (f.line, row(ctx, f)));
    let lapsed = ctx.view.lapsed(ctx.facts);
    let lapsed = lapsed.into_iter().filter(local).map(|f| (f.line, lapsed_row(ctx, f)));
    let mut all: Vec<(Line, Row)> = standing.chain(lapsed).collect();
    all.sort_by_key(|(line, _)| *line);
    all.into_iter().map(|(_, row)| row).collect()
}

/// The lines of this kind of place of which nobody has said anything, in a
/// sentence; not while it is not known how things are.
fn working(ctx: &Context<'_>) -> Option<String> {
    let silent = [HeadlineState::Unknown, HeadlineState::NotConfirmed, HeadlineState::Closed];
    let kind = ctx.facts.org.kind;
    // What others say is over, nobody has confirmed who would know.
    let is_awaited = ctx.facts.incidents.iter().any(|i| i.ending == Ending::Awaited)
        || ctx.facts.unconfirmed(ctx.now).next().is_some();
    if is_awaited || silent.contains(&ctx.view.headline.state) || !kind.sees_patients() {
        return None;
    }
    let lapsed = ctx.view.lapsed(ctx.facts);
    let spoken = |line: Line| ctx.view.lines.iter().chain(lapsed.iter().copied()).any(|f| f.line == line);
    let quiet = Line::ALL.iter().copied().filter(|line| ctx.facts.org.has(*line) && !line.is_national());
    let quiet = quiet.filter(|line| *line != Line::Attend && !spoken(*line));
    let labels: Vec<&str> = quiet.map(|line| tell::line_label(ctx, line)).collect();
    let lines = labels.join(ctx.words.locale.comma());
    (!labels.is_empty()).then(|| ctx.words.put("no-problem-with", "lines", &lines))
}

fn row(ctx: &Context<'_>, fact: &LineFact) -> Row {
    let mut texts = vec![tell::line_text(ctx, fact)];
    texts.extend(fact.setting.session_text(ctx.words));
    let mut number = None;
    if fact.line == Line::Phones {
        match tell::phone(ctx) {
            Phone::Instead(other) => number = Some(Linked::phone_instead(ctx, &other)),
            _ => texts.extend(tell::front_desk(ctx).map(Into::into)),
        }
    }
    Row {
        label: tell::line_label(ctx, fact.line),
        tag: tell::state_label(ctx, fact),
        colour: tell::severity_colour(fact.setting.state.severity),
        texts,
        number,
        said: tell::said(ctx, fact),
    }
}

fn voice(ctx: &Context<'_>, statement: &Statement) -> Voice {
    let name = &statement.speaker.name;
    let at = |at| tell::near(ctx, at);
    let tell = |id, when: &String| ctx.words.with(id, &[("name", name.into()), ("time", when.into())]);
    let (said, by) = match statement.taken_back_at {
        Some(taken_back) => (None, tell("they-took-back", &at(taken_back))),
        None => (Some(Said::written(ctx, &statement.message)), tell("they-said", &at(statement.made_at))),
    };
    Voice { name: name.clone(), said, by }
}

fn lapsed_row(ctx: &Context<'_>, fact: &LineFact) -> Row {
    Row {
        label: tell::line_label(ctx, fact.line),
        tag: ctx.words.get("not-known"),
        colour: "grey",
        texts: tell::lapsed_text(ctx, fact).into(),
        number: match (fact.line, tell::phone(ctx)) {
            (Line::Phones, Phone::Instead(other)) => Some(Linked::phone_instead(ctx, &other)),
            _ => None,
        },
        said: tell::said(ctx, fact),
    }
}

/// The care cards; `None` on a calm page, where one sentence does.
fn help(ctx: &Context<'_>) -> Option<Help> {
    let w = ctx.words;
    let changed = |line: Line| help::changed(ctx.view, line).map(|fact| Said::of_line(ctx, fact));
    let (emergency_changed, nhs_111_changed) = (changed(Line::Emergency999), changed(Line::Nhs111));
    let calm = ctx.view.headline.state.is_calm();
    if calm && emergency_changed.is_none() && nhs_111_changed.is_none() {
        return None;
    }
    let pharmacy = match ctx.facts.org.kind {
        OrgKind::Pharmacy => {
            Some(("ask-another-pharmacy-if", ["need-medicine-today", "cannot-wait-for-medicine"]))
        }
        kind if kind.is_surgery() => Some(("ask-a-pharmacist-if", ["minor-illness", "medicine-question"])),
        _ => None,
    };
    Some(Help {
        heading: w.get(if calm { "if-you-need-help" } else { "what-to-do" }),
        emergency_changed,
        nhs_111_changed,
        pharmacy: pharmacy.map(|(heading, points)| (w.get(heading), points.map(|p| w.get(p)))),
    })
}
