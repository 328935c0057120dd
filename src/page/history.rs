//! Past problems and every update, as they were told: the last 90 days, a
//! month, one incident.

use askama::Template;
use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc};

use super::Context;
use super::archive::Past;
use super::tell::{self, Story, When};
use crate::domain::facts::IncidentFact;
use crate::domain::org::Org;
use crate::domain::time::{self, london};
use crate::domain::uptime;

/// The first month of which there can be a page: nothing is older.
const FIRST_YEAR: i32 = 2000;

#[derive(Template)]
#[template(path = "public/history.html")]
struct History<'a> {
    org: &'a Org,
    page_url: String,
    checked: When,
    /// The last 90 days, oldest first: "0" is as usual, "3" the worst.
    bar: Vec<u8>,
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
    org: &'a Org,
    /// The address of this page, with host.
    url: String,
    title: String,
    checked: When,
    /// Only of a month.
    table: Vec<Row>,
    is_month: bool,
    stories: Vec<Story>,
    earlier: Option<Month>,
    later: Option<Month>,
}

/// One line of the table of problems.
struct Row {
    date: String,
    what: String,
    /// The permanent address of the incident.
    href: String,
    /// "3 hours 20 minutes".
    lasted: String,
}

/// One line of the table of what worked.
struct UptimeRow {
    label: &'static str,
    /// "99.87%".
    share: String,
    /// "3 hours 20 minutes", or empty.
    troubled: String,
}

/// A link to a month.
struct Month {
    /// "July 2024".
    name: String,
    href: String,
}

/// Renders the history of the last 90 days.
pub fn history(ctx: &Context<'_>, since: Option<DateTime<Utc>>) -> Result<String, askama::Error> {
    let sees_patients = ctx.facts.org.kind.sees_patients();
    History {
        org: &ctx.facts.org,
        page_url: ctx.page_url(),
        checked: tell::when(ctx.checked_at, ctx.now),
        bar: uptime::days(ctx.facts, ctx.now).into_iter().map(|(_, worst)| worst.min(3)).collect(),
        table: table(ctx),
        uptimes: if sees_patients { uptimes(ctx) } else { Vec::new() },
        stories: stories(ctx),
        months: all_months(since, ctx.now).into_iter().map(|first| month(ctx, first)).collect(),
    }
    .render()
}

/// Renders a month or an incident, from facts that hold just that.
pub fn past(ctx: &Context<'_>, past: Past, since: Option<DateTime<Utc>>) -> Result<String, askama::Error> {
    let (title, is_month) = match past {
        Past::Month(first) => (format!("Past problems in {}", time::month(first)), true),
        Past::Incident(_) => {
            (ctx.facts.incidents.first().map(|i| i.incident.title.clone()).unwrap_or_default(), false)
        }
    };
    let (earlier, later) = match past {
        Past::Month(first) => (before(ctx, first, since), after(ctx, first)),
        Past::Incident(_) => (None, None),
    };
    PastPage {
        org: &ctx.facts.org,
        url: format!("{}/{}", ctx.page_url(), past.path()),
        title,
        checked: tell::when(ctx.checked_at, ctx.now),
        table: if is_month { table(ctx) } else { Vec::new() },
        is_month,
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

/// The months from the first incident of all to this one, newest first.
pub fn all_months(since: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Vec<NaiveDate> {
    let first = |at: DateTime<Utc>| london(at).date_naive().with_day(1);
    let (Some(from), Some(to)) = (since.and_then(first), first(now)) else { return Vec::new() };
    let back = (0..).map_while(|n| to.checked_sub_months(Months::new(n)));
    back.take_while(|month| *month >= from).collect()
}

fn month(ctx: &Context<'_>, first: NaiveDate) -> Month {
    let href = format!("/{}/{}", ctx.facts.org.code, Past::Month(first).path());
    Month { name: time::month(first), href }
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
    ctx.facts.incidents.iter().map(|i| tell::story(ctx, i)).collect()
}

/// Newest first.
fn table(ctx: &Context<'_>) -> Vec<Row> {
    ctx.facts.incidents.iter().map(|fact| row(ctx, fact)).collect()
}

fn row(ctx: &Context<'_>, fact: &IncidentFact) -> Row {
    let incident = &fact.incident;
    let lasted = match uptime::ended(fact) {
        _ if incident.standing().next().is_none() => "Withdrawn".into(),
        _ if fact.response.as_ref().is_some_and(|r| !r.answer.says_affected()) => "Not affected here".into(),
        Some(end) => time::lasted(end - incident.created_at),
        None => "Still going on".into(),
    };
    Row {
        date: time::date(london(incident.created_at).date_naive()),
        what: incident.title.clone(),
        href: format!("/{}/{}", ctx.facts.org.code, Past::Incident(incident.id).path()),
        lasted,
    }
}

fn uptimes(ctx: &Context<'_>) -> Vec<UptimeRow> {
    let row = |u: uptime::Uptime| {
        let share = u.share();
        UptimeRow {
            label: tell::line_label(ctx.facts.org.kind, u.line),
            share: format!("{}.{:02}%", share / 100, share % 100),
            troubled: if u.troubled.is_zero() { String::new() } else { time::lasted(u.troubled) },
        }
    };
    uptime::uptime(ctx.facts, ctx.now).into_iter().map(row).collect()
}
