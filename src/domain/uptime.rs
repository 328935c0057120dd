//! For how long each line was not as usual, on one page.
//!
//! What counts, minute by minute: the place's own word, else the worst of what
//! others said, of planned work, and of what slowed a pharmacy down. What was said counts until
//! whoever said it says that it is over, also while its next update is late. Withdrawn updates
//! do not count.

use chrono::{DateTime, Days, Duration, NaiveDate, Utc};

use super::cascade::Touch;
use super::facts::{Delay, Facts, IncidentFact};
use super::incident::{Incident, Stage};
use super::line::{Line, Lines};
use super::time::{from_wall, london};

/// How many days are looked at.
pub const DAYS: u64 = 90;

/// One line over the last 90 days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uptime {
    pub line: Line,
    pub counted: Duration,
    /// For so long it was not as usual.
    pub troubled: Duration,
}

impl Uptime {
    /// The share of the time in which it was as usual, in hundredths of a per
    /// cent, rounded down: a page that failed is never at 100 %.
    pub fn share(&self) -> i64 {
        let counted = self.counted.num_seconds().max(1);
        (counted - self.troubled.num_seconds()) * 10_000 / counted
    }
}

/// Something said about one line, for some time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    pub line: Line,
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
    pub severity: u8,
    /// The place's own word, which beats what others say.
    pub is_own: bool,
    /// When that was said: of the place's own words the last counts.
    pub said_at: DateTime<Utc>,
}

/// The lines that the kind of organisation has, but for 111 and 999.
pub fn uptime(facts: &Facts, now: DateTime<Utc>) -> Vec<Uptime> {
    let (from, all) = (counted_from(facts, now), spans(facts, now));
    let lines = Line::ALL.iter().copied().filter(|l| facts.org.has(*l) && !l.is_national());
    lines
        .map(|line| {
            let spans: Vec<Span> = all.iter().copied().filter(|s| s.line == line).collect();
            Uptime { line, counted: now - from, troubled: troubled(&spans, from, now) }
        })
        .collect()
}

/// From when on it is counted: 90 days, or since there are records.
pub fn counted_from(facts: &Facts, now: DateTime<Utc>) -> DateTime<Utc> {
    let ago = now - Duration::days(DAYS as i64);
    facts.kept_since.map_or(ago, |since| since.clamp(ago, now))
}

/// The worst of each of the last 90 days, today last: 0 is as usual; `None` before there
/// were records.
pub fn days(facts: &Facts, now: DateTime<Utc>) -> Vec<(NaiveDate, Option<u8>)> {
    let (today, all) = (london(now).date_naive(), spans(facts, now));
    let begins = |day: NaiveDate| from_wall(day.and_time(chrono::NaiveTime::MIN));
    let worst = |day: NaiveDate| {
        let (from, to) = (begins(day), begins(day + Days::new(1)).min(now));
        let lines = Line::ALL.iter();
        let of = |line: &Line| {
            let spans: Vec<Span> = all.iter().copied().filter(|s| s.line == *line).collect();
            pieces(&spans, from, to).into_iter().map(|(_, _, severity)| severity).max().unwrap_or(0)
        };
        lines.map(of).max().unwrap_or(0)
    };
    let days = (0..DAYS).rev().map(|back| today - Days::new(back));
    let first = london(counted_from(facts, now)).date_naive();
    days.map(|day| (day, (day >= first).then(|| worst(day)))).collect()
}

/// For how long one line was not as usual between two moments.
pub fn troubled(spans: &[Span], from: DateTime<Utc>, to: DateTime<Utc>) -> Duration {
    let bad = pieces(spans, from, to).into_iter().filter(|(_, _, severity)| *severity > 0);
    bad.fold(Duration::zero(), |sum, (from, to, _)| sum + (to - from))
}

/// The time between two moments, cut wherever something begins or ends, each
/// piece with how bad it was. Pieces in which nothing was said are left out.
fn pieces(spans: &[Span], from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<(DateTime<Utc>, DateTime<Utc>, u8)> {
    let inside: Vec<&Span> = spans.iter().filter(|s| s.from < to && s.to > from && s.from < s.to).collect();
    let mut cuts: Vec<DateTime<Utc>> = inside.iter().flat_map(|s| [s.from.max(from), s.to.min(to)]).collect();
    cuts.sort();
    cuts.dedup();
    let severity = |at: DateTime<Utc>| {
        let stands = || inside.iter().filter(move |s| s.from <= at && at < s.to);
        let own = stands().filter(|s| s.is_own).max_by_key(|s| s.said_at);
        own.map(|s| s.severity).or_else(|| stands().map(|s| s.severity).max())
    };
    let between = cuts.windows(2);
    between.filter_map(|w| severity(w[0]).map(|severity| (w[0], w[1], severity))).collect()
}

/// Everything that was said about the page's lines.
fn spans(facts: &Facts, now: DateTime<Utc>) -> Vec<Span> {
    let mut out: Vec<Span> = facts.incidents.iter().flat_map(|fact| of_incident(facts, fact, now)).collect();
    out.extend(of_local(facts, now));
    for fact in &facts.planned {
        let plan = &fact.outlook.planned;
        for window in &fact.outlook.windows {
            let end = window.ends_at.min(window.cancelled_at.unwrap_or(window.ends_at)).min(now);
            let is_own = plan.planned_by == facts.org.code;
            let stopped = said(facts, &plan.lines, (window.starts_at, end), is_own);
            out.extend(stopped.map(|span| Span { said_at: plan.created_at, ..span }));
        }
    }
    for delay in &facts.delays {
        let lines = Delay::lines();
        out.extend(delay.times.iter().flat_map(|times| said(facts, &lines, *times, false)));
        if let (Some(answer), Some((_, end))) = (&delay.answer, delay.times.last()) {
            out.extend(said(facts, &answer.lines, (answer.made_at, *end), true));
        }
    }
    out
}

/// What was said about the lines that this kind of place has.
fn said<'a>(
    facts: &'a Facts,
    lines: &'a Lines,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    is_own: bool,
) -> impl Iterator<Item = Span> + 'a {
    let known = lines.0.iter().filter(|(line, _)| facts.org.has(**line));
    known.map(move |(line, s)| {
        // A session is not as usual while it lasts.
        let (starts, ends) = s.session_times().unwrap_or((from, to));
        let (from, to) = (from.max(starts), to.min(ends));
        Span { line: *line, from, to, severity: s.state.severity, is_own, said_at: from }
    })
}

fn of_incident(facts: &Facts, fact: &IncidentFact, now: DateTime<Utc>) -> Vec<Span> {
    let end = if fact.goes_on() { now } else { fact.incident.ended_at() };
    let mut out = of_others(facts, fact, end);
    let answers: Vec<_> = fact.answers().collect();
    for (i, answer) in answers.iter().enumerate() {
        let next = answers.get(i + 1).map_or(end, |next| next.made_at);
        out.extend(said(facts, &answer.lines, (answer.made_at, next), true));
    }
    out
}

/// What others said of an incident, but for when the place said that it is not so there.
fn of_others(facts: &Facts, fact: &IncidentFact, end: DateTime<Utc>) -> Vec<Span> {
    let mut out = Vec::new();
    if fact.touch != Touch::Reached || fact.is_elsewhere() {
        return out;
    }
    // What the place answered is its own word.
    let standing: Vec<_> = fact.incident.standing().filter(|update| !fact.is_answer(update)).collect();
    for (i, update) in standing.iter().enumerate() {
        // What others said is over is so of their lines, whoever else has to confirm it.
        if update.stage == Stage::Resolved {
            continue;
        }
        let lines = Incident::lines_of(standing[..=i].iter().copied());
        let beside = Incident::beside(standing[..=i].iter().copied());
        let next = standing.get(i + 1).map_or(end, |u| u.published_at).min(end);
        for times in felt(fact, update.published_at, next) {
            out.extend(
                std::iter::once(&lines).chain(&beside).flat_map(|lines| said(facts, lines, times, false)),
            );
        }
    }
    out
}

/// When it counted at the place between two moments, by what that had answered.
fn felt(fact: &IncidentFact, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
    let answered = fact.answers().map(|answer| answer.made_at).filter(|at| from < *at && *at < to);
    let cuts: Vec<_> = std::iter::once(from).chain(answered).chain([to]).collect();
    let pieces = cuts.windows(2).map(|pair| (pair[0], pair[1]));
    pieces.filter(|(at, _)| !fact.answer_at(*at).is_some_and(|answer| answer.answer.clears())).collect()
}

fn of_local(facts: &Facts, now: DateTime<Utc>) -> impl Iterator<Item = Span> + '_ {
    facts.local_past.iter().enumerate().flat_map(move |(i, local)| {
        // Trouble that runs out is not over: it counts until the same speaker says something else.
        let mut later = facts.local_past[i + 1..].iter().filter(|l| l.organisation == local.organisation);
        let next = later.next().map_or(now, |l| l.set_at.min(now));
        let spans = said(facts, &local.lines, (local.set_at, next), local.organisation == facts.org.code);
        let ends = |span: &Span| if span.severity == 0 { span.to.min(local.expires_at) } else { span.to };
        spans.map(move |span| Span { to: ends(&span), ..span })
    })
}

/// Until when what was said of an incident counts for the place; none while it goes on.
pub fn ended(fact: &IncidentFact) -> Option<DateTime<Utc>> {
    // Who says with that what is still wrong there has not said that it is over.
    let recovered = fact.response.as_ref().filter(|r| r.answer.clears() && !r.warns()).map(|r| r.made_at);
    let resolved = (!fact.goes_on()).then(|| fact.incident.ended_at());
    match (recovered, resolved) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (one, other) => one.or(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + Duration::minutes(minutes)
    }

    fn span(from: i64, to: i64, severity: u8, is_own: bool) -> Span {
        Span { line: Line::Phones, from: at(from), to: at(to), severity, is_own, said_at: at(from) }
    }

    #[test]
    fn the_own_word_beats_what_others_say() {
        let outage = span(0, 100, 3, false);
        assert_eq!(troubled(&[outage], at(0), at(200)), Duration::minutes(100));
        let fine = span(20, 50, 0, true);
        assert_eq!(troubled(&[outage, fine], at(0), at(200)), Duration::minutes(70));
        let worse = span(40, 120, 2, true);
        assert_eq!(troubled(&[outage, fine, worse], at(0), at(200)), Duration::minutes(100));
        assert_eq!(troubled(&[outage], at(90), at(95)), Duration::minutes(5), "cut at both ends");
    }

    #[test]
    fn the_share_is_never_rounded_up_to_everything() {
        let day = Duration::days(90);
        let of = |troubled| Uptime { line: Line::Phones, counted: day, troubled }.share();
        assert_eq!(of(Duration::zero()), 10_000);
        assert_eq!(of(Duration::minutes(1)), 9_999);
        assert_eq!(of(day), 0);
    }

    proptest! {
        /// The pieces add up to what one gets by asking every minute.
        #[test]
        fn it_counts_what_a_clock_would_count(
            raw in proptest::collection::vec((0i64..120, 1i64..60, 0u8..4, any::<bool>()), 0..8),
            from in 0i64..60, length in 1i64..100
        ) {
            let spans: Vec<Span> = raw.iter().map(|(f, l, s, own)| span(*f, f + l, *s, *own)).collect();
            let bad = (from..from + length).filter(|minute| {
                let stands: Vec<&Span> =
                    spans.iter().filter(|s| s.from <= at(*minute) && at(*minute) < s.to).collect();
                let own = stands.iter().filter(|s| s.is_own).max_by_key(|s| s.said_at);
                own.map(|s| s.severity).or(stands.iter().map(|s| s.severity).max()).unwrap_or(0) > 0
            });
            let sum = troubled(&spans, at(from), at(from + length));
            prop_assert_eq!(sum, Duration::minutes(bad.count() as i64));
        }
    }
}
