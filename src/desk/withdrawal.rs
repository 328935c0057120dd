//! Taking back what was said: at once, by one person.
//!
//! A wrong message must be called back within a minute, so nobody is waited for.
//! Our own sentence says that it was wrong. Words of somebody's own go out at
//! once as well; where an update with them would need a second person, they are
//! treated as a broken glass: everybody who answers for the place is alarmed, and
//! somebody else has to look at them within the hour. So is whatever takes back
//! words about 999 or 111, for that changes what is said about those.

use serde_json::json;
use uuid::Uuid;

use super::incidents::Posted;
use super::proposals::Content;
use super::{Desk, DeskError, Result};
use crate::domain::approval::{Publication, Reason, Standing};
use crate::domain::delivery::Lane;
use crate::domain::hours::Promise;
use crate::domain::incident::{Draft, Incident, Kind, MAX_MESSAGE, Stage};
use crate::domain::org::Directory;
use crate::domain::user::{Action, Actor};
use crate::domain::written::Written;
use crate::store::audit::{self, Entry};
use crate::store::{self, Tx, broadcasts, incidents, proposals};

/// Why nobody was waited for, as whoever looks at it afterwards reads it.
const AT_ONCE: &str = "It corrects what was taken back, and that must not wait.";

/// Why a correction is not taken back.
pub const CORRECTS: &str = "This is a correction. To take it back would not bring back what it corrected. \
    Post an update that says what is right.";

impl Desk {
    /// Takes an update back. It stops leaving at once, no longer counts, and
    /// everybody whom it may have reached gets the correction: the built-in
    /// sentence, or words of one's own.
    pub async fn withdraw(
        &self,
        who: &Actor,
        update_id: Uuid,
        correction: Option<&Written>,
    ) -> Result<Posted> {
        let now = self.now();
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        let (id, incident) = self.of_theirs(&mut tx, who, update_id, true, &directory).await?;
        let person = who;
        let who = &who.acting(Action::Publish, &[&incident.declared_by], &directory);
        if incident.updates.iter().any(|u| u.id == update_id && u.corrects.is_some()) {
            return Err(DeskError::Conflict(CORRECTS.into()));
        }
        let mut errors = Vec::new();
        if let Some(words) = correction {
            words.check("/correction", MAX_MESSAGE, directory.is_welsh(&who.organisation), &mut errors);
        }
        if !errors.is_empty() {
            return Err(DeskError::Invalid(errors));
        }
        if !incidents::withdraw(&mut tx, update_id, now).await? {
            return Err(DeskError::Conflict("This update has already been withdrawn.".into()));
        }
        let due = self.promise(&mut tx, &who.organisation).await?;
        let incident = self.taken_back(incident, update_id, correction, who, due);
        let Some(update) = incident.updates.last() else { return Err(DeskError::NotFound("This update")) };
        incidents::append(&mut tx, update, &who.name).await?;
        let words = broadcasts::words_with(&mut tx, update_id).await?;
        for broadcast in std::iter::once(update_id).chain(words) {
            broadcasts::stop(&mut tx, broadcast, "the update was withdrawn", now).await?;
        }
        self.publish(&mut tx, &incident, update, Lane::Correction, false).await?;
        self.tell_words_again(&mut tx, who, update_id).await?;
        self.looked_at_by_taking_back(&mut tx, person, update_id).await?;
        self.ask_anew(&mut tx, &incident, now).await?;
        let detail = json!({"withdrawn": update_id, "correction": update.id});
        audit::record(&mut tx, who, now, Entry::new("withdraw", id, detail)).await?;
        let is_looked_at = correction.is_some() || takes_back_national(&incident);
        if is_looked_at {
            self.have_looked_at(&mut tx, who, &incident, &directory).await?;
        }
        store::bump(&mut tx, "situation").await?;
        tx.commit().await?;
        self.signals.ring();
        let (update, publication) = (update.id, Publication::Published);
        if is_looked_at {
            self.keep_as_seen(update).await;
        }
        let mut reach = self.reach_after(&incident, &directory).await;
        // It goes to whoever may have been told, and to nobody else.
        reach.recipients = self.told_by(update_id).await;
        Ok(Posted { incident: id, update, publication, reach })
    }

    /// Why words of one's own about taking this back have to be looked at by
    /// somebody else afterwards; empty where they need not.
    pub async fn reasons_for_correction(&self, who: &Actor, update: Uuid) -> Result<Vec<Reason>> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let (_, incident) = self.of_theirs(&mut tx, who, update, false, &directory).await?;
        let due = self.promise(&mut tx, &who.organisation).await?;
        let incident = self.taken_back(incident, update, None, who, due);
        self.reasons_to_look(&mut tx, &incident, &directory).await
    }

    /// Why somebody has to look at a correction, the last update of its incident.
    async fn reasons_to_look(
        &self,
        tx: &mut Tx,
        incident: &Incident,
        directory: &Directory,
    ) -> Result<Vec<Reason>> {
        let mut reasons = self.reasons(tx, incident, directory).await?;
        if takes_back_national(incident) && !reasons.contains(&Reason::NationalLine) {
            reasons.insert(0, Reason::NationalLine);
        }
        Ok(reasons)
    }

    /// The incident of an update that they may take back.
    async fn of_theirs(
        &self,
        tx: &mut Tx,
        who: &Actor,
        update: Uuid,
        lock: bool,
        directory: &Directory,
    ) -> Result<(Uuid, Incident)> {
        let id = incidents::of_update(tx, update).await?.ok_or(DeskError::NotFound("This update"))?;
        Ok((id, self.theirs(tx, who, id, lock, directory).await?))
    }

    /// An incident without one of its updates, and with the correction as its last.
    fn taken_back(
        &self,
        mut incident: Incident,
        update_id: Uuid,
        correction: Option<&Written>,
        who: &Actor,
        due: Promise,
    ) -> Incident {
        if let Some(update) = incident.updates.iter_mut().find(|u| u.id == update_id) {
            update.withdrawn_at = Some(self.now());
        }
        // Once all that was said is taken back, nothing is claimed any more: corrections
        // of before have only the stage of what they stood beside.
        let nothing_stands = incident.standing().all(|update| update.corrects.is_some());
        let stage = nothing_stands.then_some(Stage::Resolved);
        let draft = Draft { stage, message: correction.map(Written::trimmed), ..Draft::default() };
        let mut update = self.next_update(&incident, &draft, who, due);
        update.corrects = Some(update_id);
        incident.updates.push(update);
        incident
    }

    /// Has a correction looked at, where an update with the same words would have
    /// needed two people. It is kept as a proposal whose glass is broken already.
    async fn have_looked_at(
        &self,
        tx: &mut Tx,
        who: &Actor,
        incident: &Incident,
        directory: &Directory,
    ) -> Result<()> {
        let reasons = self.reasons_to_look(tx, incident, directory).await?;
        let Some(update) = incident.updates.last().filter(|_| !reasons.is_empty()) else { return Ok(()) };
        let content =
            Content::Update(Box::new(Draft { message: update.message.clone(), ..Draft::default() }));
        let (id, org) = (update.id, &update.said_by);
        self.propose(tx, who, content, (id, Some(incident.id)), org, reasons).await?;
        proposals::decide(tx, id, Standing::BrokeGlass, who, Some(AT_ONCE), self.now()).await?;
        self.alarm_of_one(tx, who, id, org, directory).await
    }
}

/// Whether the last update of a real incident takes back words about 999 or 111, or what
/// had ended them.
fn takes_back_national(incident: &Incident) -> bool {
    if incident.kind != Kind::Live {
        return false;
    }
    let corrected = incident.updates.last().and_then(|last| last.corrects);
    let corrected = incident.updates.iter().find(|update| Some(update.id) == corrected);
    let comes_back = || incident.is_open() && incident.lines().0.keys().any(|line| line.is_national());
    corrected.is_some_and(|update| {
        let has_words = update.lines.0.keys().any(|line| line.is_national());
        has_words || (update.stage == Stage::Resolved && comes_back())
    })
}
