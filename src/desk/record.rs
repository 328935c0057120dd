//! After it: how long everything took, and everything that was said in order.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::decisions::{Entry, Which};
use super::{Desk, Result};
use crate::domain::cascade;
use crate::domain::incident::{Incident, Note, Response, Update};
use crate::domain::org::{Directory, OrgCode};
use crate::domain::recovery::Counter;
use crate::domain::report::Report;
use crate::domain::statement::Statement;
use crate::domain::user::{Action, Actor};
use crate::store::proposals::Proposal;
use crate::store::{Tx, delivery_reports, history, incidents, proposals, reports, statements};

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Event {
    Update(Update),
    /// An update was taken back.
    TakenBack(Update),
    Response(Response, String),
    Decision(Box<Entry>),
    /// A report was signed off.
    Report(Box<Report>),
    Note(Note),
    /// A second person decided, or one published alone.
    Decided(Box<Proposal>),
    /// Somebody else looked at what one had published alone.
    Reviewed(Box<Proposal>),
    /// What a supplier or a partner body said of it in public.
    Statement(Statement),
    /// They took it back.
    Unsaid(Statement),
}

/// How long it took.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Timings {
    /// From when it is known: the first decision about it, what was first
    /// proposed, or its declaration.
    pub known_at: DateTime<Utc>,
    pub first_posted: Option<DateTime<Utc>>,
    /// How many it reaches at or below them, and how many of those answered.
    pub reached: usize,
    pub answered: usize,
    /// For how many more somebody else answered, and nobody of theirs.
    pub answered_for: usize,
    pub first_answer: Option<DateTime<Utc>>,
    /// When half of all that it reaches had answered.
    pub half_answered: Option<DateTime<Utc>>,
    pub last_answer: Option<DateTime<Utc>>,
    /// Of each update: whether its messages were captured and not sent, how many,
    /// and when the last one was.
    pub told: Vec<(Uuid, bool, i64, DateTime<Utc>)>,
    /// The same of what places at or below them said of themselves, to their own readers.
    pub words: Vec<(OrgCode, bool, i64, DateTime<Utc>)>,
}

/// The record of one incident, as somebody may read it.
#[derive(Debug, Clone)]
pub struct Record {
    pub incident: Incident,
    pub timings: Timings,
    /// In order.
    pub events: Vec<(DateTime<Utc>, Event)>,
    pub counters: Vec<Counter>,
    /// What those who spoke are called.
    pub names: BTreeMap<OrgCode, String>,
    /// It is only said to be over: places have not confirmed it.
    pub is_unconfirmed: bool,
    /// They may take all of it.
    pub is_theirs: bool,
}

impl Record {
    /// How long after it was known something happened.
    pub fn after(&self, at: DateTime<Utc>) -> Duration {
        at - self.timings.known_at
    }
}

impl Desk {
    /// The record of an incident: everything public, and the answers, decisions
    /// and reports of their own organisation and those below.
    pub async fn record(&self, who: &Actor, id: Uuid) -> Result<Record> {
        let incident = self.incident(who, id).await?;
        let log = self.printed_log(who, &Which { incident: Some(id), ..Which::default() }).await?;
        let counters = self.counters(who, id).await?;
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let sees = |code: &OrgCode| who.may(Action::See, code, &directory).is_ok();
        let name = |code: &OrgCode| directory.name_of(code);
        let mut events = Vec::new();
        for update in &incident.updates {
            events.push((update.published_at, Event::Update(update.clone())));
            events.extend(update.withdrawn_at.map(|at| (at, Event::TakenBack(update.clone()))));
        }
        for said in self.said_by_others(&mut tx, &incident, &directory).await? {
            events.extend(said.taken_back_at.map(|at| (at, Event::Unsaid(said.clone()))));
            events.push((said.made_at, Event::Statement(said)));
        }
        let mut responses = incidents::every_response_to(&mut tx, id).await?;
        responses.retain(|r| sees(&r.organisation));
        let answered =
            responses.iter().map(|r| (r.made_at, Event::Response(r.clone(), name(&r.organisation))));
        events.extend(answered);
        let notes = history::every_note(&mut tx, id).await?;
        events.extend(notes.into_iter().map(|n| (n.made_at, Event::Note(n))));
        let mut reports = reports::of_incident(&mut tx, id).await?;
        reports.retain(|r| sees(&r.organisation));
        let signed = reports.into_iter().filter_map(|r| r.signed.clone().map(|s| (s.at, r)));
        events.extend(signed.map(|(at, r)| (at, Event::Report(Box::new(r)))));
        let proposed = proposals::all_of_incident(&mut tx, id).await?;
        for p in proposed.iter().filter(|p| sees(&p.organisation)) {
            events.extend(p.decided_at.map(|at| (at, Event::Decided(Box::new(p.clone())))));
            events.extend(p.reviewed_at.map(|at| (at, Event::Reviewed(Box::new(p.clone())))));
        }
        let proposed = proposed.into_iter().map(|p| p.made_at);
        let known = log.entries.iter().map(|e| e.chained.decision.made_at).chain(proposed).min();
        let decided =
            log.entries.into_iter().map(|e| (e.chained.decision.made_at, Event::Decision(Box::new(e))));
        events.extend(decided);
        // A stable sort: what happened in the same moment stays as it came.
        events.sort_by_key(|(at, _)| *at);
        let reached = cascade::reach(&incident.target, &directory, &self.catalogue);
        // As they are listed: a head office sees no patients.
        let is_place = |code: &OrgCode| directory.get(code).is_some_and(|o| o.kind.sees_patients());
        let reached = reached.iter().filter(|code| sees(code) && is_place(code)).count();
        let ids: Vec<Uuid> = incident.updates.iter().map(|u| u.id).collect();
        let told = match sees(&incident.declared_by) {
            true => delivery_reports::handed_over(&mut tx, &ids).await?,
            false => Vec::new(),
        };
        let mut words = delivery_reports::words_handed_over(&mut tx, id).await?;
        words.retain(|(place, ..)| sees(place));
        let timings = Timings {
            words,
            known_at: known.map_or(incident.created_at, |at| at.min(incident.created_at)),
            first_posted: incident.updates.first().map(|u| u.published_at),
            told,
            reached,
            ..answers(&responses, reached)
        };
        let is_theirs = sees(&incident.declared_by);
        let situation = incidents::situation(&mut tx, self.now()).await?;
        let is_unconfirmed = self.is_unconfirmed(&incident, &situation, &directory);
        let spoke = events.iter().filter_map(|(_, event)| match event {
            Event::Update(u) | Event::TakenBack(u) => Some(&u.said_by),
            Event::Note(note) => Some(&note.said_by),
            Event::Decided(p) | Event::Reviewed(p) => Some(&p.organisation),
            Event::Response(..) | Event::Decision(_) | Event::Report(_) => None,
            Event::Statement(_) | Event::Unsaid(_) => None,
        });
        let spoke = spoke.chain(timings.words.iter().map(|(place, ..)| place));
        let names = spoke.map(|code| (code.clone(), name(code))).collect();
        Ok(Record { incident, timings, events, counters, names, is_unconfirmed, is_theirs })
    }

    /// What suppliers and partner bodies said beside an incident while it was open:
    /// about a system that it stops, or in an area that it reaches. The oldest first.
    pub(super) async fn said_by_others(
        &self,
        tx: &mut Tx,
        incident: &Incident,
        directory: &Directory,
    ) -> Result<Vec<Statement>> {
        let since = incident.created_at;
        let until = if incident.is_open() { self.now() } else { incident.ended_at() };
        let mut all = statements::between(tx, since, until).await?;
        let reached = cascade::reach(&incident.target, directory, &self.catalogue);
        let reached: Vec<_> = reached.iter().filter_map(|code| directory.get(code)).collect();
        all.retain(|s| {
            let area = s.speaker.area.as_ref();
            let is_there = area.is_none_or(|area| reached.iter().any(|org| area.covers(org, directory)));
            is_there && (s.system.is_none() || s.is_about(incident, &self.catalogue))
        });
        // A newer one had taken its place before anything happened.
        let is_same = |a: &Statement, b: &Statement| (a.speaker.id, &a.system) == (b.speaker.id, &b.system);
        let newer: Vec<Statement> = all.iter().filter(|s| s.made_at <= since).cloned().collect();
        all.retain(|s| !newer.iter().any(|n| is_same(n, s) && (n.made_at, n.id) > (s.made_at, s.id)));
        Ok(all)
    }
}

/// When the first, half and the last had answered; the first answer of each
/// organisation counts, but not what somebody else said for it.
fn answers(responses: &[Response], reached: usize) -> Timings {
    let mut seen = BTreeSet::new();
    let first: Vec<DateTime<Utc>> = responses
        .iter()
        .filter(|r| r.by.is_none())
        .filter(|r| seen.insert(r.organisation.clone()))
        .map(|r| r.made_at)
        .collect();
    let half = reached.div_ceil(2);
    let others: BTreeSet<&OrgCode> =
        responses.iter().map(|r| &r.organisation).filter(|code| !seen.contains(*code)).collect();
    Timings {
        answered: first.len(),
        answered_for: others.len(),
        first_answer: first.first().copied(),
        half_answered: half.checked_sub(1).and_then(|n| first.get(n)).copied(),
        // Whoever gave it, and a later one of the same place too.
        last_answer: responses.iter().map(|r| r.made_at).max(),
        ..Timings::default()
    }
}
