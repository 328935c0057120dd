//! What a situation report counts, from what is recorded at this moment.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;
use uuid::Uuid;

use super::exercises::as_if_real;
use super::{Desk, Result};
use crate::domain::cascade;
use crate::domain::facts::{self, LineFact, Situation};
use crate::domain::incident::{Incident, Kind, Update};
use crate::domain::line::{Line, Session};
use crate::domain::org::{Directory, OrgCode, OrgKind};
use crate::domain::recovery::{Counter, Doubt, Outlook};
use crate::domain::report::{self, About, Area, Content, Counted, Counts, LineCount, Place, Report, Said};
use crate::domain::system;
use crate::domain::time;
use crate::domain::user::{Action, Actor, Role};
use crate::domain::word::Word;
use crate::store::{Tx, counters, delivery_reports, history, reports};
use crate::words::english;

/// Where one organisation stands, and what its page says of its lines.
struct Standing {
    code: OrgCode,
    word: Word,
    /// Somebody else said that for it.
    is_by_others: bool,
    is_overdue: bool,
    lines: Vec<LineFact>,
    /// What was said of others, until that ran out.
    lapsed: Vec<LineFact>,
}

impl Desk {
    /// The figures of one incident at and below an organisation; `last` is the
    /// report that they are held against, `own` the draft that they are for.
    pub(super) async fn report_content(
        &self,
        tx: &mut Tx,
        incident: &Incident,
        organisation: &OrgCode,
        (last, own): (Option<&Report>, Option<Uuid>),
    ) -> Result<Content> {
        let now = self.now();
        let directory = self.directory(tx).await?;
        let situation = history::one_of_all(tx, incident.id, now).await?;
        let all = self.standings_in(incident, organisation, &situation, &directory);
        let name = |code: &OrgCode| directory.name_of(code);
        let is_below = |code: &OrgCode| directory.is_at_or_below(code, organisation);
        let sent = delivery_reports::sent_about(tx, &[incident.id], is_below).await?;
        let reader =
            Actor { organisation: organisation.clone(), role: Role::Viewer, ..Actor::command_line() };
        let mut counted = counters::of_incident(tx, incident.id).await?;
        counted.retain(|c| reader.may(Action::See, &c.organisation, &directory).is_ok());
        let rhythms = reports::rhythms(tx, Some(incident.id)).await?;
        let rhythm = rhythms.into_iter().find(|r| r.organisation == *organisation && incident.is_open());
        let mut content = Content {
            as_at: now,
            incident: self.about(incident, name(&incident.declared_by)),
            organisation: Place { code: organisation.clone(), name: name(organisation) },
            counts: counts(all.iter()),
            areas: areas(organisation, &all, &directory),
            lines: line_counts(all.iter().flat_map(|s| &s.lines).filter(|l| !l.is_for_later(now))),
            later: line_counts(all.iter().flat_map(|s| &s.lines).filter(|l| l.is_for_later(now))),
            not_known: line_counts(all.iter().flat_map(|s| &s.lapsed)),
            messages: sent.to_public,
            messages_to_staff: Some(sent.to_staff),
            said: incident.standing().next_back().map(|u| said(incident, u)),
            updates: incident.updates.len(),
            counters: counted.iter().filter_map(|c| self.counted(c)).collect(),
            next_due: rhythm.and_then(|r| r.rhythm.next(now)),
            changes: Vec::new(),
        };
        let drafts = reports::ids_of_incident(tx, incident.id).await?;
        let is_first = !drafts.iter().any(|(id, of)| of == organisation && Some(*id) != own);
        content.changes = match last {
            Some(last) => report::changes(&last.content, &content),
            None if is_first => vec!["This is the first report.".into()],
            None => vec!["No earlier report was signed off, so there is none to compare with.".into()],
        };
        Ok(content)
    }

    fn about(&self, incident: &Incident, declared_by: String) -> About {
        let dependents = incident.target.system().and_then(|key| self.catalogue.dependents(key));
        let systems = dependents.into_iter().flatten().filter_map(|key| self.catalogue.get(key));
        let mut systems: Vec<String> = systems.map(|s| s.name.clone()).collect();
        systems.sort();
        // The system itself comes first.
        if let Some(own) = incident.target.system().and_then(|key| self.catalogue.get(key)) {
            systems.retain(|name| *name != own.name);
            systems.insert(0, own.name.clone());
        }
        About {
            id: incident.id,
            title: incident.title.english.clone(),
            kind: incident.kind,
            level: incident.level,
            stage: incident.stage(),
            is_withdrawn: incident.was_mistaken(),
            created_at: incident.created_at,
            declared_by,
            systems,
        }
    }

    /// Everybody at or below the organisation that the incident reaches or may
    /// reach. An exercise stands on no page: it is taken as if it did, and nothing else.
    fn standings_in(
        &self,
        incident: &Incident,
        organisation: &OrgCode,
        situation: &Situation,
        directory: &Directory,
    ) -> Vec<Standing> {
        let now = self.now();
        let practised = as_if_real(incident, situation);
        let situation = if incident.kind == Kind::Live { situation } else { &practised };
        let mut out = Vec::new();
        for code in directory.below(organisation) {
            let Some(org) = directory.get(&code) else { continue };
            let word = Word::on(incident, org, &situation.responses, directory, &self.catalogue);
            let Some(word) = word else { continue };
            let answer = cascade::answer(incident, &code, &situation.responses, directory);
            let facts = facts::facts(org, situation, directory, &self.catalogue);
            let view = facts.at(now);
            out.push(Standing {
                word,
                is_by_others: answer.is_some_and(|answer| answer.by.is_some()),
                is_overdue: view.late.contains(&incident.id),
                lapsed: view.lapsed(&facts).into_iter().cloned().collect(),
                lines: view.lines,
                code,
            });
        }
        out
    }

    fn counted(&self, counter: &Counter) -> Option<Counted> {
        let now = counter.now()?;
        Some(Counted {
            id: counter.id,
            name: counter.name.clone(),
            unit: counter.unit.clone(),
            done: now.done,
            total: now.total,
            at: now.at,
            outlook: self.outlook_of(counter),
        })
    }

    /// When it may end and how that was found, in words.
    pub fn outlook_of(&self, counter: &Counter) -> String {
        let now = self.now();
        let near = |at| time::near(at, now, english());
        match counter.outlook(now) {
            Outlook::Done(since) => format!("All done since {}.", near(since)),
            Outlook::CannotSay(doubt) => doubt.text().to_owned(),
            Outlook::Between { earliest, latest, basis } => {
                let how = format!(
                    "This follows from the fastest and the slowest pace between the last {} readings, \
                     {} and {} {} an hour.",
                    basis.readings,
                    hourly(basis.fastest),
                    hourly(basis.slowest),
                    counter.unit
                );
                let aged = time::lasted(now - basis.to, english());
                match (earliest, latest) {
                    (Some(earliest), Some(latest)) => {
                        // "9:54pm" alone would seem to be of the day of the other.
                        let is_today = |at| time::london(at).date_naive() == time::london(now).date_naive();
                        let today = if is_today(earliest) && !is_today(latest) { " today" } else { "" };
                        format!("It may end between {}{today} and {}. {how}", near(earliest), near(latest))
                    }
                    (Some(earliest), None) => format!(
                        "It ends at {} at the earliest. We cannot say how late: it stood still for a while, \
                         or would take more than a year. {how}",
                        near(earliest)
                    ),
                    // The fastest pace would have ended it already.
                    (None, Some(latest)) => format!(
                        "It may end by {}. We cannot say how early: the last count is {aged} old. \
                         Enter a new one. {how}",
                        near(latest)
                    ),
                    (None, None) => Doubt::Stale.text().to_owned(),
                }
            }
        }
    }
}

/// An update in its own words, else in those of the catalogue.
fn said(incident: &Incident, update: &Update) -> Said {
    let usual = || incident.target.system().and_then(|key| system::message(key, english()));
    let own = update.message.as_ref().map(|m| m.english.clone());
    Said {
        at: update.published_at,
        text: own.or_else(|| usual().map(str::to_owned)).unwrap_or_default(),
        next_update_by: update.next_update_by,
    }
}

/// Thousandths an hour, as people say it: "120", "2.5".
fn hourly(thousandths: i64) -> String {
    match thousandths {
        whole if whole % 1000 == 0 || whole >= 100_000 => (whole / 1000).to_string(),
        part => format!("{}.{}", part / 1000, part % 1000 / 100),
    }
}

fn counts<'a>(all: impl Iterator<Item = &'a Standing>) -> Counts {
    let mut counts = Counts::default();
    for one in all {
        counts.add(one.word, one.is_by_others, one.is_overdue);
    }
    counts
}

fn line_counts<'a>(all: impl Iterator<Item = &'a LineFact>) -> Vec<LineCount> {
    type When = Option<(NaiveDate, Session)>;
    let mut found: BTreeMap<(Line, When, &str), usize> = BTreeMap::new();
    for fact in all.filter(|f| f.setting.state.severity > 0) {
        let when = fact.setting.session.map(|(session, day)| (day, session));
        *found.entry((fact.line, when, fact.setting.state.key)).or_default() += 1;
    }
    let counted = found.into_iter().map(|((line, when, state), organisations)| {
        let (day, session) = when.unzip();
        LineCount { line, state: state.to_owned(), organisations, session, day }
    });
    counted.collect()
}

/// Regions, boards, trusts and pharmacy groups below, in the order of the tree,
/// where it reaches any.
fn areas(scope: &OrgCode, all: &[Standing], directory: &Directory) -> Vec<Area> {
    let (mut out, mut seen) = (Vec::new(), HashSet::from([scope.clone()]));
    let mut open: Vec<(OrgCode, Vec<OrgCode>)> = children(scope, directory, &[]);
    while let Some((code, above)) = open.pop() {
        let Some(org) = directory.get(&code).filter(|_| seen.insert(code.clone())).map(Arc::clone) else {
            continue;
        };
        // A company has places under other boards as well: those stand there.
        let is_here =
            |place: &OrgCode| above.iter().chain([&code]).all(|area| directory.is_at_or_below(place, area));
        let counts = counts(all.iter().filter(|s| is_here(&s.code)));
        let is_area = match org.kind {
            OrgKind::Region | OrgKind::Icb | OrgKind::HealthBoard | OrgKind::SubIcb => counts.reached > 0,
            // One place alone is no area.
            OrgKind::Trust | OrgKind::PharmacyHq => counts.reached > 1,
            _ => false,
        };
        if !is_area {
            continue;
        }
        let depth = u8::try_from(above.len() - 1).unwrap_or(u8::MAX);
        open.extend(children(&code, directory, &above));
        let place = Place { code, name: org.name.clone() };
        out.push(Area { place, kind: org.kind, depth, counts });
    }
    out
}

/// What stands directly below, with the areas above each; the last one first, to be taken
/// from the end.
fn children(code: &OrgCode, directory: &Directory, above: &[OrgCode]) -> Vec<(OrgCode, Vec<OrgCode>)> {
    let above = || [above, std::slice::from_ref(code)].concat();
    directory.children_of(code).into_iter().rev().map(|c| (c, above())).collect()
}
