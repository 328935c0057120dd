//! What the facts amount to at one moment: the clock alone makes them late and old.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::{Facts, IncidentFact, LineFact, SaidAbove};
use crate::domain::headline::{self, Headline};
use crate::domain::incident::{GRACE, Incident, LocalFacts};
use crate::domain::line::{Line, Session};
use crate::domain::planned::SETTLING;
use crate::domain::time;
use crate::words::Words;

/// How much the page can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Freshness {
    Current,
    Overdue,
    Expired,
}

/// After this time without a look at what was said, nobody can rely on what a page says.
pub const STALE: Duration = Duration::hours(1);

/// The facts as they stand at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub headline: Headline,
    pub lines: Vec<LineFact>,
    pub freshness: Freshness,
    pub next_update_by: Option<DateTime<Utc>>,
    /// The incidents that it rests on and whose promise has passed.
    pub late: Vec<Uuid>,
    pub at: DateTime<Utc>,
}

impl IncidentFact {
    /// Whether it is not over here, as far as anybody knows who would.
    pub fn goes_on(&self) -> bool {
        self.ending.goes_on()
    }
}

impl View {
    /// Lines that were said not to be as usual until a time that has passed, and of which
    /// nobody has said anything since: nobody knows (hazard H1). Of several, what stood
    /// last: who counts for more may have spoken of a shorter time.
    pub fn lapsed<'a>(&self, facts: &'a Facts) -> Vec<&'a LineFact> {
        let is_told = |line: Line| self.lines.iter().any(|f| f.line == line);
        run_out(&facts.candidates, is_told, self.at)
    }
}

/// Of the lines that are not told, what was wrong when somebody last said anything.
fn run_out(candidates: &[LineFact], is_told: impl Fn(Line) -> bool, now: DateTime<Utc>) -> Vec<&LineFact> {
    let last = by_line(candidates).filter_map(|of_line| stood_last(of_line, now));
    last.filter(|f| f.setting.state.severity > 0 && !is_told(f.line)).collect()
}

/// The claims about each line; of each, those that count for more come first.
fn by_line(candidates: &[LineFact]) -> impl Iterator<Item = &[LineFact]> {
    candidates.chunk_by(|a, b| a.line == b.line)
}

/// Of what was said of a line what stood last, where nothing stands. What was planned is no
/// word of how it is, nor is good news that nobody chose.
fn stood_last(of_line: &[LineFact], now: DateTime<Utc>) -> Option<&LineFact> {
    let said = of_line.iter().filter(|f| !f.is_planned() && !f.is_weak);
    let said = said.filter(|f| f.counts_from <= now && !f.is_past_session(now) && !f.is_for_later(now));
    let end = said.clone().map(|f| f.expires_at).max().filter(|end| *end <= now)?;
    said.clone().find(|f| f.expires_at == end)
}

/// What somebody said that counts of each line at a moment: what stands, else what stood last.
pub(super) fn counting(candidates: &[LineFact], at: DateTime<Utc>) -> impl Iterator<Item = &LineFact> {
    let stands = move |f: &&LineFact| !f.is_planned() && f.stands(at) && !f.is_past_session(at);
    by_line(candidates)
        .filter_map(move |of_line| of_line.iter().find(stands).or_else(|| stood_last(of_line, at)))
}

impl LineFact {
    /// Whether it holds while planned work lasts.
    pub fn is_planned(&self) -> bool {
        self.planned_at.is_some()
    }

    /// Whether it was about one session alone, and that is over.
    pub fn is_past_session(&self, now: DateTime<Utc>) -> bool {
        self.setting.session_times().is_some_and(|(_, ends)| ends <= now)
    }

    /// Whether somebody has said it by now, and nobody later, and it has not run out. What was
    /// said of 999 and 111 stands until somebody says something else: that it has run out must
    /// not send people to a number that is out of order.
    fn stands(&self, now: DateTime<Utc>) -> bool {
        self.counts_from <= now && (self.expires_at > now || self.line.is_national())
    }

    /// When the page drops it, if nobody says anything more: of one session, with that, however
    /// long whoever said it speaks for.
    pub fn holds_until(&self) -> DateTime<Utc> {
        let ends = self.setting.session_times().map(|(_, ends)| ends);
        ends.map_or(self.expires_at, |ends| ends.min(self.expires_at))
    }

    /// Whether it is about a session of a later day: said already, and not so yet.
    pub fn is_for_later(&self, now: DateTime<Utc>) -> bool {
        let today = time::london(now).date_naive();
        self.setting.session.is_some_and(|(_, day)| day > today)
    }
}

impl Facts {
    /// What the facts amount to at `now`. Claims that have expired no longer
    /// count, and the page says that it does not know (hazard H1).
    pub fn at(&self, now: DateTime<Utc>) -> View {
        let mut lines: BTreeMap<Line, LineFact> = BTreeMap::new();
        let stands =
            |f: &LineFact| f.stands(now) && !self.is_only_planned(f, now) && !self.is_planned_since(f, now);
        // A session that is over is no reason for doubt.
        let over = |f: &LineFact| f.is_past_session(now);
        let mut beside: Vec<LineFact> = Vec::new();
        for fact in self.candidates.iter().filter(|f| stands(f) && !over(f)) {
            match lines.entry(fact.line) {
                Entry::Vacant(free) => drop(free.insert(fact.clone())),
                Entry::Occupied(first) if is_beside(fact, first.get(), &beside) => beside.push(fact.clone()),
                Entry::Occupied(_) => {}
            }
        }
        // Planned work ends as planned; that it should be over is said beside.
        let lapsed = !run_out(&self.candidates, |line| lines.contains_key(&line), now).is_empty();
        // Nobody promised more about what is said to be over.
        let own = self.shaping().map(|i| &i.incident);
        let told = own.chain(self.slowing(&lines, now).map(|l| &l.incident)).filter(|i| i.is_open());
        let told = told.filter(|incident| !self.is_overruled(incident, &lines));
        let due: Vec<(Uuid, DateTime<Utc>)> =
            told.filter_map(|i| Some((i.id, i.next_update_by()?))).collect();
        let late: Vec<Uuid> = due.iter().filter(|(_, d)| *d <= now).map(|(id, _)| *id).collect();
        let expired = lapsed || due.iter().any(|(_, d)| *d + GRACE <= now);
        let freshness = match (expired, !late.is_empty()) {
            (true, _) => Freshness::Expired,
            (false, true) => Freshness::Overdue,
            (false, false) => Freshness::Current,
        };
        let mut lines: Vec<LineFact> = lines.into_values().chain(beside).collect();
        // Of several sessions, what was said last comes first.
        lines.sort_by_key(|f| (f.line, Reverse(f.since)));
        let headline = headline::headline(self, &lines, freshness, now);
        // Whom the answer sends to another pharmacy is not told beside it to come.
        lines.retain(|f| f.line != Line::Attend || !headline.no_medicines);
        let next_update_by = due.into_iter().map(|(_, d)| d).min();
        View { headline, lines, freshness, next_update_by, late, at: now }
    }

    /// What was said of a line and stood last, where nothing that was said of it stands.
    pub fn stood_last(&self, line: Line, now: DateTime<Utc>) -> Option<&LineFact> {
        let of_line = by_line(&self.candidates).find(|all| all.iter().any(|f| f.line == line));
        of_line.and_then(|all| stood_last(all, now))
    }

    /// Whether it was planned, and somebody has said worse of the line: how it is goes before
    /// what was planned, and planned work makes nothing better, nor known again.
    fn is_only_planned(&self, fact: &LineFact, now: DateTime<Utc>) -> bool {
        let said = || {
            let mut of_line = self.candidates.iter().filter(|f| f.line == fact.line && !f.is_planned());
            of_line.find(|f| f.stands(now) && !f.is_past_session(now) && !f.is_for_later(now))
        };
        let worse = |f: &LineFact| f.setting.state.severity > fact.setting.state.severity;
        fact.is_planned() && said().or_else(|| self.stood_last(fact.line, now)).is_some_and(worse)
    }

    /// Whether its speaker has planned worse since then, and that runs: whoever said that all is
    /// well today, and later plans work for tomorrow, did not speak of tomorrow.
    fn is_planned_since(&self, fact: &LineFact, now: DateTime<Utc>) -> bool {
        let of_line = self.candidates.iter().filter(|f| f.line == fact.line && f.said_by == fact.said_by);
        let mut later = of_line.filter(|f| f.planned_at.is_some_and(|at| at > fact.said_at) && f.stands(now));
        let worse = |f: &LineFact| f.setting.state.severity > fact.setting.state.severity;
        !fact.is_planned() && later.any(worse)
    }

    /// What those above say beside their lines: while it stands, and where any line that it is
    /// about is theirs here. A place that is an exception to all of them does not tell it.
    pub fn words_above(&self, lines: &[LineFact], now: DateTime<Utc>) -> impl Iterator<Item = &SaidAbove> {
        let counts = |said: &&SaidAbove| {
            let mut theirs = said.lines.iter().map(|line| lines.iter().find(|f| f.line == *line));
            said.lines.is_empty() || theirs.any(|fact| fact.is_none_or(|fact| said.is_theirs(fact)))
        };
        let stand = self.said_above.iter().filter(|said| said.until > now);
        stand.filter(counts).collect::<Vec<_>>().into_iter()
    }

    /// The same for a reader: what nobody could check for long is not known to be true.
    pub fn seen(&self, now: DateTime<Utc>, checked_at: DateTime<Utc>) -> View {
        let view = self.at(now);
        if checked_at + STALE > now {
            return view;
        }
        let freshness = Freshness::Expired;
        View { headline: headline::headline(self, &view.lines, freshness, now), freshness, ..view }
    }

    /// Whether it is no place, and has set lines for all that are below it.
    pub fn speaks_for_places(&self, now: DateTime<Utc>) -> bool {
        let stands = |local: &LocalFacts| {
            local.organisation == self.org.code && local.set_at <= now && now < local.expires_at
        };
        let is_wrong = |local: &LocalFacts| {
            local.lines.0.iter().any(|(line, s)| !line.is_national() && s.state.severity > 0)
        };
        !self.org.kind.sees_patients() && self.local_past.iter().any(|local| stands(local) && is_wrong(local))
    }

    /// Whether the place has spoken for itself about attending and all that an
    /// incident says, and its words outlast those: that the incident is late is then
    /// no reason to doubt the page.
    fn is_overruled(&self, incident: &Incident, lines: &BTreeMap<Line, LineFact>) -> bool {
        let outlasts = |f: &LineFact| incident.expires_at().is_none_or(|end| f.expires_at > end);
        // What it answered about another incident does not speak of one that began later.
        let knows =
            |f: &LineFact| f.about.is_none_or(|id| id == incident.id) || f.said_at >= incident.created_at;
        let is_own = |f: &LineFact| f.said_by == self.org.code && !f.is_planned() && knows(f);
        let own = |line: &Line| lines.get(line).is_some_and(|f| is_own(f) && outlasts(f));
        let said = incident.lines();
        let mut about = said.0.keys().filter(|line| self.org.has(**line));
        own(&Line::Attend) && about.all(own)
    }

    /// Incidents that are not over here, and that the organisation has not cleared itself of.
    pub fn shaping(&self) -> impl Iterator<Item = &IncidentFact> + Clone {
        self.incidents
            .iter()
            .filter(|i| i.goes_on() && !i.response.as_ref().is_some_and(|r| r.answer.clears()))
    }

    /// Whether something is wrong here that has nothing to do with one incident.
    pub fn is_else_wrong(&self, incident: Uuid, view: &View) -> bool {
        let here = |f: &&LineFact| f.line != Line::Attend && !f.line.is_national();
        let mut wrong = view.lines.iter().filter(here).filter(|f| f.setting.state.severity > 0);
        self.shaping().any(|i| i.incident.id != incident && !i.is_spell())
            || wrong.any(|f| f.about != Some(incident))
    }

    /// That somebody said of an incident that it is over; by its name where something else is
    /// wrong, so that nobody takes it for that.
    pub fn said_over(&self, fact: &IncidentFact, view: &View, name: &str, w: &'static Words) -> String {
        let name = ("name", name.into());
        match &fact.system_name {
            _ if !self.is_else_wrong(fact.incident.id, view) => w.with("they-said-over", &[name]),
            Some(system) => w.with("they-said-system-over", &[name, ("system", system.into())]),
            None => w.with("they-said-other-over", &[name]),
        }
    }

    /// The replacement for the usual number, while it stands.
    pub fn other_phone(&self, now: DateTime<Utc>) -> Option<&str> {
        self.last_other_phone(now).filter(|(_, stands)| *stands).map(|(number, _)| number)
    }

    /// The same, and whether it stands; where none does, that which stood longest.
    pub fn last_other_phone(&self, now: DateTime<Utc>) -> Option<(&str, bool)> {
        let all = &self.other_numbers;
        let stands = all.iter().find(|other| other.until > now);
        let other = stands.or_else(|| all.iter().max_by_key(|other| other.until))?;
        Some((other.number.as_str(), other.until > now)).filter(|(number, _)| *number != self.org.phone)
    }

    /// The moments at which the clock alone changes the page.
    pub fn deadlines(&self) -> impl Iterator<Item = DateTime<Utc>> + '_ {
        let of_lines = self.candidates.iter().flat_map(|f| {
            let session = f.setting.session.into_iter().flat_map(|(session, day)| {
                // From the midnight before on it counts for the answer.
                [Session::Morning.times(day).0, session.times(day).1]
            });
            [f.since, f.counts_from, f.expires_at].into_iter().chain(session)
        });
        let of_windows = self.planned.iter().flat_map(|p| p.outlook.windows.iter());
        let of_windows = of_windows.flat_map(|w| [w.starts_at, w.ends_at, w.ends_at + SETTLING]);
        let of_incidents = self.shaping().map(|i| &i.incident).chain(self.linked.iter().map(|l| &l.incident));
        let of_incidents = of_incidents.filter_map(|i| i.next_update_by()).flat_map(|d| [d, d + GRACE]);
        let of_endings = self.incidents.iter().filter_map(IncidentFact::unconfirmed_until);
        let of_statements = self.statements.iter().flat_map(|s| s.deadlines());
        let numbers = self.other_numbers.iter().map(|other| other.until);
        let of_words = self.said_above.iter().map(|s| s.until).chain(self.local_until).chain(numbers);
        let of_lines = of_lines.chain(of_words).chain(self.answers_end());
        of_lines.chain(of_incidents).chain(of_endings).chain(of_windows).chain(of_statements)
    }
}

/// Whether it holds for a session of a line of which others hold for other sessions.
fn is_beside(fact: &LineFact, first: &LineFact, beside: &[LineFact]) -> bool {
    let others = || beside.iter().filter(|f| f.line == fact.line).chain([first]);
    fact.setting.session.is_some()
        && others().all(|f| f.setting.session.is_some() && f.setting.session != fact.setting.session)
}
