//! What was learned from an incident, once it is over.

use serde_json::json;
use uuid::Uuid;

use super::{Desk, DeskError, Result};
use crate::domain::incident::{MAX_NOTE, Note};
use crate::domain::user::{Action, Actor};
use crate::domain::written::Written;
use crate::store::audit::{self, Entry};
use crate::store::{self, history};

impl Desk {
    /// Writes what was learned. The newest note counts; all stay on record.
    /// Nobody is told: it is for those who look back.
    pub async fn add_note(&self, who: &Actor, incident: Uuid, message: &Written) -> Result<Note> {
        let now = self.now();
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        let found = self.theirs(&mut tx, who, incident, true, &directory).await?;
        let who = &who.acting(Action::Publish, &[&found.declared_by], &directory);
        let mut errors = Vec::new();
        message.check("/message", MAX_NOTE, directory.is_welsh(&who.organisation), &mut errors);
        if !errors.is_empty() {
            return Err(DeskError::Invalid(errors));
        }
        if found.is_open() {
            return Err(DeskError::Conflict(
                "Say first that it is over. Then write what you learned.".into(),
            ));
        }
        let note = Note {
            id: self.new_id(),
            message: message.trimmed(),
            said_by: who.organisation.clone(),
            made_at: now,
        };
        history::add_note(&mut tx, incident, &note, &who.name).await?;
        audit::record(&mut tx, who, now, Entry::new("note", incident, json!({"note": note.id}))).await?;
        store::bump(&mut tx, "situation").await?;
        tx.commit().await?;
        self.signals.ring();
        Ok(note)
    }
}
