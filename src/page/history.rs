//! Past problems and every update, as they were told: the last 90 days, a
//! month, one incident.

use askama::Template;
use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc};

use super::archive::Past;
use super::story::{self, Story};
use super::tell::{self, Moment, Said, Title};
use super::{Context, html};
use crate::domain::facts::{Delay, IncidentFact, PlannedFact};
use crate::domain::org::Org;
use crate::domain::planned::Window;
use crate::domain::time::{self, london};
use crate::domain::uptime;
use crate::words::{Locale, Words};

/// The first year of which there can be a page: nothing is older.
const FIRST_YEAR: i32 = 2000;

#[derive(Template)]
#[template(path = "public/history.html")]
struct History<'a> {
    w: &'static Words,
    nhs_logo: bool,
    org: &'a Org,
    languages: Vec<(Locale, String)>,
    english: String,
    page_url: String,
    here: String,
    checked: Moment,
    /// The last 90 days, oldest first: 0 is as usual, 3 the worst, 4 before there were records.
    bar: Vec<u8>,
    /// Where there are no records of 90 days: since when.
    kept_since: Option<String>,
    table: Vec<Row>,
    uptimes: Vec<UptimeRow>,
    /// Newest first.
    stories: Vec<Story>,
    months: Vec<Month>,
}

/// A page about the past: a month, or one incident.
#[derive(Template)]
#[template(path = "public/past.html")]
struct PastPage<'a> {
    w: &'static Words,
    nhs_logo: bool,
    org: &'a Org,
    languages: Vec<(Locale, String)>,
    english: String,
    page_url: String,
    here: String,
    /// The address of the last 90 days.
    history: String,
    title: Title,
    checked: Moment,
    is_month: bool,
    /// Only of a month.
    table: Vec<Row>,
    stories: Vec<Story>,
    earlier: Option<Month>,
    later: Option<Month>,
}

/// One line of the table of problems.
struct Row {
    /// Where a link to it leads, besides its own address.
    id: Option<String>,
    date: String,
    what: Title,
    /// The permanent address of the incident, where it is one of the place's own.
    href: Option<String>,
    /// That it is at surgeries, and slows the place down.
    note: Option<&'static str>,
    /// "3 hours 20 minutes".
    lasted: String,
}

/// One line of the table of what worked.
struct UptimeRow {
    label: &'static str,
    /// "99.87%".
    share: String,
    /// "3 hours 20 minutes".
    troubled: String,
}

/// A link to a month.
struct Month {
    /// "July 2024".
    name: String,
    href: String,
}

/// Renders the history of the last 90 days.
pub fn history(ctx: &Context<'_>) -> Result<String, askama::Error> {
    let sees_patients = ctx.facts.org.kind.sees_patients();
    History {
        w: ctx.words,
        nhs_logo: ctx.nhs_logo,
        org: &ctx.facts.org,
        languages: html::languages(ctx, "history"),
        english: super::path(&ctx.facts.org.code, Locale::En, "history"),
        page_url: ctx.url("history"),
        here: ctx.path(""),
        checked: Moment::full(ctx, "checked-at", ctx.checked_at),
        bar: uptime::days(ctx.facts, ctx.now).into_iter().map(|(_, worst)| day_class(worst)).collect(),
        kept_since: kept_since(ctx),
        table: table(ctx),
        uptimes: if sees_patients { uptimes(ctx) } else { Vec::new() },
        stories: stories(ctx),
        months: all_months(ctx.since, ctx.now).into_iter().map(|first| month(ctx, first)).collect(),
    }
    .render()
}

/// Renders a month or an incident, from facts that hold just that.
pub fn past(ctx: &Context<'_>, past: Past) -> Result<String, askama::Error> {
    let (w, leaf) = (ctx.words, past.path());
    let (title, is_month, earlier, later) = match past {
        Past::Month(first) => {
            let text = w.put("problems-in-month", "month", time::month(first, w));
            let title = Title { text, lang: w.locale };
            (title, true, before(ctx, first, ctx.since), after(ctx, first))
        }
        Past::Incident(_) => {
            let title = ctx.facts.incidents.first().map(|i| Title::new(ctx, &i.incident.title));
            let title = title.unwrap_or_else(|| Title { text: String::new(), lang: w.locale });
            (title, false, None, None)
        }
    };
    PastPage {
        w,
        nhs_logo: ctx.nhs_logo,
        org: &ctx.facts.org,
        languages: html::languages(ctx, &leaf),
        english: super::path(&ctx.facts.org.code, Locale::En, &leaf),
        page_url: ctx.url(&leaf),
        here: ctx.path(""),
        history: ctx.path("history"),
        title,
        checked: Moment::full(ctx, "checked-at", ctx.checked_at),
        is_month,
        table: if is_month { table(ctx) } else { Vec::new() },
        stories: stories(ctx),
        earlier,
        later,
    }
    .render()
}

/// Whether a month can have a page: it has begun, and is not before all time.
pub fn is_month(first: NaiveDate, now: DateTime<Utc>) -> bool {
    first.year() >= FIRST_YEAR && first <= london(now).date_naive()
}

/// The first day of the month of a moment, in London.
pub fn first_of_month(at: DateTime<Utc>) -> NaiveDate {
    let day = london(at).date_naive();
    day.with_day(1).unwrap_or(day)
}

/// The months from the first incident of all to this one, newest first.
pub fn all_months(since: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Vec<NaiveDate> {
    let Some(from) = since.map(first_of_month) else { return Vec::new() };
    let to = first_of_month(now);
    let back = (0..).map_while(|n| to.checked_sub_months(Months::new(n)));
    back.take_while(|month| *month >= from).collect()
}

fn day_class(worst: Option<u8>) -> u8 {
    worst.map_or(4, |worst| worst.min(3))
}

fn kept_since(ctx: &Context<'_>) -> Option<String> {
    let ago = ctx.now - chrono::Duration::days(i64::try_from(uptime::DAYS).unwrap_or(i64::MAX));
    let from = ctx.facts.kept_since.filter(|since| *since > ago)?;
    Some(
        ctx.words
            .with("records-began", &[("date", (&time::date(london(from).date_naive(), ctx.words)).into())]),
    )
}

fn month(ctx: &Context<'_>, first: NaiveDate) -> Month {
    Month { name: time::month(first, ctx.words), href: ctx.path(&Past::Month(first).path()) }
}

fn before(ctx: &Context<'_>, first: NaiveDate, since: Option<DateTime<Utc>>) -> Option<Month> {
    let since = london(since?).date_naive();
    let earlier = first - Days::new(1);
    (earlier >= since).then(|| earlier.with_day(1)).flatten().map(|first| month(ctx, first))
}

fn after(ctx: &Context<'_>, first: NaiveDate) -> Option<Month> {
    let later = first.checked_add_months(Months::new(1))?;
    is_month(later, ctx.now).then(|| month(ctx, later))
}

fn stories(ctx: &Context<'_>) -> Vec<Story> {
    ctx.facts.incidents.iter().map(|i| story::story(ctx, i, true)).collect()
}

/// Newest first.
fn table(ctx: &Context<'_>) -> Vec<Row> {
    let own = ctx.facts.incidents.iter().map(|fact| (fact.incident.created_at, row(ctx, fact)));
    let delays = ctx.facts.delays.iter().filter(|delay| !delay.times.is_empty());
    let delays = delays.map(|delay| (delay.incident.created_at, delay_row(ctx, delay)));
    let planned = ctx.facts.planned.iter().flat_map(|f| f.outlook.windows.iter().map(move |w| (f, w)));
    // What is counted below is listed: also work that runs, that settles, or that was stopped.
    let planned = planned.filter(|(_, w)| w.starts_at <= ctx.now && w.starts_at < ended(w));
    let planned = planned.map(|(fact, window)| (window.starts_at, planned_row(ctx, fact, window)));
    let mut all: Vec<_> = own.chain(delays).chain(planned).collect();
    all.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    all.into_iter().map(|(_, row)| row).collect()
}

/// When a window ends, or was called off.
fn ended(window: &Window) -> DateTime<Utc> {
    window.cancelled_at.map_or(window.ends_at, |at| at.min(window.ends_at))
}

fn planned_row(ctx: &Context<'_>, fact: &PlannedFact, window: &Window) -> Row {
    let plan = &fact.outlook.planned;
    Row {
        id: Some(format!("planned-{}-{}", plan.id, window.day)),
        date: time::date(london(window.starts_at).date_naive(), ctx.words),
        what: Title::new(ctx, &plan.title),
        href: None,
        note: Some(ctx.words.get("planned-work")),
        lasted: match ended(window) {
            end if end > ctx.now => ctx.words.get("still-going-on").into(),
            end => time::lasted(end - window.starts_at, ctx.words),
        },
    }
}

fn delay_row(ctx: &Context<'_>, delay: &Delay) -> Row {
    let (w, ended) = (ctx.words, delay.ended(ctx.now));
    Row {
        date: time::date(london(delay.incident.created_at).date_naive(), w),
        what: Title::new(ctx, &delay.incident.title),
        id: None,
        href: None,
        note: Some(w.get(if ended.is_some() { "slower-by-surgeries" } else { "surgeries-have-a-problem" })),
        lasted: match ended {
            Some(_) => time::lasted(delay.length(), w),
            None => w.get("still-going-on").into(),
        },
    }
}

fn row(ctx: &Context<'_>, fact: &IncidentFact) -> Row {
    let (incident, w) = (&fact.incident, ctx.words);
    let lasted = match fact.ended(ctx.now, &ctx.facts.org) {
        _ if tell::is_withdrawn(ctx, fact) => w.get("stage-withdrawn").into(),
        None if fact.still_wrong_at(ctx.now, &ctx.facts.org).is_some() => w.get("still-going-on").into(),
        _ if fact.is_elsewhere() => w.get("not-affected-here").into(),
        Some(end) => time::lasted(end - incident.created_at, w),
        None => w.get("still-going-on").into(),
    };
    Row {
        date: time::date(london(incident.created_at).date_naive(), w),
        what: Title::new(ctx, &fact.named_at(ctx.now, &ctx.facts.org)),
        href: Some(ctx.path(&Past::Incident(incident.id).path())),
        id: None,
        note: None,
        lasted,
    }
}

/// What was learned from an incident, and who wrote that, and when.
pub fn learned(ctx: &Context<'_>, fact: &IncidentFact) -> Option<(Said, String)> {
    let note = fact.incident.note.as_ref()?;
    let (who, when) = (tell::speaker(ctx, fact, &note.said_by), time::full(note.made_at, ctx.words));
    Some((Said::written(ctx, &note.message), format!("{who}, {when}")))
}

fn uptimes(ctx: &Context<'_>) -> Vec<UptimeRow> {
    let row = |u: uptime::Uptime| {
        let share = u.share();
        UptimeRow {
            label: tell::line_label(ctx, u.line),
            share: format!("{}.{:02}%", share / 100, share % 100),
            troubled: match u.troubled.is_zero() {
                true => ctx.words.get("not-at-all").into(),
                false => time::lasted(u.troubled, ctx.words),
            },
        }
    };
    uptime::uptime(ctx.facts, ctx.now).into_iter().map(row).collect()
}
