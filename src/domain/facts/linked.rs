//! What a problem at surgeries means for the pharmacies that make up their
//! prescriptions: they are slower, by themselves, until the surgeries are back.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::claims::{Claim, Nearness, Speaker, claim};
use super::{Ending, Facts, LineFact, Situation};
use crate::domain::cascade::{self, Touch};
use crate::domain::incident::Incident;
use crate::domain::line::{Line, Lines, Setting};
use crate::domain::org::{Directory, Org, OrgCode, OrgKind, OrgStatus};
use crate::domain::system::Catalogue;

/// What becomes slower.
const SLOWER: [Line; 2] = [Line::Dispensing, Line::Collection];

/// An incident at surgeries that slows a pharmacy down.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkedFact {
    pub incident: Arc<Incident>,
    pub declared_by_name: String,
    /// From when on. It may lie ahead: where the surgeries have said that
    /// prescriptions are as usual there, for a time.
    pub since: DateTime<Utc>,
}

impl LinkedFact {
    /// In whose name the pharmacy is slower, and until when.
    pub(super) fn speaker(&self) -> Speaker<'_> {
        let until = self.incident.expires_at().unwrap_or(self.incident.created_at);
        Speaker {
            nearness: Nearness::Linked,
            steps: None,
            about: Some(self.incident.id),
            says_all: false,
            ..Speaker::own(&self.incident.declared_by, self.since, until)
        }
    }
}

/// What slows a pharmacy down, or did.
#[derive(Clone, Default)]
pub(super) struct Slowing {
    /// The incidents, each with the moment from when on.
    incidents: Vec<(Arc<Incident>, DateTime<Utc>)>,
    /// When somebody last said what may have begun or ended it.
    pub(super) spoke: Option<DateTime<Utc>>,
}

/// What slowing down is worked out from.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub(super) situation: &'a Situation,
    pub(super) directory: &'a Directory,
    pub(super) catalogue: &'a Catalogue,
    /// Which incidents count at all.
    pub(super) counts: fn(&Incident) -> bool,
}

impl<'a> Ground<'a> {
    /// The incidents that can slow a pharmacy down, with their lines: also those that others
    /// say are over, where a surgery's own word may stand.
    fn incidents(self) -> impl Iterator<Item = (&'a Arc<Incident>, Lines)> {
        let answers = self.situation.responses.values();
        let wrong = answers.filter(|r| is_wrong(r.lines.get(Line::Prescriptions)));
        let answered: HashSet<Uuid> = wrong.map(|r| r.incident).collect();
        let all = self.situation.incidents.iter().filter(move |i| (self.counts)(i));
        all.map(|i| (i, i.lines())).filter(move |(i, lines)| {
            answered.contains(&i.id) || i.is_open() && is_wrong(lines.get(Line::Prescriptions))
        })
    }

    /// From when on prescriptions of a surgery are not as usual because of an
    /// incident with these lines; `None` while they are.
    fn wrong_since(self, incident: &Incident, lines: &Lines, surgery: &OrgCode) -> Option<DateTime<Utc>> {
        let org = self.directory.get(surgery)?;
        let touch = cascade::touches(&incident.target, org, self.directory, self.catalogue)?;
        let response = cascade::answer(incident, surgery, &self.situation.responses, self.directory);
        // An answer that does not clear says "affected".
        if response.is_some_and(|r| r.answer.clears()) || (touch != Touch::Reached && response.is_none()) {
            return None;
        }
        // What others say is over goes on where the surgery said that it is affected.
        let is_over = !Ending::of(incident, org, response, self.directory).goes_on();
        if is_over {
            return None;
        }
        let since = |s: &Setting| s.since.unwrap_or(incident.created_at);
        let answered = response.and_then(|r| r.lines.get(Line::Prescriptions));
        if let Some(setting) = answered {
            return is_wrong(Some(setting)).then(|| since(setting));
        }
        let said = lines.get(Line::Prescriptions).filter(|s| is_wrong(Some(s)) && incident.is_open());
        let said = said.map(since)?;
        let words = self.situation.words_of(surgery).iter();
        let last = words.filter_map(|l| Some((l, l.lines.get(Line::Prescriptions)?))).next();
        let as_usual = last.filter(|(_, s)| s.state.severity == 0).map(|(l, _)| l);
        Some(as_usual.map_or(said, |local| local.expires_at.max(said)))
    }

    /// What slows one pharmacy down.
    pub(super) fn of(self, org: &Org) -> Slowing {
        let surgeries = self.directory.surgeries_of(&org.code);
        if surgeries.is_empty() {
            return Slowing::default();
        }
        let about: Vec<_> = self.about_prescriptions().collect();
        let spoke = surgeries.iter().filter_map(|surgery| self.spoke(&about, surgery)).max();
        let one = |(incident, lines): (&Arc<Incident>, Lines)| {
            let all = surgeries.iter().filter_map(|surgery| self.wrong_since(incident, &lines, surgery));
            Some((Arc::clone(incident), all.min()?))
        };
        Slowing { incidents: self.incidents().filter_map(one).collect(), spoke }
    }

    /// The incidents that ever said something of prescriptions, also by what a surgery answered.
    fn about_prescriptions(self) -> impl Iterator<Item = &'a Arc<Incident>> {
        let answers = self.situation.responses.values();
        let answers = answers.filter(|r| r.lines.get(Line::Prescriptions).is_some());
        let answered: HashSet<Uuid> = answers.map(|r| r.incident).collect();
        let says = |i: &Incident| i.updates.iter().any(|u| u.lines.get(Line::Prescriptions).is_some());
        let all = self.situation.incidents.iter().filter(move |i| (self.counts)(i));
        all.filter(move |i| answered.contains(&i.id) || says(i))
    }

    /// When somebody last said something of a surgery that may be about its prescriptions.
    fn spoke(self, about: &[&'a Arc<Incident>], surgery: &OrgCode) -> Option<DateTime<Utc>> {
        let org = self.directory.get(surgery)?;
        let touched =
            |i: &Incident| cascade::touches(&i.target, org, self.directory, self.catalogue).is_some();
        let of_incidents = about.iter().filter(|i| touched(i)).flat_map(|i| {
            let answer = cascade::answer(i, surgery, &self.situation.responses, self.directory);
            [Some(i.changed_at()), answer.map(|answer| answer.made_at)]
        });
        let words = self.situation.words_of(surgery).iter().map(|word| Some(word.set_at));
        of_incidents.chain(words).flatten().max()
    }

    /// The same for all pharmacies: each incident asks each surgery once.
    pub(super) fn of_all(self) -> HashMap<OrgCode, Slowing> {
        let mut out: HashMap<OrgCode, Slowing> = HashMap::new();
        for (incident, lines) in self.incidents() {
            let mut reached: HashMap<&OrgCode, DateTime<Utc>> = HashMap::new();
            for (surgery, pharmacies) in self.directory.dispensed() {
                let Some(since) = self.wrong_since(incident, &lines, surgery) else { continue };
                for pharmacy in pharmacies {
                    reached.entry(pharmacy).and_modify(|first| *first = since.min(*first)).or_insert(since);
                }
            }
            for (pharmacy, since) in reached {
                out.entry(pharmacy.clone()).or_default().incidents.push((Arc::clone(incident), since));
            }
        }
        let about: Vec<_> = self.about_prescriptions().collect();
        for (surgery, pharmacies) in self.directory.dispensed() {
            let Some(spoke) = self.spoke(&about, surgery) else { continue };
            for pharmacy in pharmacies {
                let slowing = out.entry(pharmacy.clone()).or_default();
                slowing.spoke = slowing.spoke.max(Some(spoke));
            }
        }
        out
    }
}

fn is_wrong(setting: Option<&Setting>) -> bool {
    setting.is_some_and(|s| s.state.severity > 0)
}

/// Whether an incident reaches a surgery whose prescriptions this place makes
/// up, so that it has something to answer.
pub fn is_linked(incident: &Incident, org: &Org, directory: &Directory, catalogue: &Catalogue) -> bool {
    let reached = |surgery: &OrgCode| {
        let surgery = directory.get(surgery);
        surgery.is_some_and(|s| cascade::touches(&incident.target, s, directory, catalogue).is_some())
    };
    org.kind == OrgKind::Pharmacy && directory.surgeries_of(&org.code).iter().any(reached)
}

/// What slows a pharmacy down, as its page tells it; and what that, and its own
/// answer, says about the lines. When any of it was said goes into `changed`.
pub(super) fn facts(
    claims: &mut Vec<Claim>,
    changed: &mut Vec<DateTime<Utc>>,
    slowing: Slowing,
    org: &Org,
    situation: &Situation,
    name: &dyn Fn(&OrgCode) -> String,
) -> Vec<LinkedFact> {
    let mut out = Vec::new();
    if org.kind != OrgKind::Pharmacy || org.status != OrgStatus::Active {
        return out;
    }
    for (incident, since) in slowing.incidents {
        let until = incident.expires_at().unwrap_or(incident.created_at);
        let response = situation.responses.get(&(incident.id, org.code.clone()));
        changed.extend(response.map(|r| r.made_at));
        changed.push(incident.changed_at());
        let response = response.filter(|r| !incident.is_outdated(r));
        if let Some(r) = response {
            claim(claims, &r.lines, &Speaker::of(r, until), org, name);
        }
        if response.is_some_and(|r| r.answer.clears()) {
            continue;
        }
        let slowed = LinkedFact { declared_by_name: name(&incident.declared_by), incident, since };
        claim(claims, &slower(), &slowed.speaker(), org, name);
        out.push(slowed);
    }
    out
}

/// The lines of a pharmacy that is slower.
pub(super) fn slower() -> Lines {
    let delayed = |line: Line| Some((line, Setting::new(line.state("delayed")?)));
    Lines(SLOWER.into_iter().filter_map(delayed).collect())
}

impl Facts {
    /// What slows the place down at `now`, where nobody has said otherwise of all
    /// that becomes slower. `lines` are those that stand.
    pub(super) fn slowing<'a>(
        &'a self,
        lines: &BTreeMap<Line, LineFact>,
        now: DateTime<Utc>,
    ) -> impl Iterator<Item = &'a LinkedFact> {
        let is_open = SLOWER.iter().any(|line| lines.get(line).is_none_or(|f| f.is_linked));
        self.linked.iter().filter(move |l| is_open && l.since <= now)
    }
}
