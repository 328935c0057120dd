//! Browsers that ask for notifications. Their own permission is the consent, so
//! they are told from the first press on; a greeting shows the person what that
//! looks like, and ends at once what no browser stands behind.

use chrono::{DateTime, Utc};

use super::manage::Managed;
use super::subscribe::{may_send, new_subscriber, unanswered};
use super::{Desk, DeskError, Result};
use crate::domain::message::Message;
use crate::domain::org::{Org, OrgCode};
use crate::domain::push::Subscription;
use crate::domain::subscriber::{Channel, Contact};
use crate::store::subscribers::{self, Subscriber};
use crate::store::{StoreError, Tx};
use crate::words::{self, Locale, Words};

impl Desk {
    /// The key that browsers subscribe with, in base64 for addresses.
    pub fn push_key(&self) -> &str {
        self.keys.push_public()
    }

    /// Asks for notifications about an organisation in one browser.
    ///
    /// # Errors
    /// Addresses that are no push service's, and keys that are none.
    pub async fn subscribe_browser(
        &self,
        code: &OrgCode,
        browser: &Subscription,
        locale: Locale,
    ) -> Result<Managed> {
        let w = words::of(locale);
        if !browser.is_usable(&self.push_services, &self.allowed) {
            return Err(DeskError::field("/device", w.get("device-failed")));
        }
        let now = self.now();
        let mut tx = self.db.write().await?;
        let directory = self.directory(&mut tx).await?;
        let org = directory.get(code).ok_or(DeskError::NotFound("This organisation"))?;
        let new = new_subscriber(Channel::Push, self.browser_hash(&browser.endpoint), now);
        let mut s = subscribers::lock_or_insert(&mut tx, new).await?;
        if s.left_at.is_some() {
            // What they followed before they left stays left.
            subscribers::forget_subscriptions(&mut tx, s.id).await?;
        }
        s.contact_sealed = Some(self.seal_browser(&s, browser)?);
        s.locale = locale.to_string();
        s.confirmed_at = s.confirmed_at.or(Some(now));
        (s.left_at, s.suspended_at) = (None, None);
        self.greet(&mut tx, &mut s, org, w, now).await?;
        subscribers::add_confirmed(&mut tx, s.id, code, now).await?;
        tx.commit().await?;
        self.signals.ring();
        self.manage(&self.keys.token("manage", s.id)).await
    }

    /// Says hello, as seldom as others get codes; keeps what has changed.
    async fn greet(
        &self,
        tx: &mut Tx,
        s: &mut Subscriber,
        org: &Org,
        w: &'static Words,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let greets = may_send(s, now);
        if greets {
            s.codes_unanswered = unanswered(s, now) + 1;
            s.code_sent_at = Some(now);
        }
        subscribers::put(tx, s).await?;
        if greets {
            let message = greeting(org, &self.page_url_in(&org.code, w.locale), w);
            self.queue_for(tx, s, &message, org, now).await?;
        }
        Ok(())
    }

    /// A push service gave a browser another address. Who knows the old one,
    /// which is a secret, speaks for the browser. What cannot be done changes
    /// nothing, and is answered no differently.
    pub async fn renew_browser(&self, old: &str, browser: &Subscription) -> Result<()> {
        if !browser.is_usable(&self.push_services, &self.allowed) {
            return Ok(());
        }
        let hash = self.browser_hash(&browser.endpoint);
        let mut tx = self.db.write().await?;
        let known = subscribers::lock_by_hash(&mut tx, Channel::Push, &self.browser_hash(old)).await?;
        // Who left stays out, and so does what was erased since.
        let Some(s) = known.filter(|s| s.left_at.is_none() && s.contact_sealed.is_some()) else {
            return Ok(());
        };
        let other = subscribers::lock_by_hash(&mut tx, Channel::Push, &hash).await?;
        if other.is_some_and(|other| other.id != s.id) {
            // It has signed up by itself meanwhile.
            return Ok(());
        }
        subscribers::readdress(&mut tx, s.id, &self.seal_browser(&s, browser)?, &hash).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Reads the contact that a browser is.
    pub fn browser(contact: &Contact) -> Result<Subscription> {
        let corrupt = |_| StoreError::Corrupt("a contact".into());
        Ok(serde_json::from_str(&contact.value).map_err(corrupt)?)
    }

    /// A browser is known by its address: its keys may change.
    fn browser_hash(&self, endpoint: &str) -> Vec<u8> {
        self.keys.index(Channel::Push.as_str(), endpoint)
    }

    fn seal_browser(&self, s: &Subscriber, browser: &Subscription) -> Result<Vec<u8>> {
        let json = serde_json::to_vec(browser).map_err(|_| StoreError::Corrupt("a contact".into()))?;
        Ok(self.keys.seal(s.id, &json)?)
    }
}

/// The first notification.
fn greeting(org: &Org, page_url: &str, w: &'static Words) -> Message {
    let text = w.get("tell-you-on-device").to_owned();
    Message {
        organisation: org.name.clone(),
        subject: w.get("you-will-get-updates").into(),
        headline: text.clone(),
        paragraphs: Vec::new(),
        // Only browsers are greeted.
        short: String::new(),
        post: String::new(),
        post_end: String::new(),
        notice: text,
        page_url: page_url.to_owned(),
        lang: w.locale.to_string(),
        is_correction: false,
        facts: None,
    }
}
