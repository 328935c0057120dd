//! The word of those who are not the NHS: letting them in, speaking, taking back.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

use super::board::Standings;
use super::centres::new_code;
use super::{Desk, DeskError, Result};
use crate::domain::FieldError;
use crate::domain::incident::{Incident, MAX_AHEAD};
use crate::domain::org::{Directory, OrgCode, OrgKind};
use crate::domain::statement::{Area, DEFAULT_LIFE, Speaker, SpeakerKind, Statement, StatementDraft};
use crate::domain::system::{System, SystemKey, supplier_key};
use crate::domain::time::full;
use crate::domain::user::{Action, Actor};
use crate::domain::written::check_text;
use crate::store::audit::{self, Entry};
use crate::store::{self, Tx, statements};
use crate::words::english;

/// The longest name of a partner body, in characters.
const MAX_NAME: usize = 100;
/// The most words of suppliers that a report begins with.
const MAX_WORDS: usize = 4;

/// A partner body to be let in.
#[derive(Debug, Clone, Default)]
pub struct PartnerDraft {
    /// A word for addresses and commands, such as `counter-federation`.
    pub key: String,
    pub name: String,
    /// Where its word is shown; the own organisation by default.
    pub scope: Option<OrgCode>,
    pub kinds: Vec<OrgKind>,
    /// The systems of whose incidents it is told; of all in its area, where none
    /// is named.
    pub follows: Vec<SystemKey>,
}

/// What a supplier or a partner body says.
#[derive(Debug, Clone)]
pub struct Heard {
    pub statement: Arc<Statement>,
    /// What it is about; empty for a whole area.
    pub system: String,
    /// A supplier speaks, and no incident on its system is open here: it reports
    /// a fault.
    pub is_report: bool,
}

impl Desk {
    /// The supplier of this key, which has a word from now on if it had none.
    /// The catalogue says who supplies what; only the command line lets one in.
    pub(super) async fn supplier(&self, tx: &mut Tx, who: &Actor, key: &str) -> Result<Speaker> {
        let Some(name) = self.catalogue.supplier(key) else {
            let known = self.catalogue.suppliers().join(", ");
            let detail = format!("The catalogue has no supplier \"{key}\". It has {known}.");
            return Err(DeskError::field("/supplier", detail));
        };
        let key = supplier_key(name);
        if let Some(known) = statements::speakers(tx).await?.into_iter().find(|s| s.key == key) {
            return Ok(known);
        }
        let speaker = Speaker {
            id: self.new_id(),
            key,
            name: name.to_owned(),
            kind: SpeakerKind::Supplier,
            area: None,
            admitted_by: OrgCode::root(),
            code: None,
            follows: Vec::new(),
        };
        self.admitted(tx, who, &speaker).await?;
        Ok(speaker)
    }

    /// Lets a partner body in: its word is shown at the kinds of place and in the
    /// area that a coordinator of that area says.
    pub async fn admit_partner(&self, who: &Actor, draft: &PartnerDraft) -> Result<Speaker> {
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        let scope = draft.scope.clone().unwrap_or_else(|| who.organisation.clone());
        let mut errors = Vec::new();
        if directory.get(&scope).is_none_or(|org| !org.kind.is_of_tree()) {
            errors
                .push(FieldError::new("/scope", format!("There is no organisation with the code {scope}.")));
        }
        let key = draft.key.trim().to_lowercase();
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !(3..=40).contains(&key.len()) || !key.chars().all(is_plain) {
            errors.push(FieldError::new("/key", "Use 3 to 40 small letters, digits and hyphens."));
        } else if self.catalogue.supplier(&key).is_some() {
            errors.push(FieldError::new("/key", "This is the key of a supplier. Choose another."));
        }
        let name = Some(draft.name.trim()).filter(|n| !n.is_empty());
        if name.is_none() {
            errors.push(FieldError::new("/name", "Enter the name of the body."));
        }
        check_text("/name", name, MAX_NAME, &mut errors);
        if draft.kinds.is_empty() || draft.kinds.iter().any(|k| !k.sees_patients()) {
            errors.push(FieldError::new("/kinds", "Choose at which kinds of place its word is shown."));
        }
        if let Some(key) = draft.follows.iter().find(|key| self.catalogue.get(key).is_none()) {
            let detail = format!("There is no system called \"{key}\" in the catalogue.");
            errors.push(FieldError::new("/follows", detail));
        }
        if !errors.is_empty() {
            return Err(DeskError::Invalid(errors));
        }
        who.may_of_own(Action::Administer, &scope, &directory)?;
        if statements::speakers(&mut tx).await?.iter().any(|s| s.key == key) {
            return Err(DeskError::field("/key", "Somebody has this key already. Choose another."));
        }
        let id = self.new_id();
        let speaker = Speaker {
            id,
            key,
            name: draft.name.trim().to_owned(),
            kind: SpeakerKind::Partner,
            area: Some(Area { scope, kinds: draft.kinds.clone() }),
            admitted_by: who.organisation.clone(),
            code: Some(new_code("BODY", id)),
            follows: draft.follows.clone(),
        };
        self.admitted(&mut tx, who, &speaker).await?;
        store::bump(&mut tx, "directory").await?;
        self.spread_word(tx).await?;
        Ok(speaker)
    }

    async fn admitted(&self, tx: &mut Tx, who: &Actor, speaker: &Speaker) -> Result<()> {
        let now = self.now();
        statements::insert_speaker(tx, speaker, now).await?;
        let detail = json!({"key": speaker.key, "name": speaker.name, "kind": speaker.kind, "area": speaker.area,
            "code": speaker.code, "follows": speaker.follows});
        audit::record(tx, who, now, Entry::new("admit_speaker", speaker.id, detail)).await?;
        Ok(())
    }

    /// Takes a partner's word away; what it said goes from the pages.
    pub async fn end_partner(&self, who: &Actor, id: Uuid) -> Result<()> {
        let now = self.now();
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        let none = || DeskError::NotFound("This partner");
        let speaker =
            statements::speakers(&mut tx).await?.into_iter().find(|s| s.id == id).ok_or_else(none)?;
        let area = speaker.area.ok_or_else(none)?;
        who.may_of_own(Action::See, &area.scope, &directory).map_err(|_| none())?;
        who.may_of_own(Action::Administer, &area.scope, &directory)?;
        statements::end_speaker(&mut tx, id, now).await?;
        audit::record(&mut tx, who, now, Entry::new("end_speaker", id, json!({"key": speaker.key}))).await?;
        store::bump(&mut tx, "directory").await?;
        self.spread_word(tx).await
    }

    /// Partners whose area is theirs.
    pub async fn partners(&self, who: &Actor) -> Result<Vec<Speaker>> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        let mut all = statements::speakers(&mut tx).await?;
        let is_theirs = |area: &Area| who.may_of_own(Action::See, &area.scope, &directory).is_ok();
        all.retain(|s| s.area.as_ref().is_some_and(is_theirs));
        Ok(all)
    }

    /// The speaker by its key, for making accounts.
    pub(super) async fn partner_by_key(&self, tx: &mut Tx, key: &str) -> Result<Speaker> {
        let all = statements::speakers(tx).await?;
        let found =
            all.into_iter().find(|s| s.kind == SpeakerKind::Partner && s.key == key.trim().to_lowercase());
        found.ok_or_else(|| {
            let detail =
                format!("There is no partner \"{key}\". A coordinator lets it in at /desk/partners.");
            DeskError::field("/partner", detail)
        })
    }

    /// For whom somebody speaks; refused for everybody else.
    pub async fn speaks_for(&self, who: &Actor) -> Result<Speaker> {
        let mut tx = self.db.read().await?;
        self.speaker_of(&mut tx, who).await
    }

    async fn speaker_of(&self, tx: &mut Tx, who: &Actor) -> Result<Speaker> {
        let all = statements::speakers(tx).await?;
        all.into_iter().find(|s| Some(s.id) == who.speaker).ok_or(DeskError::Denied)
    }

    /// The systems that a speaker may speak about.
    pub fn systems_of(&self, speaker: &Speaker) -> Vec<Arc<System>> {
        let theirs = |s: &&Arc<System>| match speaker.kind {
            SpeakerKind::Supplier => s.supplier.as_deref() == Some(speaker.name.as_str()),
            SpeakerKind::Partner => true,
        };
        self.catalogue.iter().filter(theirs).cloned().collect()
    }

    /// Says something, in place of what they said about the same before.
    pub async fn state(&self, who: &Actor, draft: &StatementDraft) -> Result<Statement> {
        let now = self.now();
        let mut tx = self.db.write().await?;
        let speaker = self.speaker_of(&mut tx, who).await?;
        let system = draft.system.as_ref();
        match system.map(|key| self.catalogue.get(key)) {
            Some(None) => return Err(DeskError::NotFound("This system")),
            Some(Some(system)) if !self.systems_of(&speaker).iter().any(|s| s.key == system.key) => {
                return Err(DeskError::Denied);
            }
            None if speaker.kind == SpeakerKind::Supplier => {
                return Err(DeskError::field("/system", "Say which of your systems it is about."));
            }
            _ => {}
        }
        let mut errors = draft.check(now);
        if draft.message.is_blank() {
            errors = vec![FieldError::new("/message", "Write what you have to say.")];
        }
        if !errors.is_empty() {
            return Err(DeskError::Invalid(errors));
        }
        let statement = Statement {
            id: self.new_id(),
            speaker,
            system: system.cloned(),
            message: draft.message.trimmed(),
            made_at: now,
            until: draft.until.unwrap_or(now + DEFAULT_LIFE).min(now + MAX_AHEAD),
            taken_back_at: None,
        };
        statements::insert(&mut tx, &statement, &who.name).await?;
        let detail = json!({"speaker": statement.speaker.key, "system": statement.system, "until": statement.until,
            "message": statement.message});
        audit::record(&mut tx, who, now, Entry::new("state", statement.id, detail)).await?;
        self.spread_word(tx).await?;
        Ok(statement)
    }

    /// Takes a statement of theirs back; pages say so for a day.
    pub async fn unsay(&self, who: &Actor, id: Uuid) -> Result<()> {
        let now = self.now();
        let mut tx = self.db.write().await?;
        let speaker = self.speaker_of(&mut tx, who).await?;
        if !statements::take_back(&mut tx, speaker.id, id, now).await? {
            return Err(DeskError::NotFound("This statement"));
        }
        let detail = json!({"speaker": speaker.key});
        audit::record(&mut tx, who, now, Entry::new("take_back", id, detail)).await?;
        self.spread_word(tx).await
    }

    /// What they said lately, the newest first.
    pub async fn own_statements(&self, who: &Actor) -> Result<Vec<Statement>> {
        let mut tx = self.db.read().await?;
        let speaker = self.speaker_of(&mut tx, who).await?;
        Ok(statements::of_speaker(&mut tx, speaker.id).await?)
    }

    async fn spread_word(&self, mut tx: Tx) -> Result<()> {
        store::bump(&mut tx, "situation").await?;
        tx.commit().await?;
        self.signals.ring();
        Ok(())
    }

    /// The last words of suppliers on what an incident stops, for a report; of
    /// those since a moment.
    pub(super) async fn supplier_words(
        &self,
        tx: &mut Tx,
        incident: &Incident,
        since: Option<DateTime<Utc>>,
    ) -> Result<Vec<String>> {
        let now = self.now();
        let all = statements::seen_at(tx, now).await?;
        let is_told = |s: &&Arc<Statement>| {
            s.speaker.kind == SpeakerKind::Supplier
                && s.stands(now)
                && since.is_none_or(|since| s.made_at > since)
                && s.is_about(incident, &self.catalogue)
        };
        let line = |s: &Arc<Statement>| {
            let at = full(s.made_at, english());
            format!("{} about {}, at {at}: {}", s.speaker.name, self.system_name(s), s.message.english)
        };
        Ok(all.iter().filter(is_told).take(MAX_WORDS).map(line).collect())
    }

    /// What a statement is about; empty for a whole area.
    fn system_name(&self, statement: &Statement) -> String {
        let system = statement.system.as_ref().and_then(|key| self.catalogue.get(key));
        system.map(|s| s.name.clone()).unwrap_or_default()
    }

    /// What others say about systems that are used at or below a scope, or about
    /// an area that it lies in or that lies in it. `open` are the incidents that
    /// concern the scope.
    pub(super) fn heard_at(
        &self,
        scope: &OrgCode,
        all: &Standings,
        open: &[(Arc<Incident>, usize)],
        directory: &Directory,
    ) -> Vec<Heard> {
        let standing: Vec<_> = all.statements.iter().filter(|s| s.stands(self.now())).collect();
        if standing.is_empty() {
            return Vec::new();
        }
        let below = directory.below(scope);
        let is_used = |key: &SystemKey| below.iter().any(|code| directory.systems_of(code).contains(key));
        let is_near = |area: &Area| {
            directory.is_at_or_below(scope, &area.scope) || directory.is_at_or_below(&area.scope, scope)
        };
        let heard = standing.into_iter().filter_map(|statement| {
            let by = &statement.speaker;
            let is_open = open.iter().any(|(i, _)| statement.is_about(i, &self.catalogue));
            // What was said about an incident that is over reports nothing new.
            let is_over = |i: &Arc<Incident>| {
                i.ended_at() >= statement.made_at && statement.is_about(i, &self.catalogue)
            };
            let concerns = by.area.as_ref().is_none_or(is_near)
                && statement.system.as_ref().is_none_or(|key| is_open || is_used(key));
            concerns.then(|| Heard {
                statement: Arc::clone(statement),
                system: self.system_name(statement),
                is_report: by.kind == SpeakerKind::Supplier && !is_open && !all.over.iter().any(is_over),
            })
        });
        heard.collect()
    }
}
