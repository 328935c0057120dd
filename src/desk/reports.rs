//! Situation reports: drafted by a person or by the clock, written, signed off.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

use super::{Desk, DeskError, Result};
use crate::domain::incident::Incident;
use crate::domain::org::{Directory, OrgCode};
use crate::domain::report::{Commentary, Report, Signed};
use crate::domain::rhythm::Rhythm;
use crate::domain::user::{Action, Actor};
use crate::store::audit::{self, Entry, hex};
use crate::store::reports::{self, Standing};
use crate::store::{Tx, incidents};

/// Reports on one page of the list.
const PAGE: usize = 50;

/// The reports about one incident.
#[derive(Debug, Clone)]
pub struct Reports {
    pub incident: Incident,
    /// Some of them, the newest first; their own and those of organisations below.
    pub reports: Vec<Report>,
    /// What to ask for those before these with.
    pub older: Option<Uuid>,
    /// The rhythm of their own organisation.
    pub rhythm: Option<Rhythm>,
    pub next: Option<DateTime<Utc>>,
}

impl Desk {
    /// The reports about an incident that they may read, from the one before
    /// `before` on.
    pub async fn reports(&self, who: &Actor, incident: Uuid, before: Option<Uuid>) -> Result<Reports> {
        let incident = self.incident(who, incident).await?;
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let mut ids = reports::ids_of_incident(&mut tx, incident.id).await?;
        ids.retain(|(_, of)| who.may(Action::See, of, &directory).is_ok());
        let from = before.and_then(|b| ids.iter().position(|(id, _)| *id == b)).map_or(0, |at| at + 1);
        let mut found = Vec::new();
        for (id, _) in ids.iter().skip(from).take(PAGE) {
            found.extend(reports::find(&mut tx, *id).await?);
        }
        let older = found.last().map(|r| r.id).filter(|_| ids.len() > from + PAGE);
        let speaker = who.acting(Action::Publish, &[&incident.declared_by], &directory);
        let standing = standing(&mut tx, incident.id, &speaker.organisation).await?;
        let next = standing.as_ref().filter(|_| incident.is_open()).and_then(|s| s.rhythm.next(self.now()));
        Ok(Reports { incident, reports: found, older, rhythm: standing.map(|s| s.rhythm), next })
    }

    /// One report.
    pub async fn report(&self, who: &Actor, id: Uuid) -> Result<Report> {
        let mut tx = self.db.read().await?;
        self.report_seen_by(&mut tx, who, id).await
    }

    async fn report_seen_by(&self, tx: &mut Tx, who: &Actor, id: Uuid) -> Result<Report> {
        let none = || DeskError::NotFound("This report");
        let directory = self.directory(tx).await?;
        let report = reports::find(tx, id).await?.ok_or_else(none)?;
        who.may(Action::See, &report.organisation, &directory).map_err(|_| none())?;
        Ok(report)
    }

    /// Drafts that wait to be signed off by their organisation, each with the
    /// title of its incident.
    pub async fn waiting_reports(&self, who: &Actor) -> Result<Vec<Report>> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let mut all = reports::waiting(&mut tx, &who.organisation).await?;
        for (centre, _) in directory.acts_for(who.id) {
            all.extend(reports::waiting(&mut tx, centre).await?);
        }
        Ok(all)
    }

    /// Sets when the reports of their organisation about an incident are due;
    /// `None` for no more.
    pub async fn set_rhythm(&self, who: &Actor, incident: Uuid, rhythm: Option<&Rhythm>) -> Result<()> {
        let now = self.now();
        let mut tx = self.db.write().await?;
        let (found, who) = &self.reportable(&mut tx, who, incident).await?;
        let of = (found.id, &who.organisation);
        reports::set_rhythm(&mut tx, self.new_id(), of, rhythm, (now, &who.name)).await?;
        let detail = json!({"rhythm": rhythm.map(Rhythm::text)});
        audit::record(&mut tx, who, now, Entry::new("set_rhythm", incident, detail)).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Drafts a report with the figures of this moment.
    pub async fn draft_report(&self, who: &Actor, incident: Uuid) -> Result<Report> {
        let mut tx = self.db.write().await?;
        let (found, who) = &self.reportable(&mut tx, who, incident).await?;
        let report = self.drafted(&mut tx, found, &who.organisation, None).await?;
        reports::insert(&mut tx, &report).await?;
        let detail = json!({"report": report.id});
        audit::record(&mut tx, who, self.now(), Entry::new("draft_report", incident, detail)).await?;
        tx.commit().await?;
        Ok(report)
    }

    /// An incident that they may report about, and as whom: for their own
    /// organisation, or for the centre whose incident it is.
    async fn reportable(&self, tx: &mut Tx, who: &Actor, incident: Uuid) -> Result<(Incident, Actor)> {
        let directory = self.directory(tx).await?;
        let found = incidents::find(tx, incident, false).await?;
        let found = found.filter(|i| self.concerns(who, i, &directory));
        let found = found.ok_or(DeskError::NotFound("This incident"))?;
        let speaker = who.acting(Action::Publish, &[&found.declared_by], &directory);
        speaker.may(Action::Publish, &speaker.organisation, &directory)?;
        Ok((found, speaker))
    }

    /// The soonest situation report that is due at or below a scope, about what.
    pub(super) async fn next_report(
        &self,
        tx: &mut Tx,
        scope: &OrgCode,
        open: &[(Arc<Incident>, usize)],
        directory: &Directory,
    ) -> Result<Option<(DateTime<Utc>, String)>> {
        let rhythms = reports::rhythms(tx, None).await?;
        let theirs = rhythms.iter().filter(|s| directory.is_at_or_below(&s.organisation, scope));
        let due = theirs.filter_map(|s| {
            let (incident, _) = open.iter().find(|(i, _)| i.id == s.incident)?;
            let about = format!("{}{}", incident.kind.mark(), incident.title.english);
            Some((s.rhythm.next(self.now())?, about))
        });
        Ok(due.min())
    }

    async fn drafted(
        &self,
        tx: &mut Tx,
        incident: &Incident,
        organisation: &OrgCode,
        due_at: Option<DateTime<Utc>>,
    ) -> Result<Report> {
        let last = reports::last_signed(tx, incident.id, organisation).await?;
        let content = self.report_content(tx, incident, organisation, (last.as_ref(), None)).await?;
        let said = self.supplier_words(tx, incident, last.as_ref().map(|r| r.content.as_at)).await?;
        // What the supplier said holds until they say more, risks and partners
        // until somebody says otherwise; the summary is new each time.
        let kept = last.map(|r| Commentary { summary: String::new(), ..r.commentary });
        let mut commentary = kept.unwrap_or_default();
        if !said.is_empty() {
            commentary.supplier = said.join("\n");
        }
        Ok(Report {
            id: self.new_id(),
            incident: incident.id,
            organisation: organisation.clone(),
            due_at,
            content,
            commentary,
            signed: None,
        })
    }

    /// Drafts what is due. However many workers look at the same hour, each
    /// report is made once; after a night without workers, only the last hour's
    /// is. Gives how many this one made.
    pub async fn keep_reports(&self) -> Result<usize> {
        let now = self.now();
        let mut tx = self.db.read().await?;
        let mut due: Vec<(Standing, DateTime<Utc>)> = Vec::new();
        for s in reports::rhythms(&mut tx, None).await? {
            if let Some(at) = s.rhythm.last(now).filter(|at| *at > s.set_at) {
                let is_made = reports::is_made(&mut tx, &s, at).await?;
                due.extend((!is_made).then_some((s, at)));
            }
        }
        drop(tx);
        let mut made = 0;
        for (s, at) in due {
            let mut tx = self.db.write().await?;
            let Some(incident) = incidents::find(&mut tx, s.incident, false).await? else { continue };
            let report = self.drafted(&mut tx, &incident, &s.organisation, Some(at)).await?;
            made += usize::from(reports::insert(&mut tx, &report).await?);
            tx.commit().await?;
        }
        Ok(made)
    }

    /// Takes the figures of a draft again, as they are now.
    pub async fn refresh_report(&self, who: &Actor, id: Uuid) -> Result<Report> {
        let mut tx = self.db.write().await?;
        let mut report = self.draft_of_theirs(&mut tx, who, id).await?;
        let incident = incidents::find(&mut tx, report.incident, false).await?;
        let incident = incident.ok_or(DeskError::NotFound("This incident"))?;
        let last = reports::last_signed(&mut tx, report.incident, &report.organisation).await?;
        let against = (last.as_ref(), Some(report.id));
        report.content = self.report_content(&mut tx, &incident, &report.organisation, against).await?;
        self.rewrite(tx, &report).await?;
        Ok(report)
    }

    /// Writes the commentary of a draft.
    pub async fn write_report(&self, who: &Actor, id: Uuid, commentary: &Commentary) -> Result<Report> {
        let mut tx = self.db.write().await?;
        let mut report = self.draft_of_theirs(&mut tx, who, id).await?;
        let errors = commentary.check(false);
        if !errors.is_empty() {
            return Err(DeskError::Invalid(errors));
        }
        report.commentary = commentary.trimmed();
        self.rewrite(tx, &report).await?;
        Ok(report)
    }

    async fn rewrite(&self, mut tx: Tx, report: &Report) -> Result<()> {
        if !reports::rewrite(&mut tx, report).await? {
            return Err(signed_already());
        }
        tx.commit().await?;
        Ok(())
    }

    /// Signs a report off, with the commentary as it is sent now: from here on
    /// nothing of it changes. `as_at` says which figures were read; others may
    /// have been taken meanwhile.
    pub async fn sign_report(
        &self,
        who: &Actor,
        id: Uuid,
        as_at: DateTime<Utc>,
        commentary: &Commentary,
    ) -> Result<Report> {
        let now = self.now();
        let mut tx = self.db.write().await?;
        let mut report = self.draft_of_theirs(&mut tx, who, id).await?;
        let errors = commentary.check(true);
        if !errors.is_empty() {
            return Err(DeskError::Invalid(errors));
        }
        if report.content.as_at.timestamp_millis() != as_at.timestamp_millis() {
            let text = "The figures were taken again while you were reading. Read them and sign once more.";
            return Err(DeskError::Conflict(text.into()));
        }
        report.commentary = commentary.trimmed();
        if !reports::rewrite(&mut tx, &report).await? {
            return Err(signed_already());
        }
        // The incident's row is locked, so that two reports get two numbers.
        incidents::find(&mut tx, report.incident, true).await?;
        let last = reports::last_signed(&mut tx, report.incident, &report.organisation).await?;
        let number = last.and_then(|r| r.signed).map_or(0, |s| s.number) + 1;
        let signed = Signed { number, at: now, by: who.name.clone(), hash: reports::hash(&report) };
        if !reports::sign(&mut tx, id, &signed).await? {
            return Err(signed_already());
        }
        let detail = json!({"incident": report.incident, "number": number, "hash": hex(&signed.hash)});
        audit::record(&mut tx, who, now, Entry::new("sign_report", id, detail)).await?;
        tx.commit().await?;
        report.signed = Some(signed);
        Ok(report)
    }

    /// A draft of their own organisation that they may write.
    async fn draft_of_theirs(&self, tx: &mut Tx, who: &Actor, id: Uuid) -> Result<Report> {
        let report = self.report_seen_by(tx, who, id).await?;
        let directory = self.directory(tx).await?;
        who.may(Action::Publish, &report.organisation, &directory)?;
        let speaker = who.acting(Action::Publish, &[&report.organisation], &directory);
        if report.organisation != speaker.organisation {
            return Err(DeskError::Denied);
        }
        if report.signed.is_some() {
            return Err(signed_already());
        }
        Ok(report)
    }
}

fn signed_already() -> DeskError {
    DeskError::Conflict("This report is signed off. Nothing of it changes any more.".into())
}

async fn standing(tx: &mut Tx, incident: Uuid, organisation: &OrgCode) -> Result<Option<Standing>> {
    let all = reports::rhythms(tx, Some(incident)).await?;
    Ok(all.into_iter().find(|s| s.organisation == *organisation))
}
