//! What a person at the desk sees first.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::local::{self, LinesReach, Wider};
use super::said_anew::{LATELY, Readers};
use super::{Desk, DeskError, Result};
use crate::domain::cascade;
use crate::domain::delivery::DeliveryState;
use crate::domain::facts::{self, Ending, Facts, IncidentFact, Situation};
use crate::domain::incident::{Answer, Incident, Kind, LocalFacts, Response, Update};
use crate::domain::org::{Directory, Org, OrgCode};
use crate::domain::standing;
use crate::domain::system::System;
use crate::domain::user::{Action, Actor};
use crate::store::broadcasts::{self, Broadcast};
use crate::store::{delivery_reports, incidents};

/// How many systems are offered without opening the rest.
const FIRST: usize = 6;
/// How many updates and answers are listed.
pub const RECENT: usize = 10;

/// Everything on the first screen.
#[derive(Debug)]
pub struct Home {
    pub facts: Facts,
    pub systems: Systems,
    /// Open incidents of others that reach this organisation, or slow it down.
    pub touching: Vec<Touching>,
    /// Open incidents of its own, and how many organisations each reaches.
    pub own: Vec<(Arc<Incident>, usize)>,
    /// Open incidents that others declared and that reach places below this
    /// organisation, with who declared each and how many of its places it reaches.
    pub below: Vec<(Arc<Incident>, String, usize)>,
    /// Who hears at once where an answer changes whether to come.
    pub readers: Readers,
    /// What it said lately, newest first.
    pub updates: Vec<(Arc<Incident>, Update)>,
    /// Its own words that its readers were told lately, newest first: when, and of what.
    pub words: Vec<(Uuid, DateTime<Utc>, String)>,
    /// Incidents of those updates that are said to be over, while places have not confirmed it.
    pub unconfirmed: HashSet<Uuid>,
    /// How many messages of each of both stand where.
    pub deliveries: HashMap<Uuid, Vec<(DeliveryState, i64)>>,
    /// Its local facts, while they stand.
    pub local: Option<LocalFacts>,
    /// Whose pages show the lines that it sets.
    pub lines_reach: LinesReach,
    /// What those above say of its lines for all their places.
    pub wider: Vec<Wider>,
}

/// An open incident of somebody else about which this organisation is asked.
#[derive(Debug)]
pub struct Touching {
    pub incident: Arc<Incident>,
    pub declared_by_name: String,
    pub response: Option<Response>,
    /// What it said of its lines and in its own words, and whether that stands.
    pub stood: Option<(Response, bool)>,
    /// It reaches surgeries whose prescriptions this pharmacy makes up, and not
    /// the pharmacy itself.
    pub is_linked: bool,
}

/// The systems to choose from.
#[derive(Debug, Default)]
pub struct Systems {
    /// The likely ones: what the organisation uses, or what most below it use.
    pub first: Vec<Arc<System>>,
    /// The others, by group of the catalogue.
    pub others: Vec<(String, Vec<Arc<System>>)>,
}

impl Desk {
    /// The first screen of somebody.
    pub async fn home(&self, who: &Actor) -> Result<Home> {
        let now = self.now();
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let org = directory.get(&who.organisation).ok_or(DeskError::NotFound("Your organisation"))?;
        who.may(Action::See, &org.code, &directory)?;
        let situation = incidents::situation(&mut tx, now).await?;
        let facts = facts::facts(org, &situation, &directory, &self.catalogue);
        let declared = |i: &&Arc<Incident>| i.declared_by == org.code;
        let own = situation.incidents.iter().filter(declared).filter(|i| i.is_open());
        let reached = |i: &Arc<Incident>| cascade::reach(&i.target, &directory, &self.catalogue).len();
        let mut own: Vec<_> = own.map(|i| (Arc::clone(i), reached(i))).collect();
        // What is real comes first.
        own.sort_by_key(|(incident, _)| incident.kind != Kind::Live);
        let mut updates: Vec<(Arc<Incident>, Update)> = situation
            .incidents
            .iter()
            .filter(declared)
            .flat_map(|i| i.updates.iter().map(|u| (Arc::clone(i), u.clone())))
            .collect();
        updates.sort_by_key(|(_, u)| std::cmp::Reverse((u.published_at, u.seq)));
        updates.truncate(RECENT);
        let said_over = updates.iter().map(|(i, _)| i);
        let said_over = said_over.filter(|i| self.is_unconfirmed(i, &situation, &directory));
        let unconfirmed = said_over.map(|i| i.id).collect();
        let words = broadcasts::words_of_place(&mut tx, &org.code, now - LATELY, RECENT).await?;
        let word = |b: Broadcast| {
            let incident = situation.incidents.iter().find(|i| Some(i.id) == b.incident).map(|i| &i.title);
            let planned = || situation.planned.iter().find(|p| Some(p.planned.id) == b.planned);
            let title = incident.or_else(|| planned().map(|p| &p.planned.title))?;
            Some((b.id, b.created_at, title.english.clone()))
        };
        let words: Vec<_> = words.into_iter().filter_map(word).collect();
        let ids: Vec<Uuid> = updates.iter().map(|(_, u)| u.id).chain(words.iter().map(|w| w.0)).collect();
        let mut counts: HashMap<Uuid, Vec<(DeliveryState, i64)>> = HashMap::new();
        for (id, state, number) in delivery_reports::counts_of_updates(&mut tx, &ids).await? {
            counts.entry(id).or_default().push((state, number));
        }
        Ok(Home {
            readers: self.readers_of(&mut tx, &org.code, &directory).await?,
            systems: self.systems_for(org, &directory),
            touching: self.touching(&facts, &situation, &directory, now),
            below: self.below_of(org, &situation, &directory, now),
            own,
            updates,
            unconfirmed,
            words,
            deliveries: counts,
            wider: local::wider(&facts, &situation, &directory, now),
            lines_reach: self.lines_reach(org, &directory),
            local: situation.own_word(&org.code).filter(|l| l.expires_at > now).cloned(),
            facts,
        })
    }

    /// What others have declared and reaches places below an organisation; what is over as
    /// they say, while places of its own have not confirmed that.
    fn below_of(
        &self,
        org: &Org,
        situation: &Situation,
        directory: &Directory,
        now: DateTime<Utc>,
    ) -> Vec<(Arc<Incident>, String, usize)> {
        if org.kind.sees_patients() {
            return Vec::new();
        }
        let is_others =
            |i: &&Arc<Incident>| i.kind == Kind::Live && !directory.is_at_or_below(&i.declared_by, &org.code);
        let is_recent = |i: &&Arc<Incident>| i.is_open() || now < i.ended_at() + facts::CONFIRMED_WITHIN;
        let reached = |i: &Arc<Incident>| {
            let sites = self.sites(i, directory).into_iter();
            let sites = sites.filter(|code| directory.is_at_or_below(code, &org.code));
            let n = sites.filter(|code| is_waited_for(i, code, situation, directory)).count();
            (n > 0).then(|| (Arc::clone(i), directory.name_of(&i.declared_by), n))
        };
        situation.incidents.iter().filter(is_others).filter(is_recent).filter_map(reached).collect()
    }

    /// Whether an incident is only said to be over: places that it reached have not confirmed it.
    pub(super) fn is_unconfirmed(
        &self,
        incident: &Incident,
        situation: &Situation,
        directory: &Directory,
    ) -> bool {
        let is_recent = self.now() < incident.ended_at() + facts::CONFIRMED_WITHIN;
        let is_over = !incident.is_open() && !incident.was_mistaken();
        let is_waited_for = |code: &OrgCode| is_waited_for(incident, code, situation, directory);
        is_over && is_recent && self.sites(incident, directory).iter().any(is_waited_for)
    }

    /// What others have reported, and an organisation is asked about.
    fn touching(
        &self,
        facts: &Facts,
        situation: &Situation,
        directory: &Directory,
        now: DateTime<Utc>,
    ) -> Vec<Touching> {
        let org = &facts.org;
        let others_say = |i: &Incident| i.is_open() && i.declared_by != org.code && !i.is_national_alone();
        // What others say is over is asked about until this place says so too.
        let unconfirmed: HashSet<Uuid> = facts.unconfirmed(now).map(|f| f.incident.id).collect();
        // What somebody else says for this place it may say otherwise.
        let is_said_back = |f: &IncidentFact| {
            let by_others = f.response.as_ref().filter(|r| r.by.is_some() && r.answer == Answer::Recovered);
            by_others.is_some_and(|r| now < r.made_at + facts::CONFIRMED_WITHIN)
        };
        let is_awaited = |f: &IncidentFact| {
            let is_others = f.incident.declared_by != org.code;
            is_others
                && (f.ending == Ending::Awaited || unconfirmed.contains(&f.incident.id) || is_said_back(f))
        };
        // A board is told of what reaches its places; they are asked, and not it.
        let is_here = |i: &Incident| cascade::touches(&i.target, org, directory, &self.catalogue).is_some();
        let is_asked = |f: &&IncidentFact| is_here(&f.incident) && (others_say(&f.incident) || is_awaited(f));
        let stood = |i: &Incident| standing::stood(i, &org.code, situation, directory);
        let reached = |fact: &IncidentFact| Touching {
            incident: Arc::clone(&fact.incident),
            declared_by_name: fact.declared_by_name.clone(),
            response: fact.response.clone(),
            stood: stood(&fact.incident),
            is_linked: false,
        };
        let mut out: Vec<Touching> = facts.incidents.iter().filter(is_asked).map(reached).collect();
        for incident in situation.incidents.iter().filter(|i| i.kind == Kind::Live && others_say(i)) {
            let response = situation.responses.get(&(incident.id, org.code.clone()));
            // Once it has said that it is not slower, it may still change its mind.
            let is_asked = response.is_some() || facts.linked.iter().any(|l| l.incident.id == incident.id);
            let is_new = !out.iter().any(|t| t.incident.id == incident.id);
            if is_new && is_asked && facts::is_linked(incident, org, directory, &self.catalogue) {
                out.push(Touching {
                    incident: Arc::clone(incident),
                    declared_by_name: directory.name_of(&incident.declared_by),
                    response: response.cloned(),
                    stood: stood(incident),
                    is_linked: true,
                });
            }
        }
        out
    }

    /// The systems that somebody may choose from.
    pub async fn systems(&self, who: &Actor) -> Result<Systems> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let org = directory.get(&who.organisation).ok_or(DeskError::NotFound("Your organisation"))?;
        Ok(self.systems_for(org, &directory))
    }

    /// What it uses comes first; for an area, what most below it use.
    fn systems_for(&self, org: &Org, directory: &Directory) -> Systems {
        let mut uses: HashMap<&str, usize> = HashMap::new();
        let users =
            if org.kind.sees_patients() { vec![org.code.clone()] } else { directory.below(&org.code) };
        for key in users.iter().flat_map(|code| directory.systems_of(code)) {
            *uses.entry(key.as_str()).or_default() += 1;
        }
        let count = |s: &Arc<System>| uses.get(s.key.as_str()).copied().unwrap_or(0);
        let fits =
            |s: &Arc<System>| !org.kind.sees_patients() || s.used_by.contains(&org.kind) || count(s) > 0;
        let all: Vec<Arc<System>> = self.catalogue.iter().filter(|s| fits(s)).cloned().collect();
        let mut first: Vec<Arc<System>> = all.iter().filter(|s| count(s) > 0).cloned().collect();
        if first.is_empty() {
            first = all.clone();
        }
        if first.len() > FIRST {
            // A stable sort: what as many use stays in the catalogue's order.
            first.sort_by_key(|s| std::cmp::Reverse(count(s)));
            first.truncate(FIRST);
        }
        let chosen = |s: &Arc<System>| first.iter().any(|f| f.key == s.key);
        let others = self.catalogue.groups().iter().map(|group| {
            let of_group = all.iter().filter(|s| s.group == group.key && !chosen(s));
            (group.name.clone(), of_group.cloned().collect::<Vec<_>>())
        });
        let others = others.filter(|(_, systems)| !systems.is_empty()).collect();
        Systems { first, others }
    }
}

/// Whether a place has not confirmed that an incident is over, as far as anybody asks.
fn is_waited_for(incident: &Incident, code: &OrgCode, situation: &Situation, directory: &Directory) -> bool {
    let Some(place) = directory.get(code) else { return false };
    let answer = cascade::answer(incident, code, &situation.responses, directory);
    let ending = Ending::at(incident, place, situation, directory);
    ending.goes_on() || ending.unconfirmed_until(incident, answer).is_some()
}
