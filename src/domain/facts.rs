//! What is true for one organisation, put together from everything that was
//! said by anybody who may say it.
//!
//! Local beats wider, line by line. The exceptions are 999 and 111, which are
//! held nationally (111 also by a region).

mod answers;
mod claims;
mod delays;
mod ending;
mod heard;
mod linked;
mod phones;
mod planned;
mod slowed;
mod spells;
mod turns;
mod view;
mod words_of;
mod works;

use std::cell::LazyCell;
use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::cascade::{self, Touch};
use super::incident::{Answer, Confirmation, Incident, LocalFacts, Proxy, Response, Stage, Target};
use super::line::{Line, Setting};
use super::org::{BESIDE, Directory, Org, OrgCode};
use super::planned::Outlook;
use super::statement::Statement;
use super::system::Catalogue;
use super::written::Written;
use crate::words::Words;

pub use answers::{answer_for, said_for};
pub use claims::Origin;
use claims::ranked;
pub use delays::Delay;
pub use ending::{CONFIRMED_WITHIN, Ending, is_responsible};
use heard::incident_fact;
pub use heard::incident_for_teller;
use linked::{Ground, Slowing};
pub use linked::{LinkedFact, is_linked};
pub use planned::PlannedFact;
pub use view::{Freshness, STALE, View};
pub use words_of::{OtherNumber, SaidAbove, Signed};

/// Everything that is being said at one moment.
#[derive(Debug, Default, Clone)]
pub struct Situation {
    /// Open incidents and those closed lately, newest first.
    pub incidents: Vec<Arc<Incident>>,
    /// The newest answer of each place.
    pub responses: HashMap<(Uuid, OrgCode), Response>,
    /// What they had answered before that, oldest first.
    pub answered_before: HashMap<(Uuid, OrgCode), Vec<Response>>,
    /// What is said of each organisation, the newest first; one word of each speaker.
    pub local: HashMap<OrgCode, Vec<LocalFacts>>,
    /// Plans that are not long over, in the order of their first windows.
    pub planned: Vec<Arc<Outlook>>,
    /// The local facts of the last 90 days, oldest first; each ends where the
    /// next begins.
    pub local_past: HashMap<OrgCode, Vec<Arc<LocalFacts>>>,
    /// When the first incident of all was declared.
    pub since: Option<DateTime<Utc>>,
    /// From when on there are records at all: the first entry of the log.
    pub kept_since: Option<DateTime<Utc>>,
    /// What suppliers and partner bodies say, the newest first.
    pub statements: Vec<Arc<Statement>>,
}

impl Situation {
    /// Adds an answer, the newest so far of its place.
    pub fn answer(&mut self, response: Response) {
        let key = (response.incident, response.organisation.clone());
        let before = self.answered_before.get(&key).into_iter().flatten();
        let response = response.after(before.chain(self.responses.get(&key)));
        if let Some(before) = self.responses.insert(key.clone(), response) {
            self.answered_before.entry(key).or_default().push(before);
        }
    }
}

/// One line on a page, and who says it.
#[derive(Debug, Clone, PartialEq)]
pub struct LineFact {
    pub line: Line,
    pub setting: Setting,
    pub said_by: OrgCode,
    pub said_by_name: String,
    /// When it was said; of planned work, from when on it holds, which may lie ahead.
    pub since: DateTime<Utc>,
    /// When it was said last; `since` is when it was so first.
    pub said_at: DateTime<Utc>,
    /// From when on it counts: what was said before comes back once a newer word has run out.
    pub counts_from: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    /// When it was planned, where it holds while planned work lasts: its end is no reason for
    /// doubt.
    pub planned_at: Option<DateTime<Utc>>,
    /// It was said of the organisation apart from any incident.
    pub is_apart: bool,
    /// The incident that it speaks of.
    pub about: Option<Uuid>,
    /// Good news that nobody chose. A kiosk that fails must not turn "come unless we
    /// contact you" into "come".
    pub is_weak: bool,
    /// Who said it in the name of `said_by`; `None` where that did itself.
    pub by: Option<Proxy>,
    /// Nobody said it of this place: it follows from a problem at surgeries whose
    /// prescriptions it makes up.
    pub is_linked: bool,
}

impl LineFact {
    /// The speaker's own words, marked where they are in another language, or the
    /// sentence of the state.
    pub fn text(&self, w: &'static Words) -> String {
        match &self.setting.words {
            Some(words) => words.marked(w),
            None => self.setting.state.text(w).to_owned(),
        }
    }
}

/// One incident on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct IncidentFact {
    pub incident: Arc<Incident>,
    pub touch: Touch,
    /// The same by what is recorded alone, whatever the place answered.
    pub recorded: Touch,
    pub confirmation: Confirmation,
    pub response: Option<Response>,
    /// What the place answered before that, oldest first.
    pub answered_before: Vec<Response>,
    /// Whether it is over here, and by whose word.
    pub ending: Ending,
    /// Those who spoke of it and know how the place is (see [`is_responsible`]).
    pub knowing: Vec<OrgCode>,
    /// When one of them said that people come as usual, whatever it was about.
    pub as_usual: Vec<DateTime<Utc>>,
    pub declared_by_name: String,
    /// Others who spoke of it, by name.
    pub others: Vec<(OrgCode, String)>,
    /// From where it is declared, as that word counts here.
    pub origin: Origin,
    /// What it is on, as patients know it.
    pub system_name: Option<String>,
}

/// The facts of one organisation. They change only when somebody says
/// something; what the clock does to them is worked out by [`Facts::at`].
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    pub org: Arc<Org>,
    pub candidates: Vec<LineFact>,
    pub incidents: Vec<IncidentFact>,
    pub planned: Vec<PlannedFact>,
    /// Incidents at surgeries that slow this pharmacy down.
    pub linked: Vec<LinkedFact>,
    /// The same of the past; only for its history ([`Facts::with_delays`]).
    pub delays: Vec<Delay>,
    /// What the organisation says in its own words.
    pub local_message: Option<Written>,
    pub local_until: Option<DateTime<Utc>>,
    /// What those above say beside the lines that they set for this place and others.
    pub said_above: Vec<SaidAbove>,
    /// The numbers to phone instead of the usual one, of a branch its surgery's too: the
    /// first that stands counts.
    pub other_numbers: Vec<OtherNumber>,
    pub changed_at: Option<DateTime<Utc>>,
    /// When somebody last said something of it. What the clock does to planned work
    /// is nobody's word.
    pub heard_at: Option<DateTime<Utc>>,
    /// Local facts of itself and of everybody above, of the last 90 days.
    pub local_past: Vec<Arc<LocalFacts>>,
    /// Those whose local facts these are: how many steps up they stand, and their names.
    pub speakers: Vec<(OrgCode, u8, String)>,
    /// What others say, as their own word. It changes no line.
    pub statements: Vec<Arc<Statement>>,
    /// From when on there are records: of days before, nobody knows anything.
    pub kept_since: Option<DateTime<Utc>>,
    /// In Wales signs are in both languages (Welsh Language Standards).
    pub is_welsh: bool,
}

impl AsRef<Facts> for Facts {
    fn as_ref(&self) -> &Facts {
        self
    }
}

/// Works out the facts of one organisation.
pub fn facts(org: &Arc<Org>, situation: &Situation, directory: &Directory, catalogue: &Catalogue) -> Facts {
    let ground = Ground { situation, directory, catalogue, counts: cascade::is_public };
    facts_from(org, ground, ground.of(org))
}

/// Works out the facts of one organisation after the other. What a problem at
/// surgeries does to pharmacies is worked out once for all of them.
pub struct Everywhere<'a> {
    ground: Ground<'a>,
    slowing: HashMap<OrgCode, Slowing>,
}

impl<'a> Everywhere<'a> {
    pub fn new(situation: &'a Situation, directory: &'a Directory, catalogue: &'a Catalogue) -> Self {
        let ground = Ground { situation, directory, catalogue, counts: cascade::is_public };
        Self { ground, slowing: ground.of_all() }
    }

    /// The same as [`facts`] gives.
    pub fn facts(&self, org: &Arc<Org>) -> Facts {
        let slowing = self.slowing.get(&org.code).cloned().unwrap_or_default();
        facts_from(org, self.ground, slowing)
    }
}

/// What would be true for one organisation if its exercises and tests were
/// real, and nothing else were said.
pub fn of_exercises(
    org: &Arc<Org>,
    situation: &Situation,
    directory: &Directory,
    catalogue: &Catalogue,
) -> Facts {
    let said = Situation {
        incidents: situation.incidents.clone(),
        responses: situation.responses.clone(),
        answered_before: situation.answered_before.clone(),
        ..Situation::default()
    };
    let counts = |incident: &Incident| !cascade::is_public(incident);
    let ground = Ground { situation: &said, directory, catalogue, counts };
    facts_from(org, ground, ground.of(org))
}

fn facts_from(org: &Arc<Org>, ground: Ground<'_>, slowing: Slowing) -> Facts {
    let Ground { situation, directory, catalogue, counts } = ground;
    let above = &directory.heard_at(&org.code);
    let name = |code: &OrgCode| directory.name_of(code);
    let (mut claims, mut said_above) = (Vec::new(), Vec::new());
    let mut incidents = Vec::new();
    let mut changed: Vec<DateTime<Utc>> = Vec::new();
    let as_usual = LazyCell::new(|| ending::said_as_usual(org, situation, directory));

    for incident in situation.incidents.iter().filter(|i| counts(i)) {
        let told = || cascade::audience(incident, &situation.responses, directory, catalogue);
        let touch = match directory.partner(&org.code) {
            // It is told of what it follows, and is no place of any area.
            Some(_) => told().contains(&org.code).then_some(Touch::Reached),
            None => cascade::touches(&incident.target, org, directory, catalogue),
        };
        // A region or a board tells on its own page what it has declared for others, and what was
        // declared for places below it: it must not say "normal" meanwhile. What a place says of
        // itself is on the page of the place: when that is late, nothing else becomes old.
        let of_itself = || {
            let is_place = directory.get(&incident.declared_by).is_some_and(|by| by.kind.sees_patients());
            is_place && matches!(incident.target, Target::Named { .. })
        };
        let tells = !org.kind.sees_patients()
            && (incident.declared_by == org.code
                || cascade::touches_below(incident, &org.code, directory, catalogue) && !of_itself());
        let Some(recorded) = touch.or(tells.then_some(Touch::Reached)) else { continue };
        let response = cascade::answer(incident, &org.code, &situation.responses, directory);
        // Who says "affected" settles what nobody had recorded.
        let says_so = response.is_some_and(|r| r.answer == Answer::Affected);
        let touch = if says_so { Touch::Reached } else { recorded };
        changed.push(incident.changed_at());
        changed.extend(response.map(|r| r.made_at));
        let mut fact = incident_fact(incident, touch, response, org, directory, catalogue);
        fact.recorded = recorded;
        fact.answered_before = answers::before(incident, org, response, situation, directory);
        fact.knowing = fact.who_knows(org, directory);
        if incident.updates.iter().any(|u| u.stage == Stage::Resolved || u.withdrawn_at.is_some()) {
            let since = as_usual.iter().copied().filter(|at| *at >= incident.created_at);
            fact.as_usual = since.collect();
            fact.ending = fact.ending.or_own(incident, || &fact.as_usual);
        }
        claims::of_incident(&mut claims, &fact, response, org, &name);
        incidents.push(fact);
    }
    claims::of_words(&mut claims, situation, org, above, &name);
    let heard = above.iter().flat_map(|(code, distance)| situation.past_of(code, *distance));
    let local_past: Vec<Arc<LocalFacts>> = heard.collect();
    let said = above
        .iter()
        .flat_map(|(code, distance)| situation.words_of(code).iter().map(move |word| (code, distance, word)));
    for (code, distance, local) in said {
        if *distance == BESIDE {
            changed.extend(local_past.iter().any(|past| past.organisation == *code).then_some(local.set_at));
            continue;
        }
        changed.push(local.set_at);
        let concerns = local.by.is_some() || *distance > 0 && local.lines.0.keys().any(|line| org.has(*line));
        said_above.extend(local.message.as_ref().filter(|_| concerns).map(|message| SaidAbove {
            code: code.clone(),
            name: local.by.as_ref().map_or_else(|| name(code), |by| by.name.clone()),
            message: message.clone(),
            lines: local.lines.0.keys().copied().filter(|line| org.has(*line)).collect(),
            until: local.expires_at,
            is_of_place: *distance == 0,
        }));
    }
    let spoke = slowing.spoke;
    let linked = linked::facts(&mut claims, &mut changed, slowing, org, situation, &name);
    let heard_at = changed.iter().max().copied();
    changed.extend(spoke);
    let planned = planned::facts(org, situation, directory, catalogue);
    for fact in &planned {
        planned::claim(&mut claims, fact, &fact.outlook.windows, org);
        changed.extend(fact.outlook.planned.steps.last().map(|s| s.at));
    }
    let told = |s: &&Arc<Statement>| s.is_told_at(org, &incidents, directory, catalogue);
    let statements: Vec<_> = situation.statements.iter().filter(told).cloned().collect();
    changed.extend(statements.iter().map(|s| s.changed_at()));
    let local = situation.own_word(&org.code);
    let own = above.iter().filter(|(code, _)| directory.is_part_of(&org.code, code));
    let other_numbers = own.flat_map(|(code, _)| situation.other_numbers(code)).collect();
    let candidates = ranked(claims);
    phones::without_phoning(&mut incidents, &candidates, &org.code);
    Facts {
        statements,
        kept_since: situation.kept_since,
        is_welsh: directory.is_welsh(&org.code),
        org: Arc::clone(org),
        candidates,
        incidents,
        planned,
        linked,
        delays: Vec::new(),
        local_message: local.and_then(|l| l.message.clone()),
        local_until: local.map(|l| l.expires_at),
        said_above,
        other_numbers,
        changed_at: changed.into_iter().max(),
        heard_at,
        speakers: above
            .iter()
            .filter(|(code, _)| situation.local_past.contains_key(code))
            .map(|(code, steps)| (code.clone(), *steps, name(code)))
            .collect(),
        local_past,
    }
}
