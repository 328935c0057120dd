//! The decision log: entering, reading, printing.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use uuid::Uuid;

use super::{Desk, DeskError, Result};
use crate::domain::decision::{Decision, DecisionDraft};
use crate::domain::incident::Kind;
use crate::domain::org::{Directory, OrgCode};
use crate::domain::time::london;
use crate::domain::user::{Action, Actor};
use crate::store::audit::{self, Head};
use crate::store::decisions::{self, Chained};
use crate::store::{Tx, incidents};

/// Entries on one page of the list.
const PAGE: usize = 50;
/// Entries that are read at once.
const CHUNK: i64 = 200;
/// The most entries of one printed log.
const MAX_PRINTED: usize = 5000;

/// Which entries somebody asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Which {
    /// One organisation's; their own and all below it by default.
    pub organisation: Option<OrgCode>,
    pub incident: Option<Uuid>,
    /// Made on this day, in London.
    pub day: Option<NaiveDate>,
}

/// An entry as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub chained: Chained,
    pub organisation_name: String,
    /// Title and kind of the incident that it is about.
    pub incident: Option<(String, Kind)>,
    /// The number of the entry that it puts right.
    pub corrects: Option<i64>,
    /// The entries that put it right, by id and number.
    pub corrected_by: Vec<(Uuid, i64)>,
}

/// Entries and the end of the chain when they were read.
#[derive(Debug, Clone)]
pub struct Log {
    pub entries: Vec<Entry>,
    /// What to ask for the entries before these with.
    pub next: Option<i64>,
    pub head: Option<Head>,
}

impl Desk {
    /// Checks an entry as `decide` does, and enters nothing.
    pub async fn check_decision(&self, who: &Actor, draft: &DecisionDraft) -> Result<Decision> {
        let mut tx = self.db.read().await?;
        self.ready_to_decide(&mut tx, who, draft).await
    }

    /// Enters a decision in the log of their organisation, for ever.
    pub async fn decide(&self, who: &Actor, draft: &DecisionDraft) -> Result<Decision> {
        let mut tx = self.db.write().await?;
        let decision = self.ready_to_decide(&mut tx, who, draft).await?;
        // The entry stands in the log of whom it was decided for.
        let speaker = Actor { organisation: decision.organisation.clone(), ..who.clone() };
        let decision = decisions::append(&mut tx, &speaker, decision).await?;
        tx.commit().await?;
        Ok(decision)
    }

    async fn ready_to_decide(&self, tx: &mut Tx, who: &Actor, draft: &DecisionDraft) -> Result<Decision> {
        let now = self.now();
        let directory = self.directory(tx).await?;
        let mut errors = draft.check(now);
        let corrected = match draft.corrects {
            Some(id) => decisions::find(tx, id).await?,
            None => None,
        };
        let speaks = |code: &OrgCode| who.acting(Action::Publish, &[code], &directory).organisation == *code;
        let corrected = corrected.filter(|c| speaks(&c.decision.organisation));
        if draft.corrects.is_some() && corrected.is_none() {
            let detail = "Your log has no such entry. Correct one of your own.";
            errors.push(crate::domain::FieldError::new("/corrects", detail));
        }
        // A correction belongs where the entry does that it puts right.
        let incident = corrected.as_ref().map_or(draft.incident, |c| c.decision.incident);
        let mut speaker = who.clone();
        if let Some(id) = incident {
            let found = incidents::find(tx, id, false).await?;
            match found.filter(|i| self.concerns(who, i, &directory)) {
                Some(found) => speaker = who.acting(Action::Publish, &[&found.declared_by], &directory),
                None => {
                    errors.push(crate::domain::FieldError::new("/incident", "This incident was not found."));
                }
            }
        }
        if let Some(corrected) = corrected {
            speaker = who.acting(Action::Publish, &[&corrected.decision.organisation], &directory);
        }
        speaker.may(Action::Publish, &speaker.organisation, &directory)?;
        if !errors.is_empty() {
            return Err(DeskError::Invalid(errors));
        }
        let by = draft.decided_by.as_deref().unwrap_or(&who.name);
        Ok(Decision {
            id: self.new_id(),
            number: 0,
            organisation: speaker.organisation,
            incident,
            made_at: draft.made_at.unwrap_or(now),
            entered_at: now,
            decided_by: by.trim().to_owned(),
            entered_by: who.name.clone(),
            decision: draft.decision.trim().to_owned(),
            reason: draft.reason.trim().to_owned(),
            refused: draft.refused.iter().map(|r| r.trim().to_owned()).collect(),
            corrects: draft.corrects,
        })
    }

    /// A page of the log, the newest entry first.
    pub async fn decisions(&self, who: &Actor, which: &Which, before: Option<i64>) -> Result<Log> {
        self.read_log(who, which, before, PAGE).await
    }

    /// The whole log, in the order in which it was entered.
    pub async fn printed_log(&self, who: &Actor, which: &Which) -> Result<Log> {
        let mut log = self.read_log(who, which, None, MAX_PRINTED).await?;
        log.entries.reverse();
        Ok(log)
    }

    /// One entry.
    pub async fn decision(&self, who: &Actor, id: Uuid) -> Result<Entry> {
        let none = || DeskError::NotFound("This entry");
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let found = decisions::find(&mut tx, id).await?.ok_or_else(none)?;
        who.may(Action::See, &found.decision.organisation, &directory).map_err(|_| none())?;
        let mut entries = entries(&mut tx, vec![found], &directory).await?;
        entries.pop().ok_or_else(none)
    }

    async fn read_log(
        &self,
        who: &Actor,
        which: &Which,
        mut before: Option<i64>,
        most: usize,
    ) -> Result<Log> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let scope = which.organisation.as_ref().unwrap_or(&who.organisation);
        who.may(Action::See, scope, &directory)?;
        let theirs = |c: &Chained| {
            let d = &c.decision;
            who.may(Action::See, &d.organisation, &directory).is_ok()
                && which.day.is_none_or(|day| london(d.made_at).date_naive() == day)
        };
        let (mut found, mut next) = (Vec::new(), None);
        while found.len() < most {
            let chunk =
                decisions::newest(&mut tx, which.organisation.as_ref(), which.incident, before, CHUNK)
                    .await?;
            let full = i64::try_from(chunk.len()).unwrap_or(0) == CHUNK;
            before = chunk.last().map(|c| c.seq);
            found.extend(chunk.into_iter().filter(theirs));
            next = before.filter(|_| full);
            if !full {
                break;
            }
        }
        if found.len() > most {
            found.truncate(most);
            next = found.last().map(|c| c.seq);
        }
        let head = audit::head(&mut tx).await?;
        Ok(Log { entries: entries(&mut tx, found, &directory).await?, next, head })
    }
}

/// What is read beside each entry.
async fn entries(tx: &mut Tx, found: Vec<Chained>, directory: &Directory) -> Result<Vec<Entry>> {
    let organisations: BTreeSet<OrgCode> = found.iter().map(|c| c.decision.organisation.clone()).collect();
    let mut corrected: HashMap<Uuid, Vec<(Uuid, i64)>> = HashMap::new();
    for code in &organisations {
        for (of, id, number) in decisions::corrections(tx, code).await? {
            corrected.entry(of).or_default().push((id, number));
        }
    }
    let mut titles = BTreeMap::new();
    let mut numbers = HashMap::new();
    for c in &found {
        if let Some(id) = c.decision.incident.filter(|id| !titles.contains_key(id)) {
            let incident = incidents::find(tx, id, false).await?;
            titles.insert(id, incident.map(|i| (i.title.english, i.kind)));
        }
        if let Some(id) = c.decision.corrects {
            numbers.insert(id, decisions::find(tx, id).await?.map(|c| c.decision.number));
        }
    }
    let entry = |chained: Chained| {
        let d = &chained.decision;
        Entry {
            organisation_name: directory.name_of(&d.organisation),
            incident: d.incident.and_then(|id| titles.get(&id).cloned().flatten()),
            corrects: d.corrects.and_then(|id| numbers.get(&id).copied().flatten()),
            corrected_by: corrected.remove(&d.id).unwrap_or_default(),
            chained,
        }
    };
    Ok(found.into_iter().map(entry).collect())
}
