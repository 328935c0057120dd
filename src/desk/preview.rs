//! What a declaration or an update would say, before anybody is told.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::exercises::as_if_real;
use super::incidents::Declaration;
use super::naming::{Concerned, of_each_answer};
use super::proposals::Content;
use super::telling::{Reach, with_incident};
use super::wordings::OfKind;
use super::{Desk, Result};
use crate::domain::approval::{Reason, Standing};
use crate::domain::call::{Calling, LINK_MARK};
use crate::domain::cascade;
use crate::domain::facts::{self, View};
use crate::domain::incident::{Draft, Incident, Kind};
use crate::domain::message::Message;
use crate::domain::org::{Directory, OrgCode};
use crate::domain::subscriber::Channel;
use crate::domain::system::SystemKey;
use crate::domain::user::{Action, Actor};
use crate::store::proposals::{self, Proposal};
use crate::store::{Tx, calls, incidents, listeners};
use crate::words::Locale;

/// The exact result of a post, before it happens.
#[derive(Debug, Clone)]
pub struct Preview {
    pub incident: Incident,
    pub reach: Reach,
    /// How many more pages say that the place may be affected: nobody has recorded
    /// what it uses.
    pub perhaps: usize,
    /// Who is asked whether they are affected.
    pub questions: Questions,
    /// For whose page and audience the words below are: theirs when it is
    /// reached, else the first one reached.
    pub sample: Option<Sample>,
    /// The exact words of each kind of place, each wording once.
    pub kinds: Vec<OfKind>,
    /// Why it needs a second person.
    pub reasons: Vec<Reason>,
}

impl Preview {
    /// When the next update would be promised.
    pub fn due(&self) -> Option<DateTime<Utc>> {
        self.incident.updates.last().map(|update| update.next_update_by)
    }
}

/// The question whether places are affected, to those on duty there.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Questions {
    /// Those that have somebody on duty.
    pub places: usize,
    /// How many contact points are asked.
    pub by: BTreeMap<Channel, usize>,
    /// The text message, with a link as long as those that leave.
    pub text: String,
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

/// An incident about the same system that is open, or waits for a second person.
#[derive(Debug, Clone)]
pub struct OpenAlready {
    pub title: String,
    pub declared_by: String,
    pub at: DateTime<Utc>,
    pub to_do: ToDo,
}

/// What somebody can do about what is told already.
#[derive(Debug, Clone, Copy)]
pub enum ToDo {
    /// Say more about this incident.
    Update(Uuid),
    /// Answer it: it is not theirs to say more about.
    Answer,
    /// Look at this proposal, which nobody has agreed to yet.
    Look(Uuid),
}

impl Desk {
    /// What `declare` would do. Changes nothing.
    pub async fn preview(&self, who: &Actor, declaration: &Declaration) -> Result<Preview> {
        let mut tx = self.db.read().await?;
        let ready = self.ready(&mut tx, who, declaration).await?;
        super::checks::timely(&ready.incident, self.now())?;
        self.preview_of(&mut tx, who, ready.incident).await
    }

    /// Incidents of the same system that are open, or wait for a second person, and reach
    /// where they would post, with who declared each, and what they can do about it: a
    /// second one would tell everybody of the same problem twice.
    pub async fn open_already(&self, who: &Actor, system: &SystemKey) -> Result<Vec<OpenAlready>> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let situation = incidents::situation(&mut tx, self.now()).await?;
        let waiting = proposals::recent(&mut tx, self.now()).await?;
        drop(tx);
        let own = &who.organisation;
        let is_near =
            |scope: &OrgCode| directory.is_at_or_below(own, scope) || directory.is_at_or_below(scope, own);
        let is_same = |i: &&Arc<Incident>| {
            let is_near = is_near(i.target.scope().unwrap_or(&i.declared_by));
            i.is_open() && i.kind == Kind::Live && i.target.system() == Some(system) && is_near
        };
        let open = |i: &Arc<Incident>| OpenAlready {
            title: i.title.english.clone(),
            declared_by: directory.name_of(&i.declared_by),
            at: i.created_at,
            to_do: match who.may(Action::Publish, &i.declared_by, &directory).is_ok() {
                true => ToDo::Update(i.id),
                false => ToDo::Answer,
            },
        };
        let waits = |p: &Proposal| {
            let is_theirs = who.may(Action::See, &p.organisation, &directory).is_ok();
            let Some(Content::Declaration(d)) = Content::of(p).ok().filter(|_| is_theirs) else {
                return None;
            };
            let known = self.catalogue.find(d.system.as_deref()?).filter(|s| s.key == *system)?;
            let is_live = d.kind.is_none_or(|kind| kind == Kind::Live);
            let is_near = is_near(d.scope.as_ref().unwrap_or(&p.organisation));
            (p.standing == Standing::Waiting && is_live && is_near).then(|| OpenAlready {
                title: if d.title.is_blank() { known.title().english } else { d.title.english.clone() },
                declared_by: directory.name_of(&p.organisation),
                at: p.made_at,
                to_do: ToDo::Look(p.id),
            })
        };
        let open = situation.incidents.iter().filter(is_same).map(open);
        Ok(open.chain(waiting.iter().filter_map(waits)).collect())
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
        super::checks::timely(&incident, self.now())?;
        self.preview_of(&mut tx, who, incident).await
    }

    /// Whom an incident asks, if anybody: those who were asked about its beginning are
    /// asked again by the clock.
    async fn questions(&self, tx: &mut Tx, incident: &Incident, directory: &Directory) -> Result<Questions> {
        let sites = match incident.updates.len() {
            1 => self.sites(incident, directory),
            _ => return Ok(Questions::default()),
        };
        let wanted: HashSet<&OrgCode> = sites.iter().collect();
        let mut stations = calls::stations(tx, &sites, None, i64::MAX).await?;
        stations.retain(|s| wanted.contains(&s.organisation));
        let places = stations.iter().map(|s| &s.organisation).collect::<HashSet<_>>().len();
        let mut out = Questions { places, ..Questions::default() };
        for station in &stations {
            *out.by.entry(station.channel).or_default() += 1;
        }
        if let Some(site) = stations.first().map(|s| &s.organisation) {
            let name = directory.name_of(site);
            let calling = Calling { kind: incident.kind, name: &name, page_url: self.page_url(site) };
            let message = calling.ask(incident, &directory.name_of(&incident.declared_by), false);
            let link = self.answer_url(incident.id, site, self.now());
            out.text = message.short.replace(LINK_MARK, &link);
        }
        Ok(out)
    }

    /// What an incident would do, read by one reader: there are few, and whoever holds
    /// one while waiting for another keeps all others out.
    pub(super) async fn preview_of(&self, tx: &mut Tx, who: &Actor, incident: Incident) -> Result<Preview> {
        let directory = self.directory(tx).await?;
        let situation = incidents::situation(tx, self.now()).await?;
        let questions = self.questions(tx, &incident, &directory).await?;
        let reasons = self.reasons(tx, &incident, &directory).await?;
        let mut reach = self.reach_of(tx, &incident, &directory).await?;
        let perhaps = self.perhaps(&incident.target, &directory);
        // An exercise is read as it would be if it were real.
        let situation = match incident.kind {
            Kind::Live => with_incident(&situation, incident.clone()),
            _ => as_if_real(&incident, &situation),
        };
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
            let lines = incident.lines_told();
            let texts = listeners::count_texts(tx, &told, &lines, self.now()).await?;
            let mut parts: u64 = texts.iter().map(|(locale, n)| sample.parts(locale) * *n as u64).sum();
            let concerned = Concerned::new(told.iter().cloned(), lines);
            let mut against = HashMap::new();
            for several in listeners::of_several(tx, &told, self.now()).await? {
                let mut against = |place: &OrgCode| {
                    let new = || self.against(place, &situation, &directory);
                    *against.entry(place.clone()).or_insert_with(new)
                };
                let messages = of_each_answer(concerned.all_of(&several.places), &mut against).len();
                let more = messages.saturating_sub(1) * several.readers;
                *reach.more.entry(several.channel).or_default() += more;
                if several.channel == Channel::Sms {
                    parts += sample.parts(&several.locale) * more as u64;
                }
            }
            reach.text_parts = Some(parts);
        }
        let update = incident.updates.last();
        let kinds = update.map(|u| self.words_of_kinds(&incident, u, &situation, &directory));
        let kinds = kinds.unwrap_or_default();
        Ok(Preview { incident, reach, perhaps, questions, sample, kinds, reasons })
    }
}
