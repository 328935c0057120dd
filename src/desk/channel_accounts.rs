//! Accounts that organisations post with.

use serde_json::{Value, json};

use super::{Desk, DeskError, Result};
use crate::domain::FieldError;
use crate::domain::delivery::{Address, BlueskyAccount, MastodonAccount};
use crate::domain::org::OrgCode;
use crate::domain::subscriber::Channel;
use crate::domain::user::{Action, Actor};
use crate::store::accounts::{self, Account};
use crate::store::audit::{self, Entry};

/// What may be shown of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShownAccount {
    Mastodon { base_url: String },
    Bluesky { service: String, identifier: String },
}

fn shown(address: Address) -> Option<ShownAccount> {
    match address {
        Address::Mastodon(a) => Some(ShownAccount::Mastodon { base_url: a.base_url }),
        Address::Bluesky(a) => Some(ShownAccount::Bluesky { service: a.service, identifier: a.identifier }),
        Address::Email(_) | Address::Sms(_) | Address::WhatsApp(_) => None,
    }
}

impl Desk {
    /// Stores an organisation's credentials, sealed. They are never shown
    /// again; a second call replaces them.
    pub async fn put_account(&self, who: &Actor, code: &OrgCode, channel: &str, body: &Value) -> Result<()> {
        let now = self.now();
        let channel = Channel::parse(channel).filter(|c| !c.is_personal());
        let channel = channel.ok_or(DeskError::NotFound("This kind of channel"))?;
        let address = read_account(channel, body)?;
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        directory.get(code).ok_or(DeskError::NotFound("This organisation"))?;
        who.may(Action::Administer, code, &directory)?;
        let id = accounts::id_of(&mut tx, code, channel).await?.unwrap_or_else(|| self.new_id());
        let plain = match &address {
            Address::Mastodon(a) => serde_json::to_vec(a),
            Address::Bluesky(a) => serde_json::to_vec(a),
            Address::Email(_) | Address::Sms(_) | Address::WhatsApp(_) => {
                return Err(DeskError::NotFound("This kind of channel"));
            }
        };
        let plain = plain.map_err(|e| DeskError::Conflict(e.to_string()))?;
        let account = Account {
            id,
            organisation: code.clone(),
            channel,
            credentials_sealed: self.keys.seal(id, &plain)?,
        };
        accounts::put(&mut tx, &account, now).await?;
        audit::record(&mut tx, who, now, Entry::new("put_account", code, json!({"channel": channel})))
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// The accounts that an organisation posts with, without their secrets.
    pub async fn accounts_of(&self, who: &Actor, code: &OrgCode) -> Result<Vec<ShownAccount>> {
        let mut tx = self.db.read().await?;
        let directory = self.directory(&mut tx).await?;
        who.may(Action::Administer, code, &directory)?;
        let found = accounts::of(&mut tx, code).await?;
        // Credentials that cannot be read any more are as good as none.
        Ok(found.iter().filter_map(|a| self.open_account(a).ok()).filter_map(shown).collect())
    }

    /// Forgets an organisation's account on a channel.
    pub async fn remove_account(&self, who: &Actor, code: &OrgCode, channel: Channel) -> Result<()> {
        let now = self.now();
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        who.may(Action::Administer, code, &directory)?;
        if !accounts::remove(&mut tx, code, channel).await? {
            return Err(DeskError::NotFound("This account"));
        }
        let entry = Entry::new("remove_account", code, json!({"channel": channel}));
        audit::record(&mut tx, who, now, entry).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The address that an account posts to.
    pub fn open_account(&self, account: &Account) -> Result<Address> {
        let plain = self.keys.open(account.id, &account.credentials_sealed)?;
        let broken =
            |_| DeskError::Conflict("The account's credentials cannot be read. Enter them again.".into());
        Ok(match account.channel {
            Channel::Mastodon => Address::Mastodon(serde_json::from_slice(&plain).map_err(broken)?),
            Channel::Bluesky => Address::Bluesky(serde_json::from_slice(&plain).map_err(broken)?),
            Channel::Email | Channel::Sms | Channel::WhatsApp => {
                return Err(DeskError::NotFound("This kind of channel"));
            }
        })
    }
}

fn read_account(channel: Channel, body: &Value) -> Result<Address> {
    let wrong =
        |e: serde_json::Error| DeskError::field("", format!("The credentials are not complete: {e}."));
    let (address, server, at, secrets) = match channel {
        Channel::Mastodon => {
            let account: MastodonAccount = serde_json::from_value(body.clone()).map_err(wrong)?;
            let server = account.base_url.clone();
            let secrets = vec![("/access_token", "Enter the access token.", account.access_token.clone())];
            (Address::Mastodon(account), server, "/base_url", secrets)
        }
        _ => {
            let account: BlueskyAccount = serde_json::from_value(body.clone()).map_err(wrong)?;
            let server = account.service.clone();
            let secrets = vec![
                ("/identifier", "Enter the handle of the account.", account.identifier.clone()),
                ("/app_password", "Enter the app password.", account.app_password.clone()),
            ];
            (Address::Bluesky(account), server, "/service", secrets)
        }
    };
    let mut errors = Vec::new();
    let fine = url::Url::parse(&server).is_ok_and(|u| {
        let local = matches!(u.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        u.host_str().is_some() && (u.scheme() == "https" || (u.scheme() == "http" && local))
    });
    if !fine {
        errors.push(FieldError::new(at, "Enter the server's address, starting with https://."));
    }
    let missing = secrets.iter().filter(|(.., value)| value.trim().is_empty());
    errors.extend(missing.map(|(at, detail, _)| FieldError::new(*at, *detail)));
    if errors.is_empty() { Ok(address) } else { Err(DeskError::Invalid(errors)) }
}
