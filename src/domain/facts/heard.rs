//! An incident as it is heard of at one place: who spoke of it, and whether anybody has
//! confirmed it who would know.

use std::sync::Arc;

use super::answers;
use super::claims::Origin;
use super::{Ending, IncidentFact};
use crate::domain::cascade::Touch;
use crate::domain::incident::{Confirmation, Incident, Response};
use crate::domain::org::{Directory, Org, OrgCode};
use crate::domain::system::Catalogue;

pub(super) fn incident_fact(
    incident: &Arc<Incident>,
    touch: Touch,
    response: Option<&Response>,
    org: &Arc<Org>,
    directory: &Directory,
    catalogue: &Catalogue,
) -> IncidentFact {
    let confirmation = match response {
        Some(r) if !r.answer.says_affected() => Confirmation::NotAffected,
        // Whoever may answer for a place answers the question; who did is told beside it.
        Some(_) => Confirmation::Confirmed,
        None => unanswered(incident, directory.is_part_of(&org.code, &incident.declared_by)),
    };
    let system = incident.target.system().and_then(|key| catalogue.get(key));
    IncidentFact {
        incident: Arc::clone(incident),
        touch,
        recorded: touch,
        confirmation,
        response: response.map(|r| answers::answer_for(r, org, directory)),
        answered_before: Vec::new(),
        ending: Ending::of(incident, org, response, directory),
        knowing: Vec::new(),
        as_usual: Vec::new(),
        declared_by_name: directory.name_of(&incident.declared_by),
        others: others(incident, directory),
        origin: Origin::of(&incident.declared_by, org, directory, system.map(AsRef::as_ref)),
        system_name: system.map(|s| match &s.public_name {
            Some(public) => format!("{} ({public})", s.name),
            None => s.name.clone(),
        }),
    }
}

/// Who spoke of it and did not declare it.
fn others(incident: &Incident, directory: &Directory) -> Vec<(OrgCode, String)> {
    let spoke = incident.updates.iter().map(|update| &update.said_by);
    let mut all: Vec<_> = spoke.filter(|code| **code != incident.declared_by).cloned().collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter().map(|code| (code.clone(), directory.name_of(&code))).collect()
}

/// Whether it counts as confirmed at a place that has not answered. No place can tell how
/// 999 and 111 are, so none has to confirm what is about them alone.
pub(super) fn unanswered(incident: &Incident, is_of_place: bool) -> Confirmation {
    match is_of_place || incident.is_national_alone() {
        true => Confirmation::Confirmed,
        false => Confirmation::NotConfirmed,
    }
}

/// The incident as it is told to the audience of an organisation that it does
/// not reach: of a region posting on its own account, or of one that was
/// reached by mistake and is being corrected.
pub fn incident_for_teller(
    incident: &Incident,
    org: &Arc<Org>,
    directory: &Directory,
    catalogue: &Catalogue,
) -> IncidentFact {
    incident_fact(&Arc::new(incident.clone()), Touch::Reached, None, org, directory, catalogue)
}
