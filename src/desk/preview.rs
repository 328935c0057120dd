//! What a declaration or an update would say, before anybody is told.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::incidents::Declaration;
use super::proposals::Content;
use super::telling::{Reach, with_incident};
use super::{Desk, Result};
use crate::domain::approval::{Reason, Standing};
use crate::domain::cascade;
use crate::domain::facts::{self, View};
use crate::domain::incident::{Draft, Incident, Kind};
use crate::domain::message::Message;
use crate::domain::org::{OrgCode, OrgKind};
use crate::domain::system::SystemKey;
use crate::domain::user::{Action, Actor};
use crate::store::{calls, incidents, listeners};
use crate::words::Locale;

/// The exact result of a post, before it happens.
#[derive(Debug, Clone)]
pub struct Preview {
    pub incident: Incident,
    pub reach: Reach,
    /// How many places are asked whether they are affected; they have to have
    /// somebody on duty.
    pub asked: usize,
    /// For whose page and audience the words below are: theirs when it is
    /// reached, else the first one reached.
    pub sample: Option<Sample>,
    /// Why it needs a second person.
    pub reasons: Vec<Reason>,
}

impl Preview {
    /// When the next update would be promised.
    pub fn due(&self) -> Option<DateTime<Utc>> {
        self.incident.updates.last().map(|update| update.next_update_by)
    }
}

/// One organisation's page and words.
#[derive(Debug, Clone)]
pub struct Sample {
    pub code: OrgCode,
    pub name: String,
    pub view: View,
    /// In every language, English first.
    pub messages: Vec<Message>,
}

impl Sample {
    /// The words in English.
    pub fn message(&self) -> &Message {
        &self.messages[0]
    }

    /// Parts of the text message in a language.
    fn parts(&self, locale: &str) -> u64 {
        let own = self.messages.iter().find(|m| m.lang == locale);
        own.unwrap_or(self.message()).sms_parts()
    }
}

/// What one kind of place is told: the words of one of them, and how many there
/// are.
#[derive(Debug, Clone)]
pub struct OfKind {
    pub kind: OrgKind,
    pub places: usize,
    pub name: String,
    pub message: Message,
}

/// An incident that is open about the same system.
#[derive(Debug, Clone)]
pub struct OpenAlready {
    pub incident: Arc<Incident>,
    pub declared_by: String,
    pub may_update: bool,
}

impl Desk {
    /// What `declare` would do. Changes nothing.
    pub async fn preview(&self, who: &Actor, declaration: &Declaration) -> Result<Preview> {
        let mut tx = self.db.read().await?;
        let ready = self.ready(&mut tx, who, declaration).await?;
        drop(tx);
        self.preview_of(who, ready.incident).await
    }

    /// Open incidents of the same system that reach where they would post, with
    /// who declared each, and whether they may say more about it: a second one
    /// would tell everybody of the same problem twice.
    pub async fn open_already(&self, who: &Actor, system: &SystemKey) -> Result<Vec<OpenAlready>> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let situation = incidents::situation(&mut tx, self.now()).await?;
        drop(tx);
        let own = &who.organisation;
        let is_same = |i: &&Arc<Incident>| {
            let scope = i.target.scope().unwrap_or(&i.declared_by);
            let is_near = directory.is_at_or_below(own, scope) || directory.is_at_or_below(scope, own);
            i.is_open() && i.kind == Kind::Live && i.target.system() == Some(system) && is_near
        };
        let open = |i: &Arc<Incident>| OpenAlready {
            declared_by: directory.name_of(&i.declared_by),
            may_update: who.may(Action::Publish, &i.declared_by, &directory).is_ok(),
            incident: Arc::clone(i),
        };
        Ok(situation.incidents.iter().filter(is_same).map(open).collect())
    }

    /// An incident that they may say more about.
    pub async fn incident_to_update(&self, who: &Actor, id: Uuid) -> Result<Incident> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        self.theirs(&mut tx, who, id, false, &directory).await
    }

    /// What `post_update` would do. Changes nothing.
    pub async fn preview_update(&self, who: &Actor, id: Uuid, draft: &Draft) -> Result<Preview> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let incident = self.updated(&mut tx, who, (id, false), draft, &directory).await?;
        drop(tx);
        self.preview_of(who, incident).await
    }

    /// The exact words of a proposal about an incident, for one place of each kind
    /// that it reaches; the most numerous kind first.
    pub async fn words_by_kind(&self, who: &Actor, id: Uuid) -> Result<Vec<OfKind>> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let proposal = self.seen(&mut tx, who, id, false, &directory).await?;
        let stands = incidents::find(&mut tx, proposal.incident.unwrap_or_default(), false).await?;
        let made = match (Content::of(&proposal)?, &stands) {
            (Content::Declaration(d), None) => self.declared_as(&mut tx, &proposal, &d).await,
            (Content::Update(draft), Some(_)) if proposal.standing == Standing::Waiting => {
                self.updated_as(&mut tx, &proposal, &draft, false, &directory).await
            }
            (_, Some(incident)) => Ok(incident.clone()),
            (_, None) => return Ok(Vec::new()),
        };
        // What is wrong with it is said elsewhere.
        let Ok(incident) = made else { return Ok(Vec::new()) };
        let situation = incidents::situation(&mut tx, self.now()).await?;
        let situation = with_incident(&situation, incident.clone());
        let update = incident.updates.iter().find(|u| u.id == proposal.id).or(incident.updates.last());
        let Some(update) = update else { return Ok(Vec::new()) };
        let mut out: Vec<OfKind> = Vec::new();
        for code in cascade::audience(&incident, &situation.responses, &directory, &self.catalogue) {
            let Some(org) = directory.get(&code) else { continue };
            if let Some(known) = out.iter_mut().find(|k| k.kind == org.kind) {
                known.places += 1;
                continue;
            }
            let written = self.write_message(&incident, update, &code, &situation, &directory, Locale::En);
            let of_kind = |message| OfKind { kind: org.kind, places: 1, name: org.name.clone(), message };
            out.extend(written.map(of_kind));
        }
        if out.is_empty() {
            // Where no page is reached, the speaker's accounts may still post.
            let by = &incident.declared_by;
            let written = self.write_message(&incident, update, by, &situation, &directory, Locale::En);
            let org = directory.get(by);
            out.extend(org.zip(written).map(|(org, message)| OfKind {
                kind: org.kind,
                places: 0,
                name: org.name.clone(),
                message,
            }));
        }
        out.sort_by_key(|k| std::cmp::Reverse(k.places));
        Ok(out)
    }

    pub(super) async fn preview_of(&self, who: &Actor, incident: Incident) -> Result<Preview> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let situation = incidents::situation(&mut tx, self.now()).await?;
        let staffed = calls::staffed(&mut tx).await?;
        let reasons = self.reasons(&mut tx, &incident, &directory).await?;
        drop(tx);
        let mut reach = self.reach_of(&incident, &directory).await?;
        // Those who were asked about its beginning are asked again by the clock.
        let is_new = incident.updates.len() == 1;
        let asked =
            self.sites(&incident, &directory).iter().filter(|s| is_new && staffed.contains(*s)).count();
        let situation = with_incident(&situation, incident.clone());
        let told = cascade::audience(&incident, &situation.responses, &directory, &self.catalogue);
        let sample = Some(&who.organisation).filter(|c| told.contains(c)).or(told.first());
        let sample = sample.and_then(|code| {
            let update = incident.updates.last()?;
            let org = directory.get(code)?;
            let view = facts::facts(org, &situation, &directory, &self.catalogue).at(update.published_at);
            let write = |l: &Locale| self.write_message(&incident, update, code, &situation, &directory, *l);
            let messages = Locale::ALL.iter().map(write).collect::<Option<Vec<_>>>()?;
            Some(Sample { code: code.clone(), name: org.name.clone(), view, messages })
        });
        if let Some(sample) = sample.as_ref().filter(|_| incident.kind == Kind::Live) {
            let mut tx = self.db.read().await?;
            let texts = listeners::count_texts(&mut tx, &told, &incident.lines(), self.now()).await?;
            reach.text_parts = Some(texts.iter().map(|(locale, n)| sample.parts(locale) * *n as u64).sum());
        }
        Ok(Preview { incident, reach, asked, sample, reasons })
    }
}
