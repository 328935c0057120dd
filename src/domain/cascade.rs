//! Which organisations an incident reaches, and why.
//!
//! Pure: the same incident, directory and catalogue give the same answer, in
//! whatever order things happened. Nothing is written per organisation; the
//! answer is worked out whenever it is needed.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::incident::{Answer, Incident, Response, Target};
use super::org::{Directory, Org, OrgCode, OrgKind, OrgStatus};
use super::statement::Speaker;
use super::system::Catalogue;

/// Why an incident stands on an organisation's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Touch {
    /// It uses the system, was named, or lies in the area.
    Reached,
    /// Nobody has recorded which system it uses; it may be hit.
    Possible,
}

/// Whether and how an incident touches one organisation.
pub fn touches(target: &Target, org: &Org, directory: &Directory, catalogue: &Catalogue) -> Option<Touch> {
    if org.status != OrgStatus::Active {
        return None;
    }
    match target {
        Target::Named { organisations, .. } => organisations.contains(&org.code).then_some(Touch::Reached),
        Target::Area { scope } => directory.is_at_or_below(&org.code, scope).then_some(Touch::Reached),
        Target::System { system, scope } => {
            let known = directory.systems_of(&org.code);
            let stopped = catalogue.dependents(system)?;
            let touch = if known.iter().any(|key| stopped.contains(key)) {
                Touch::Reached
            } else if catalogue.may_use(system, org.kind, known) {
                Touch::Possible
            } else {
                return None;
            };
            directory.is_at_or_below(&org.code, scope).then_some(touch)
        }
    }
}

/// Every organisation that the incident reaches, in order of code, each once.
/// Organisations whose system nobody recorded are not among them.
pub fn reach(target: &Target, directory: &Directory, catalogue: &Catalogue) -> Vec<OrgCode> {
    let mut out: Vec<OrgCode> = candidates(target, directory)
        .into_iter()
        .filter(|code| {
            directory
                .get(code)
                .is_some_and(|org| touches(target, org, directory, catalogue) == Some(Touch::Reached))
        })
        .collect();
    out.sort();
    out.dedup();
    out
}

/// Whether an incident reaches any place below an organisation.
pub fn touches_below(
    incident: &Incident,
    area: &OrgCode,
    directory: &Directory,
    catalogue: &Catalogue,
) -> bool {
    let is_reached = |code: &OrgCode| {
        let org = directory.get(code).filter(|org| org.kind.sees_patients());
        org.is_some_and(|org| touches(&incident.target, org, directory, catalogue) == Some(Touch::Reached))
    };
    match &incident.target {
        Target::Named { organisations, .. } => {
            organisations.iter().any(|code| directory.is_at_or_below(code, area) && is_reached(code))
        }
        Target::System { scope, .. } | Target::Area { scope } => {
            let is_near = directory.is_at_or_below(area, scope) || directory.is_at_or_below(scope, area);
            let narrower = if directory.is_at_or_below(area, scope) { area } else { scope };
            is_near && directory.below(narrower).iter().any(is_reached)
        }
    }
}

/// What a place itself answered about an incident. None where it came back since (see
/// [`Incident::is_outdated`]).
pub fn own_answer<'a>(
    incident: &Incident,
    place: &OrgCode,
    responses: &'a HashMap<(Uuid, OrgCode), Response>,
) -> Option<&'a Response> {
    let own = responses.get(&(incident.id, place.clone()));
    own.filter(|response| !incident.is_outdated(response))
}

/// What counts as the answer of a place about an incident: its own; of a branch or a
/// hospital that said nothing that of its surgery or trust, whose rooms they are.
pub fn answer<'a>(
    incident: &Incident,
    place: &OrgCode,
    responses: &'a HashMap<(Uuid, OrgCode), Response>,
    directory: &Directory,
) -> Option<&'a Response> {
    let of = |code| own_answer(incident, code, responses);
    let above = || directory.above(place).iter().map(|(code, _)| code);
    of(place).or_else(|| above().filter(|code| directory.is_part_of(place, code)).find_map(of))
}

/// Whose subscribers are told: everybody reached, and everybody who said that
/// they are affected, but nobody who said that they are not; then the boards and the like in
/// the area whose pages tell it ([`bodies`]), and the partner bodies that follow it.
pub fn audience(
    incident: &Incident,
    responses: &HashMap<(Uuid, OrgCode), Response>,
    directory: &Directory,
    catalogue: &Catalogue,
) -> Vec<OrgCode> {
    let mut out = reach(&incident.target, directory, catalogue);
    let bodies = bodies(&incident.target, &out, directory);
    out.retain(|code| !answer(incident, code, responses, directory).is_some_and(|r| r.answer.clears()));
    // A pharmacy may answer for what is wrong at surgeries. It has no word of its
    // own on that to send.
    let is_linked = |code: &OrgCode| {
        let org = directory.get(code).filter(|org| org.kind == OrgKind::Pharmacy);
        org.is_some_and(|org| touches(&incident.target, org, directory, catalogue).is_none())
    };
    out.extend(
        responses
            .values()
            .filter(|r| r.incident == incident.id && r.answer == Answer::Affected)
            .filter(|r| !is_linked(&r.organisation))
            .map(|r| r.organisation.clone()),
    );
    out.sort();
    out.dedup();
    let follow = |partner: &Speaker| follows(partner, &incident.target, &out, directory, catalogue);
    let partners: Vec<_> = directory.partners().filter(|(_, p)| follow(p)).map(|(c, _)| c.clone()).collect();
    out.extend(bodies);
    out.extend(partners);
    out
}

/// Of the area for which a failed system was declared, whoever sees no patients and has a place
/// below it that is reached, as its page tells it: the scope itself, its boards, networks and
/// companies. What is declared for all of an area reaches them anyway, and what is wrong at places
/// that are named is the places' to tell.
fn bodies(target: &Target, reached: &[OrgCode], directory: &Directory) -> Vec<OrgCode> {
    let Target::System { scope, .. } = target else { return Vec::new() };
    let above = reached.iter().flat_map(|code| directory.above(code).iter().map(|(above, _)| above));
    // A command centre is above nobody, and speaks for its members.
    let above: HashSet<&OrgCode> = above.chain(reached.first().map(|_| scope)).collect();
    let is_body = |code: &&OrgCode| {
        let org = directory.get(code).filter(|org| org.status == OrgStatus::Active);
        org.is_some_and(|org| !org.kind.sees_patients()) && directory.is_at_or_below(code, scope)
    };
    let mut out: Vec<OrgCode> = above.into_iter().filter(is_body).cloned().collect();
    out.sort();
    out
}

/// The places whose own word has ended an incident there, and that word. Whoever was told
/// of it in their name hears that it is over, and nobody else.
pub fn cleared(
    incident: &Incident,
    responses: &HashMap<(Uuid, OrgCode), Response>,
    directory: &Directory,
    catalogue: &Catalogue,
) -> HashMap<OrgCode, Answer> {
    // What nobody had recorded was told once a place had said "affected".
    let spoke = responses.values().filter(|r| r.incident == incident.id).map(|r| r.organisation.clone());
    let places = reach(&incident.target, directory, catalogue).into_iter().chain(spoke);
    let word = |code: OrgCode| {
        let answer = answer(incident, &code, responses, directory).filter(|r| r.answer.clears())?.answer;
        Some((code, answer))
    };
    places.filter_map(word).collect()
}

/// Whether a partner body is told of what reaches these organisations: one of
/// them is a place where its word is shown, and a system that it follows stops,
/// if it follows some and not all.
fn follows(
    partner: &Speaker,
    target: &Target,
    reached: &[OrgCode],
    directory: &Directory,
    catalogue: &Catalogue,
) -> bool {
    let stopped = target.system().and_then(|cause| catalogue.dependents(cause));
    let is_wanted = partner.follows.is_empty()
        || stopped.is_some_and(|stopped| partner.follows.iter().any(|key| stopped.contains(key)));
    let is_shown = |code: &OrgCode| {
        let covered = directory.get(code).zip(partner.area.as_ref());
        covered.is_some_and(|(org, area)| area.covers(org, directory))
    };
    is_wanted && reached.iter().any(is_shown)
}

/// Whether a target stands for a place, whatever system it uses.
pub fn covers(target: &Target, place: &OrgCode, directory: &Directory) -> bool {
    match target {
        Target::Named { organisations, .. } => organisations.contains(place),
        Target::System { scope, .. } | Target::Area { scope } => directory.is_at_or_below(place, scope),
    }
}

/// The organisations worth asking about.
fn candidates(target: &Target, directory: &Directory) -> Vec<OrgCode> {
    match target {
        Target::Named { organisations, .. } => organisations.clone(),
        Target::System { scope, .. } | Target::Area { scope } => directory.below(scope),
    }
}

/// Whether somebody would tell of a problem that another incident tells of already: the same
/// system, for the same area or a part of it, and as real.
pub fn is_same_problem(told: &Incident, again: &Incident, directory: &Directory) -> bool {
    let Target::System { system, scope } = &again.target else { return false };
    let covers = |wider: &OrgCode| directory.is_at_or_below(scope, wider);
    let is_same =
        matches!(&told.target, Target::System { system: of, scope } if of == system && covers(scope));
    is_same && told.kind == again.kind && told.id != again.id
}

/// Whether `incident` is shown to patients at all: exercises and tests never
/// are (hazard H9).
pub fn is_public(incident: &Incident) -> bool {
    incident.kind == super::incident::Kind::Live
}
