//! Telling staff: whom sites have on duty, and who answers for an area.
//!
//! A call is written into the outbox like an update, with an audience of its
//! own: duties and users, and never who follows a place.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::approvals::REVIEW_WITHIN;
use super::{Desk, Result};
use crate::domain::call::{self, Call, LINK_MARK, Reason};
use crate::domain::cascade;
use crate::domain::delivery::Lane;
use crate::domain::facts::Ending;
use crate::domain::incident::{GRACE, Incident, Kind};
use crate::domain::message::Message;
use crate::domain::org::{Directory, OrgCode};
use crate::store::broadcasts::{self, Broadcast, BroadcastKind};
use crate::store::chases::{self, Chase};
use crate::store::{Tx, calls, incidents, notices, proposals};

/// For how long the looking at what one person published alone is asked for.
const CHASED_FOR: Duration = Duration::hours(24);

impl Desk {
    /// Reaches everybody who answers for an organisation: coordinators and
    /// administrators of it and of all above it, by email. Rings no bell; whoever
    /// commits does.
    pub async fn alarm(&self, tx: &mut Tx, about: &OrgCode, subject: &str, text: &str) -> Result<()> {
        let call = Call {
            subject: Some(subject.to_owned()),
            text: Some(text.to_owned()),
            ..self.call(Reason::Alarm, Kind::Live, about)
        };
        self.make_call(tx, &call).await?;
        Ok(())
    }

    /// Somebody published alone what nobody has looked at in time: everybody who
    /// answers for the place is told again, each hour for a day.
    async fn chase_review(&self, id: Uuid) -> Result<bool> {
        let now = self.now();
        let mut tx = self.db.write().await?;
        // Of several processes one tells it.
        if !notices::take(&mut tx, &format!("review {id}"), now, now - REVIEW_WITHIN).await? {
            return Ok(false);
        }
        let Some(proposal) = proposals::find(&mut tx, id, false).await? else { return Ok(false) };
        let directory = self.directory(&mut tx).await?;
        let org = &proposal.organisation;
        let name = directory.name_of(org);
        let text = format!(
            "Nobody has looked at it in time. It is for {name}. Look at it now: {}/desk/approvals/{id}",
            self.base_url
        );
        let subject = "Please look at what one person published alone.";
        self.alarm(&mut tx, org, subject, &text).await?;
        tx.commit().await?;
        Ok(true)
    }

    fn call(&self, reason: Reason, kind: Kind, organisation: &OrgCode) -> Call {
        Call {
            id: self.new_id(),
            reason,
            kind,
            incident: None,
            update: None,
            organisation: organisation.clone(),
            subject: None,
            text: None,
            made_at: self.now(),
        }
    }

    fn call_about(&self, reason: Reason, incident: &Incident, update: Option<Uuid>) -> Call {
        let call = self.call(reason, incident.kind, &incident.declared_by);
        Call { incident: Some(incident.id), update, ..call }
    }

    /// Puts a call into the outbox, once. Its audience follows from what it is.
    async fn make_call(&self, tx: &mut Tx, call: &Call) -> Result<bool> {
        if !calls::insert(tx, call).await? {
            return Ok(false);
        }
        let lane = if call.kind == Kind::Live { Lane::Duty } else { Lane::Exercise };
        let broadcast = Broadcast {
            id: call.id,
            kind: BroadcastKind::Duty,
            // Nothing that is said to patients overtakes it.
            incident: None,
            update: None,
            planned: None,
            step: None,
            corrects: None,
            lane: lane.order(),
            content_hash: Vec::new(),
            epoch: 0,
            created_at: call.made_at,
            cursor: None,
            social_done: true,
            expanded_at: None,
            superseded_at: None,
            place: None,
            lifted: Vec::new(),
        };
        broadcasts::insert(tx, &broadcast).await?;
        Ok(true)
    }

    /// The sites that an incident asks: those that it reaches, and none where it is about 999
    /// and 111 alone.
    pub fn sites(&self, incident: &Incident, directory: &Directory) -> Vec<OrgCode> {
        match incident.is_national_alone() {
            true => Vec::new(),
            false => self.sites_reached(incident, directory),
        }
    }

    /// The sites that it reaches below whoever declared it. A place knows of its own, and a
    /// trust of its hospitals.
    pub fn sites_reached(&self, incident: &Incident, directory: &Directory) -> Vec<OrgCode> {
        let by = &incident.declared_by;
        let mut out = cascade::reach(&incident.target, directory, &self.catalogue);
        out.retain(|code| !directory.is_part_of(code, by) && directory.is_at_or_below(code, by));
        out.retain(|code| directory.get(code).is_some_and(|org| org.kind.sees_patients()));
        out
    }

    /// Those of its sites that have not answered.
    pub async fn silent(
        &self,
        tx: &mut Tx,
        incident: &Incident,
        directory: &Directory,
    ) -> Result<Vec<OrgCode>> {
        let answers = incidents::responses_to(tx, incident).await?;
        let answers = answers.into_iter().map(|r| ((r.incident, r.organisation.clone()), r)).collect();
        let mut out = self.sites(incident, directory);
        out.retain(|code| cascade::answer(incident, code, &answers, directory).is_none());
        Ok(out)
    }

    /// The places that have not said that they are back to normal after what others say
    /// is over: those that said they are affected, and the silent.
    pub async fn awaited(
        &self,
        tx: &mut Tx,
        incident: &Incident,
        directory: &Directory,
    ) -> Result<Vec<OrgCode>> {
        let situation = incidents::situation(tx, self.now()).await?;
        let is_awaited = |code: &OrgCode| {
            let Some(org) = directory.get(code) else { return false };
            let ending = Ending::at(incident, org, &situation, directory);
            let answer = cascade::answer(incident, code, &situation.responses, directory);
            let until = ending.unconfirmed_until(incident, answer);
            ending == Ending::Awaited || until.is_some_and(|until| self.now() < until)
        };
        let asked = self.sites(incident, directory);
        let answered = situation.responses.keys().filter(|(id, _)| *id == incident.id).map(|(_, code)| code);
        let all: BTreeSet<&OrgCode> = asked.iter().chain(answered).collect();
        Ok(all.into_iter().filter(|code| is_awaited(code)).cloned().collect())
    }

    /// What the clock does: asks the sites of a new incident, asks the silent
    /// again, reminds of promises and of what somebody has to look at, and tells
    /// how exercises go on. Gives the number of calls.
    pub async fn keep_calls(&self) -> Result<usize> {
        let now = self.now();
        let mut tx = self.db.read().await?;
        let new = chases::new_incidents(&mut tx).await?;
        let due = chases::due(&mut tx, now).await?;
        let late = calls::promised(&mut tx, now - GRACE, now, Reason::Overdue).await?;
        let soon = now + call::REMINDED_BEFORE;
        let mut promised = calls::promised(&mut tx, now, soon, Reason::Reminder).await?;
        promised.retain(|(_, _, made_at, due)| call::remind_at(*made_at, *due) <= now);
        let untold = calls::untold(&mut tx, now - GRACE).await?;
        let ended = calls::ended(&mut tx, now - GRACE).await?;
        let unreviewed = proposals::unreviewed(&mut tx, now - CHASED_FOR, now - REVIEW_WITHIN).await?;
        drop(tx);
        let mut made = 0;
        for proposal in unreviewed {
            made += usize::from(self.chase_review(proposal).await?);
        }
        for incident in new {
            made += usize::from(self.begin_asking(incident).await?);
        }
        for chase in due {
            made += usize::from(self.ask_again(&chase).await?);
        }
        let late = late.into_iter().map(|(incident, update, ..)| (Reason::Overdue, (incident, update)));
        let told = untold.into_iter().map(|it| (Reason::Update, it));
        let ended = ended.into_iter().map(|it| (Reason::Back, it));
        let soon = promised.into_iter().map(|(incident, update, ..)| (Reason::Reminder, (incident, update)));
        for (reason, (incident, update)) in late.chain(soon).chain(told).chain(ended) {
            made += usize::from(self.call_once(reason, incident, update).await?);
        }
        if made > 0 {
            self.signals.ring();
        }
        Ok(made)
    }

    async fn begin_asking(&self, id: Uuid) -> Result<bool> {
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        let Some(incident) = incidents::find(&mut tx, id, false).await? else { return Ok(false) };
        let silent = self.silent(&mut tx, &incident, &directory).await?;
        let first = Some(self.now()).filter(|_| !silent.is_empty());
        let begun = chases::begin(&mut tx, id, first).await?;
        tx.commit().await?;
        let Some(at) = first.filter(|_| begun) else { return Ok(false) };
        let chase = Chase { incident_id: id, asked: 0, next_at: Some(at), stopped_at: None };
        self.ask_again(&chase).await
    }

    /// Begins anew to ask about what comes back by what was said since a moment: whoever was
    /// back to normal is silent again; and about what concerns places only now. Not where somebody has stopped the asking.
    pub(super) async fn ask_anew(&self, tx: &mut Tx, of: &Incident, since: DateTime<Utc>) -> Result<()> {
        if of.comes_back(since) || of.begins_to_ask() {
            chases::begin_anew(tx, of.id, self.now()).await?;
        }
        Ok(())
    }

    /// Asks the silent below an organisation once, beside what the clock does.
    pub(super) async fn ask_below(&self, tx: &mut Tx, incident: &Incident, of: &OrgCode) -> Result<()> {
        let call = self.call_about(Reason::Chase, incident, None);
        self.make_call(tx, &Call { organisation: of.clone(), ..call }).await?;
        Ok(())
    }

    /// Asks the silent, and says when to ask next. Of two at once, one does.
    async fn ask_again(&self, chase: &Chase) -> Result<bool> {
        let now = self.now();
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        let Some(incident) = incidents::find(&mut tx, chase.incident_id, false).await? else {
            return Ok(false);
        };
        let silent = self.silent(&mut tx, &incident, &directory).await?;
        if !incident.is_open() || silent.is_empty() {
            chases::advance(&mut tx, chase, chase.asked, None).await?;
            tx.commit().await?;
            return Ok(false);
        }
        let asked = chase.asked + 1;
        let next_at = call::gap(asked).map(|gap| now + gap);
        if !chases::advance(&mut tx, chase, asked, next_at).await? {
            return Ok(false);
        }
        let reason = if chase.asked == 0 { Reason::Ask } else { Reason::Chase };
        self.make_call(&mut tx, &self.call_about(reason, &incident, None)).await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn call_once(&self, reason: Reason, incident: Uuid, update: Uuid) -> Result<bool> {
        let mut tx = self.db.write().await?;
        let Some(incident) = incidents::find(&mut tx, incident, false).await? else { return Ok(false) };
        let made = self.make_call(&mut tx, &self.call_about(reason, &incident, Some(update))).await?;
        tx.commit().await?;
        Ok(made)
    }

    /// The words of a call with its link filled in, when they leave.
    pub fn fill_call(&self, call: &Call, site: &OrgCode, message: &Message) -> Message {
        match call.incident {
            Some(incident) => linked(message, &self.answer_url(incident, site, call.made_at)),
            None => message.clone(),
        }
    }

    /// Where a site answers, until [`call::LINK_LIFE`] after it was asked.
    pub fn answer_url(&self, incident: Uuid, site: &OrgCode, asked_at: DateTime<Utc>) -> String {
        let until = (asked_at + call::LINK_LIFE).timestamp();
        let token = self.keys.token(&purpose(site, until), incident);
        format!("{}/c/{site}.{until}.{token}", self.base_url)
    }

    /// The incident and the site that a link was made for, and until when it is
    /// good; `None` when it is not ours.
    pub(super) fn read_answer_token(&self, text: &str) -> Option<(Uuid, OrgCode, DateTime<Utc>)> {
        let (site, rest) = text.split_once('.')?;
        let (until, token) = rest.split_once('.')?;
        let (site, until) = (OrgCode::parse(site)?, until.parse().ok()?);
        let incident = self.keys.read_token(&purpose(&site, until), token)?;
        Some((incident, site, DateTime::from_timestamp(until, 0)?))
    }
}

fn purpose(site: &OrgCode, until: i64) -> String {
    format!("answer {site} {until}")
}

/// The words of a call for those who only read them: whoever has the link
/// answers for the site.
pub fn without_link(message: &Message) -> Message {
    linked(message, "(not shown)")
}

fn linked(message: &Message, link: &str) -> Message {
    let fill = |text: &str| text.replace(LINK_MARK, link);
    Message {
        short: fill(&message.short),
        post: fill(&message.post),
        paragraphs: message.paragraphs.iter().map(|p| fill(p)).collect(),
        ..message.clone()
    }
}
