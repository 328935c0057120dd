//! What an organisation answers about an incident.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Answer, DEFAULT_NEXT_UPDATE, GRACE, Incident, Stage, Update};
use crate::domain::line::Lines;
use crate::domain::org::OrgCode;
use crate::domain::written::Written;

/// What an organisation answered about an incident.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Response {
    pub incident: Uuid,
    pub organisation: OrgCode,
    pub answer: Answer,
    pub lines: Lines,
    pub message: Option<Written>,
    pub made_at: DateTime<Utc>,
    /// Who answered for the place; `None` where it, or somebody with its link, did.
    #[serde(default)]
    pub by: Option<Proxy>,
    /// Who said its words, where that is another than who answered.
    #[serde(default)]
    pub message_by: Option<Proxy>,
    /// The place, or whoever gives this answer for it, had said before that it is affected.
    /// It follows from the answers before, and is not kept.
    #[serde(skip)]
    pub was_affected: bool,
}

impl Response {
    /// Its words as they stand at a place, and who said them where the place did not.
    pub fn words(&self, place: &OrgCode) -> Option<(Option<&Proxy>, &Written)> {
        let by = self.message_by.as_ref().or(self.by.as_ref()).filter(|by| by.code != *place);
        Some((by, self.message.as_ref()?))
    }

    /// Its words, where whoever answered said them.
    pub fn own_message(&self) -> Option<&Written> {
        self.message.as_ref().filter(|_| self.message_by.is_none())
    }

    /// The same after those answers of the same place.
    pub fn after<'a>(self, mut before: impl Iterator<Item = &'a Self>) -> Self {
        let speaker = |r: &Self| r.by.as_ref().map(|by| by.code.clone());
        let own = speaker(&self);
        let is_theirs = |r: &Self| r.by.is_none() || speaker(r) == own;
        let was_affected = before.any(|r| r.answer.says_affected() && is_theirs(r));
        Self { was_affected, ..self }
    }

    /// Whether it says that something at the place is not as usual, whatever it says of
    /// the incident: "not affected" may come with "do not come", for another reason.
    pub fn warns(&self) -> bool {
        self.lines.0.iter().any(|(line, setting)| !line.is_national() && setting.state.severity > 0)
    }

    /// Whether, as far as it says, the place is not back to normal when others say that it
    /// is over.
    pub fn goes_on(&self) -> bool {
        self.answer == Answer::Affected || self.warns()
    }

    /// Until when its lines stand: as long as the incident's, and no shorter than any word
    /// that promises nothing else.
    pub fn stands_until(&self, incident: &Incident) -> DateTime<Utc> {
        let own = self.own_end();
        incident.expires_at().map_or(own, |until| until.max(own))
    }

    /// Until when its lines stand by themselves, however late the incident is.
    pub fn own_end(&self) -> DateTime<Utc> {
        self.made_at + DEFAULT_NEXT_UPDATE + GRACE
    }
}

/// An organisation that answered for a place, under the name that it had then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proxy {
    pub code: OrgCode,
    pub name: String,
}

impl Update {
    /// The same as a place repeats it where it tells its own word: no correction, and over
    /// where somebody has said that the place is back to normal, in their name. Who says that
    /// the place is well says it in their own words alone.
    pub fn by_word(&self, said: Option<&Response>) -> Self {
        let is_correction = self.corrects.is_some();
        let back = said.filter(|said| said.answer == Answer::Recovered);
        let by = back.and_then(|said| said.by.as_ref()).map_or(&self.said_by, |by| &by.code);
        Self {
            corrects: None,
            message: match said.filter(|said| said.answer.clears()) {
                Some(said) => said.own_message().cloned(),
                None => self.message.clone().filter(|_| !is_correction),
            },
            lines: back.map_or(&self.lines, |said| &said.lines).clone(),
            stage: if back.is_some() { Stage::Resolved } else { self.stage },
            said_by: by.clone(),
            ..self.clone()
        }
    }
}
