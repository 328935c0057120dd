//! Somebody's own subscriptions: seeing them, and leaving.

use uuid::Uuid;

use super::{Desk, DeskError, Result};
use crate::domain::message::Message;
use crate::domain::org::OrgCode;
use crate::domain::subscriber::{Channel, Contact, Services};
use crate::store::subscribers::{self, Subscriber};
use crate::store::{StoreError, Tx, deliveries};
use crate::words::Locale;

/// Somebody's own subscriptions.
#[derive(Debug, Clone)]
pub struct Managed {
    pub token: String,
    /// The language of their messages.
    pub locale: Locale,
    pub channel: Channel,
    pub masked: String,
    /// Each with its name, and the services of it that they chose.
    pub organisations: Vec<(OrgCode, String, Services)>,
}

impl Desk {
    /// The token of somebody's own page, as links in messages carry it.
    pub fn manage_url(&self, subscriber: Uuid) -> String {
        format!("{}/s/{}", self.base_url, self.keys.token("manage", subscriber))
    }

    /// Where text messages cannot be replied to, the words end with a link to stop
    /// them. Until they leave it is nobody's, and as long as anybody's.
    pub(super) fn with_way_out(&self, mut message: Message) -> Message {
        if self.stops_by_link {
            let w = message.words();
            let stop = w.with("stop-texts-at", &[("url", (&self.manage_url(Uuid::nil())).into())]);
            message.short = format!("{} {}", message.short, super::texted::plain(w, &stop));
        }
        message
    }

    /// The same words with the link of their reader.
    pub fn fill_way_out(&self, mut message: Message, subscriber: Uuid) -> Message {
        message.short = message.short.replace(&self.manage_url(Uuid::nil()), &self.manage_url(subscriber));
        message
    }

    /// What somebody subscribes to.
    pub async fn manage(&self, token: &str) -> Result<Managed> {
        let id = self.keys.read_token("manage", token).ok_or(DeskError::NotFound("This link"))?;
        let mut tx = self.db.read().await?;
        let subscriber = subscribers::find(&mut tx, id).await?.ok_or(DeskError::NotFound("This link"))?;
        let directory = self.directory(&mut tx).await?;
        let codes = match subscriber.left_at {
            Some(_) => Vec::new(),
            None => subscribers::services_of(&mut tx, id).await?,
        };
        let name = |c: &OrgCode| directory.name_of(c);
        let masked = match &subscriber.contact_sealed {
            Some(sealed) => self.contact(&subscriber, sealed)?.masked(),
            None => String::new(),
        };
        Ok(Managed {
            token: token.to_owned(),
            locale: Locale::parse(&subscriber.locale).unwrap_or_default(),
            channel: subscriber.channel,
            masked,
            organisations: codes.into_iter().map(|(c, services)| (c.clone(), name(&c), services)).collect(),
        })
    }

    /// Opens a stored contact.
    pub fn contact(&self, subscriber: &Subscriber, sealed: &[u8]) -> Result<Contact> {
        let plain = self.keys.open(subscriber.id, sealed)?;
        let value = String::from_utf8(plain).map_err(|_| StoreError::Corrupt("a contact".into()))?;
        Ok(Contact { channel: subscriber.channel, value })
    }

    /// Writes to somebody in another language from now on.
    pub async fn speak(&self, token: &str, locale: Locale) -> Result<Managed> {
        let gone = || DeskError::NotFound("This link");
        let id = self.keys.read_token("manage", token).ok_or_else(gone)?;
        let mut tx = self.db.write().await?;
        let mut subscriber = subscribers::lock(&mut tx, id).await?.ok_or_else(gone)?;
        subscriber.locale = locale.to_string();
        subscribers::put(&mut tx, &subscriber).await?;
        tx.commit().await?;
        self.manage(token).await
    }

    /// Stops messages about one organisation; about all when it was the last.
    pub async fn unsubscribe_from(&self, token: &str, code: &OrgCode) -> Result<Managed> {
        let id = self.keys.read_token("manage", token).ok_or(DeskError::NotFound("This link"))?;
        let mut tx = self.db.write().await?;
        subscribers::lock(&mut tx, id).await?.ok_or(DeskError::NotFound("This link"))?;
        subscribers::remove_subscription(&mut tx, id, code, self.now()).await?;
        if subscribers::subscriptions_of(&mut tx, id).await?.is_empty() {
            self.end(&mut tx, id).await?;
        }
        tx.commit().await?;
        self.manage(token).await
    }

    /// Stops all messages, at once. Pressing twice is no error.
    pub async fn leave(&self, token: &str) -> Result<()> {
        let id = self.keys.read_token("manage", token).ok_or(DeskError::NotFound("This link"))?;
        let mut tx = self.db.write().await?;
        subscribers::lock(&mut tx, id).await?.ok_or(DeskError::NotFound("This link"))?;
        self.end(&mut tx, id).await?;
        tx.commit().await?;
        Ok(())
    }

    pub(super) async fn end(&self, tx: &mut Tx, id: Uuid) -> Result<()> {
        let now = self.now();
        subscribers::leave(tx, id, now).await?;
        deliveries::suppress_target(tx, id, "they left", now).await?;
        Ok(())
    }
}
