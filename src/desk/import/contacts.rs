//! Contact points of staff on duty, from a file.

use serde_json::json;

use super::{File, Reject, Report, rows};
use crate::desk::duties::{self, DutyDraft};
use crate::desk::{Desk, Result};
use crate::domain::org::{Directory, OrgCode};
use crate::domain::subscriber::Contact;
use crate::domain::user::Actor;
use crate::store::audit::{self, Entry};

impl Desk {
    /// Reads whom to ask at which site: `organisation,contact,channel,label`. A
    /// contact that is there gets the new label; nobody is taken off duty.
    pub async fn import_contacts(&self, who: &Actor, file: &File) -> Result<Report> {
        let (rows, mut report) = rows(file, &["organisation", "contact", "channel", "label"])?;
        let now = self.now();
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        for (line, row) in rows {
            match read_contact(&row, &directory) {
                Ok((code, contact, label)) => {
                    let new = self.put_duty(&mut tx, &contact, &code, &label, now).await?;
                    report.added += usize::from(new);
                }
                Err(reason) => report.rejects.push(Reject { file: file.name.clone(), line, reason }),
            }
        }
        if report.added > 0 {
            let entry = Entry::new("import_contacts", "contacts", json!({"added": report.added}));
            audit::record(&mut tx, who, now, entry).await?;
        }
        tx.commit().await?;
        Ok(report)
    }
}

/// The mistakes name no contact: rejects end up in logs.
fn read_contact(
    row: &csv::StringRecord,
    directory: &Directory,
) -> std::result::Result<(OrgCode, Contact, String), String> {
    let text = |n: usize| row.get(n).unwrap_or_default().trim();
    let code = OrgCode::parse(text(0)).ok_or_else(|| format!("\"{}\" is not a code", text(0)))?;
    directory.get(&code).ok_or_else(|| format!("there is no organisation {code}"))?;
    let draft =
        DutyDraft { contact: text(1).to_owned(), channel: text(2).to_owned(), label: text(3).to_owned() };
    let (contact, label) =
        duties::read(&draft).map_err(|errors| match errors.first().map_or("", |e| e.pointer.as_str()) {
            "/channel" => format!("\"{}\" is not a channel; use email or sms", text(2)),
            "/label" => "it has no label, or a long one".to_owned(),
            _ if text(2) == "sms" => "the contact is not a UK mobile number".to_owned(),
            _ => "the contact is not an email address".to_owned(),
        })?;
    Ok((code, contact, label))
}
