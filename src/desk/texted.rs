//! What people text back: STOP, START, HELP and STATUS.
//!
//! Whoever asks has the phone in their hand, so nothing needs to be confirmed.

use chrono::Duration;

use super::{Desk, DeskError, Result};
use crate::domain::org::OrgCode;
use crate::domain::subscriber::Channel;
use crate::domain::{message, sms};
use crate::store::subscribers::{self, Subscriber};
use crate::store::{Tx, deliveries, duties, notices};
use crate::words::{self, Locale, Words};

/// For how long after STOP a START brings back what they followed.
pub const STOPPED: Duration = Duration::days(30);
/// How seldom somebody is told how to stop who did not ask.
const HINT: Duration = Duration::hours(1);
/// For how long it is remembered which texts were heard: a provider may hand one over again
/// long after, and what somebody said since must stand.
pub const HEARD: Duration = Duration::days(7);
/// What the notice of such a text begins with.
pub const TEXT: &str = "text ";
/// Places that one answer tells about; the rest is on their page.
const PLACES: usize = 3;

impl Desk {
    /// STOP: nothing more, at once. Unknown numbers are no error. `id` is the provider's of
    /// the text: one that was heard before changes nothing.
    pub async fn leave_by_text(&self, channel: Channel, number: &str, id: &str) -> Result<()> {
        let mut tx = self.db.write().await?;
        if let Some(s) = self.by_number(&mut tx, channel, number).await?
            && self.is_new(&mut tx, id).await?
        {
            self.stop(&mut tx, &s).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// Whether a text is heard for the first time. It is remembered with what it changes.
    async fn is_new(&self, tx: &mut Tx, id: &str) -> Result<bool> {
        let now = self.now();
        Ok(id.is_empty() || notices::take(tx, &format!("{TEXT}{id}"), now, now - HEARD).await?)
    }

    /// The same in words of their own, which no provider confirms. Gives the answer, for
    /// whoever got messages.
    pub async fn leave_in_words(&self, channel: Channel, number: &str, id: &str) -> Result<Option<String>> {
        let mut tx = self.db.write().await?;
        let Some(s) = self.by_number(&mut tx, channel, number).await? else { return Ok(None) };
        if !self.is_new(&mut tx, id).await? {
            return Ok(None);
        }
        self.stop(&mut tx, &s).await?;
        tx.commit().await?;
        let w = spoken(&s);
        Ok(s.is_active().then(|| plain(w, w.get("no-more-messages"))))
    }

    pub(super) async fn stop(&self, tx: &mut Tx, s: &Subscriber) -> Result<()> {
        subscribers::stop(tx, s.id, self.now()).await?;
        deliveries::suppress_target(tx, s.id, "they left", self.now()).await?;
        // No text may follow a STOP, whoever sends it.
        duties::end_all_of(tx, s.id, self.now()).await?;
        Ok(())
    }

    /// START: what they followed before STOP. Gives the answer; none to a text that was heard
    /// before.
    pub async fn return_by_text(&self, channel: Channel, number: &str, id: &str) -> Result<Option<String>> {
        let mut tx = self.db.write().await?;
        let Some(mut s) = self.by_number(&mut tx, channel, number).await? else {
            return Ok(Some(self.nobody(words::english())));
        };
        if !self.is_new(&mut tx, id).await? {
            return Ok(None);
        }
        let w = spoken(&s);
        let follows = subscribers::subscriptions_of(&mut tx, s.id).await?;
        let recent = s.left_at.is_none_or(|left| left + STOPPED > self.now());
        if follows.is_empty() || !recent {
            return Ok(Some(self.nobody(w)));
        }
        if !s.is_active() {
            let number = super::contact::read(channel, number, "", w)
                .map_err(|error| DeskError::Invalid(vec![error]))?;
            s.contact_sealed = Some(self.keys.seal(s.id, number.value.as_bytes())?);
            (s.left_at, s.suspended_at) = (None, None);
            // A stranger may have asked for a code in their name since.
            s.confirmed_at = s.confirmed_at.or(Some(self.now()));
            subscribers::put(&mut tx, &s).await?;
        }
        // Also where it changed nothing: heard again after a STOP, it must not.
        tx.commit().await?;
        Ok(Some(plain(w, w.get("text-started"))))
    }

    /// HELP: how to change or stop the messages. Gives the answer.
    pub async fn help_by_text(&self, channel: Channel, number: &str) -> Result<String> {
        let mut tx = self.db.write().await?;
        match self.by_number(&mut tx, channel, number).await?.filter(Subscriber::is_active) {
            Some(s) => {
                let w = spoken(&s);
                Ok(plain(w, &w.with("text-help", &[("url", (&self.manage_url(s.id)).into())])))
            }
            None => Ok(self.nobody(words::english())),
        }
    }

    /// A sentence that may ask to stop: how to. Gives the answer, for whoever gets
    /// messages, and seldom: two machines must not answer each other for ever.
    pub async fn hint_by_text(&self, channel: Channel, number: &str) -> Result<Option<String>> {
        let (mut tx, now) = (self.db.write().await?, self.now());
        let found = self.by_number(&mut tx, channel, number).await?.filter(Subscriber::is_active);
        let Some(s) = found else { return Ok(None) };
        if !notices::take(&mut tx, &format!("hint {}", s.id), now, now - HINT).await? {
            return Ok(None);
        }
        tx.commit().await?;
        let w = spoken(&s);
        Ok(Some(plain(w, &w.with("text-help", &[("url", (&self.manage_url(s.id)).into())]))))
    }

    /// STATUS: of each place that they follow the answer and what is not as usual, as its
    /// page says it now. Gives the answer.
    pub async fn status_by_text(
        &self,
        channel: Channel,
        number: &str,
        says: impl Fn(&OrgCode, &'static Words) -> Option<(String, Vec<String>)>,
    ) -> Result<String> {
        let mut tx = self.db.write().await?;
        let Some(s) = self.by_number(&mut tx, channel, number).await?.filter(Subscriber::is_active) else {
            return Ok(self.nobody(words::english()));
        };
        let w = spoken(&s);
        let directory = self.directory(&mut tx).await?;
        let codes = subscribers::subscriptions_of(&mut tx, s.id).await?;
        let mut lines: Vec<String> = Vec::new();
        for code in codes.iter().take(PLACES) {
            let (Some(org), Some((answer, wrong))) = (directory.get(code), says(code, w)) else { continue };
            let url = self.page_url_in(code, w.locale);
            lines.push(message::with_all(&org.name, &answer, &wrong, "", &url, w.locale));
        }
        if codes.len() > PLACES {
            lines.push(w.with("full-information-at", &[("url", (&self.manage_url(s.id)).into())]));
        }
        Ok(if lines.is_empty() { self.nobody(w) } else { plain(w, &lines.join("\n")) })
    }

    async fn by_number(&self, tx: &mut Tx, channel: Channel, number: &str) -> Result<Option<Subscriber>> {
        let Ok(contact) = super::contact::read(channel, number, "", words::english()) else {
            return Ok(None);
        };
        let hash = self.keys.index(channel.as_str(), &contact.value);
        Ok(subscribers::lock_by_hash(tx, channel, &hash).await?)
    }

    fn nobody(&self, w: &'static Words) -> String {
        plain(w, &w.with("text-nobody", &[("url", (&*self.base_url).into())]))
    }
}

fn spoken(s: &Subscriber) -> &'static Words {
    words::of(Locale::parse(&s.locale).unwrap_or_default())
}

/// As a text message is written: in the GSM alphabet where the language can be.
pub(super) fn plain(w: &Words, text: &str) -> String {
    if w.locale.is_latin() { sms::to_gsm(text) } else { words::without_marks(text) }
}
