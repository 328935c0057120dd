//! Accounts that organisations post with: entering, checking, turning off and
//! on. How they fare comes from the courier.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Desk, DeskError, Result};
use crate::domain::account::{self, Account, Health};
use crate::domain::channel::Channel;
use crate::domain::delivery::Outcome;
use crate::domain::org::OrgCode;
use crate::domain::user::{Action, Actor, Door, Role};
use crate::secrets::random;
use crate::store::Tx;
use crate::store::accounts::{self, Account as Row};
use crate::store::audit::{self, Entry};
use crate::store::deliveries::Delivery;

/// What may be shown of an account.
#[derive(Debug, Clone)]
pub struct Shown {
    pub id: Uuid,
    pub channel: Channel,
    pub name: String,
    /// Where it posts, in a few words; empty when the credentials cannot be
    /// read any more.
    pub place: String,
    /// The fields that may be shown, for forms.
    pub open_fields: Vec<(&'static str, String)>,
    pub health: Health,
}

/// What came of entering an account.
#[derive(Debug, Clone)]
pub struct Saved {
    pub id: Uuid,
    /// A new signing secret, to be shown this once.
    pub secret: Option<String>,
}

const NO_ACCOUNT: DeskError = DeskError::NotFound("This account");

impl Desk {
    /// Stores an organisation's credentials, sealed. They are never shown
    /// again; a second call for the same channel and name replaces them, and
    /// the account is turned on.
    pub async fn put_account(
        &self,
        who: &Actor,
        code: &OrgCode,
        channel: &str,
        body: &Value,
    ) -> Result<Saved> {
        let now = self.now();
        let kind = Channel::parse(channel).and_then(|c| c.guide().map(|guide| (c, guide)));
        let (channel, guide) = kind.ok_or(DeskError::NotFound("This kind of channel"))?;
        let entered = account::read(&guide, body, &self.allowed).map_err(DeskError::Invalid)?;
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        directory.get(code).ok_or(DeskError::NotFound("This organisation"))?;
        who.may(Action::Administer, code, &directory)?;
        let before = accounts::named(&mut tx, code, channel, &entered.name).await?;
        let mut stored = json!(entered.fields);
        let mut secret = None;
        if channel == Channel::Webhook {
            // A new address keeps its secret, so that receivers go on.
            let kept = before.as_ref().and_then(|row| self.open_account(row).ok());
            match kept {
                Some(Account::Webhook(old)) => {
                    stored["secret"] = json!(old.secret);
                    stored["old"] = json!(old.old);
                }
                _ => {
                    let new = new_secret()?;
                    stored["secret"] = json!(new);
                    secret = Some(new);
                }
            }
        }
        let account = Account::parse(channel, stored).ok().flatten().ok_or(NO_ACCOUNT)?;
        let id = before.map_or_else(|| self.new_id(), |row| row.id);
        let row = Row {
            id,
            organisation: code.clone(),
            channel,
            name: entered.name,
            credentials_sealed: self.seal_account(id, &account)?,
            health: Health::default(),
        };
        accounts::put(&mut tx, &row, now).await?;
        let detail = json!({"channel": channel, "name": row.name});
        audit::record(&mut tx, who, now, Entry::new("put_account", code, detail)).await?;
        tx.commit().await?;
        Ok(Saved { id, secret })
    }

    /// The accounts that an organisation posts with, without their secrets.
    pub async fn accounts_of(&self, who: &Actor, code: &OrgCode) -> Result<Vec<Shown>> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        directory.get(code).ok_or(DeskError::NotFound("This organisation"))?;
        who.may(Action::Administer, code, &directory)?;
        let found = accounts::of(&mut tx, code).await?;
        Ok(found.into_iter().map(|row| self.shown(row)).collect())
    }

    fn shown(&self, row: Row) -> Shown {
        let account = self.open_account(&row).ok();
        let open_fields = account.as_ref().map(open_fields).unwrap_or_default();
        Shown {
            id: row.id,
            channel: row.channel,
            name: row.name,
            place: account.map(|a| a.place()).unwrap_or_default(),
            open_fields,
            health: row.health,
        }
    }

    /// Those of an organisation that were turned off, for the notice on its
    /// desk.
    pub async fn stopped_accounts(&self, code: &OrgCode) -> Result<Vec<Shown>> {
        let mut tx = self.db.read().await?;
        let found = accounts::of(&mut tx, code).await?;
        Ok(found.into_iter().filter(|a| a.health.stopped_at.is_some()).map(|a| self.shown(a)).collect())
    }

    /// Forgets an organisation's account. What still waits for it is settled when
    /// its turn comes.
    pub async fn remove_account(&self, who: &Actor, code: &OrgCode, id: Uuid) -> Result<()> {
        let now = self.now();
        let (mut tx, row) = self.lock_account(who, code, id).await?;
        accounts::remove(&mut tx, code, id).await?;
        let detail = json!({"channel": row.channel, "name": row.name});
        audit::record(&mut tx, who, now, Entry::new("remove_account", code, detail)).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The account itself, for whoever may check it.
    pub async fn account_to_check(&self, who: &Actor, code: &OrgCode, id: Uuid) -> Result<Account> {
        let (_, row) = self.lock_account(who, code, id).await?;
        self.open_account(&row)
    }

    /// Keeps what a check found. An account that was turned off stays so.
    pub async fn note_check(
        &self,
        who: &Actor,
        code: &OrgCode,
        id: Uuid,
        found: &std::result::Result<String, String>,
    ) -> Result<()> {
        let now = self.now();
        let (mut tx, mut row) = self.lock_account(who, code, id).await?;
        match found {
            Ok(_) => row.health.worked(now),
            Err(why) => row.health.failed(why, now),
        }
        accounts::put_health(&mut tx, id, &row.health).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Turns an account on again.
    pub async fn start_account(&self, who: &Actor, code: &OrgCode, id: Uuid) -> Result<()> {
        let now = self.now();
        let (mut tx, row) = self.lock_account(who, code, id).await?;
        let health = Health { worked_at: row.health.worked_at, ..Health::default() };
        accounts::put_health(&mut tx, id, &health).await?;
        let detail = json!({"channel": row.channel, "name": row.name});
        audit::record(&mut tx, who, now, Entry::new("start_account", code, detail)).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Gives a webhook a new signing secret, to be shown this once. The one
    /// before signs beside it for a day.
    pub async fn rotate_secret(&self, who: &Actor, code: &OrgCode, id: Uuid) -> Result<String> {
        let now = self.now();
        let (mut tx, row) = self.lock_account(who, code, id).await?;
        let Account::Webhook(mut endpoint) = self.open_account(&row)? else {
            return Err(DeskError::Conflict("Only webhooks have a signing secret.".into()));
        };
        let secret = new_secret()?;
        endpoint.rotate(secret.clone(), now);
        let sealed = self.seal_account(id, &Account::Webhook(endpoint))?;
        accounts::reseal(&mut tx, id, &sealed).await?;
        let entry = Entry::new("rotate_secret", code, json!({"name": row.name}));
        audit::record(&mut tx, who, now, entry).await?;
        tx.commit().await?;
        Ok(secret)
    }

    async fn lock_account(&self, who: &Actor, code: &OrgCode, id: Uuid) -> Result<(Tx, Row)> {
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        directory.get(code).ok_or(DeskError::NotFound("This organisation"))?;
        who.may(Action::Administer, code, &directory)?;
        let row = accounts::lock(&mut tx, code, id).await?.ok_or(NO_ACCOUNT)?;
        Ok((tx, row))
    }

    /// What an attempt says about an account: it works, it fails, it has ended.
    /// One that has ended, or that failed for longer than its channel puts up
    /// with, is turned off; its owner sees that on the desk.
    pub async fn note_attempt(
        &self,
        tx: &mut Tx,
        delivery: &Delivery,
        outcome: &Outcome,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let found = accounts::lock(tx, &delivery.organisation, delivery.target).await?;
        let Some(mut row) = found else { return Ok(()) };
        let before = row.health.clone();
        match outcome {
            Outcome::Accepted { .. } => row.health.worked(now),
            // The message's own fault, not the account's.
            Outcome::Never { .. } | Outcome::Stopped => {}
            Outcome::Later { reason, .. }
            | Outcome::Pause { reason, .. }
            | Outcome::SlowDown { reason, .. }
            | Outcome::Gone { reason, .. }
            | Outcome::Unclear { reason } => row.health.failed(reason, now),
        }
        let is_over = matches!(outcome, Outcome::Gone { .. })
            || row.health.is_hopeless(row.channel.about().patience, now);
        if is_over && row.health.stopped_at.is_none() {
            row.health.stopped_at = Some(now);
            let ours = Actor {
                id: Uuid::nil(),
                name: "Signpost".into(),
                organisation: row.organisation.clone(),
                role: Role::Viewer,
                door: Door::Provider,
                speaker: None,
            };
            let detail = json!({"channel": row.channel, "name": row.name, "reason": row.health.trouble});
            audit::record(tx, &ours, now, Entry::new("stop_account", &row.organisation, detail)).await?;
            tracing::warn!(organisation = %row.organisation, channel = %row.channel, "an account was turned off");
        }
        if row.health != before {
            accounts::put_health(tx, row.id, &row.health).await?;
        }
        Ok(())
    }

    /// The account in a row.
    pub fn open_account(&self, row: &Row) -> Result<Account> {
        let broken =
            || DeskError::Conflict("The account’s credentials cannot be read. Enter them again.".into());
        let plain = self.keys.open(row.id, &row.credentials_sealed)?;
        let stored = serde_json::from_slice(&plain).map_err(|_| broken())?;
        Account::parse(row.channel, stored).ok().flatten().ok_or_else(broken)
    }

    fn seal_account(&self, id: Uuid, account: &Account) -> Result<Vec<u8>> {
        let plain = serde_json::to_vec(account).map_err(|e| DeskError::Conflict(e.to_string()))?;
        Ok(self.keys.seal(id, &plain)?)
    }
}

/// A signing secret as Standard Webhooks has it: `whsec_` and 32 random bytes.
fn new_secret() -> Result<String> {
    let bytes: [u8; 32] = random()?;
    Ok(format!("whsec_{}", STANDARD.encode(bytes)))
}

fn open_fields(account: &Account) -> Vec<(&'static str, String)> {
    let (Some(guide), Ok(stored)) = (account.channel().guide(), serde_json::to_value(account)) else {
        return Vec::new();
    };
    let open = guide.fields.iter().filter(|f| matches!(f.kind, account::Kind::Plain | account::Kind::Server));
    open.map(|f| (f.name, stored[f.name].as_str().unwrap_or_default().to_owned())).collect()
}
