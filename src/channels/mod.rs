//! How messages leave: one file per channel, each with the same three verbs.
//!
//! [`Channels::send`] makes one attempt and says how it ended,
//! [`Channels::look_up`] asks what became of an attempt whose end nobody knows,
//! and [`Channels::check`] tells an operator whether the far side can be
//! reached. Deciding what follows is the courier's work.
//!
//! Nothing here writes to the log, and no reason names a recipient: the
//! libraries' own logging (lettre prints whole sessions, passwords included)
//! is switched off around every call.

mod bluesky;
pub mod cache;
mod discord;
mod domains;
pub mod email;
mod facebook;
mod gate;
mod guard;
mod http;
mod mastodon;
pub mod mirror;
pub mod notify;
mod provider;
mod push;
mod rate;
mod settings;
mod slack;
mod teams;
pub mod twilio;
mod ways;
mod webhook;
mod x;

use std::sync::{Arc, Once};
use std::time::Duration;

use chrono::{DateTime, Utc};
use tracing::Dispatch;
use tracing::instrument::WithSubscriber;

use crate::clock::Clock;
use crate::domain::account::Account;
use crate::domain::channel::Channel;
use crate::domain::delivery::{Address, LookUp, Outcome, Outgoing};

use self::domains::Domains;
use self::email::Email;
use self::guard::Guarded;
use self::http::Web;
use self::notify::Notify;
use self::provider::{Provider, Via};
pub use self::provider::{Seat, Trouble};
use self::push::Push;
use self::rate::Buckets;
pub use self::rate::Rates;
pub use self::settings::{
    ChannelError, NotifySettings, ProviderSettings, PushSettings, RelaySettings, Settings, TwilioSettings,
    WhatsAppSettings,
};
use self::twilio::Twilio;
pub use self::ways::{Held, Way, scope};

/// No attempt takes longer, whatever the far side does. A courier checks before
/// each attempt that its lease outlasts this.
pub const SEND_TIMEOUT: Duration = Duration::from_secs(20);

/// Time for a connection to be made.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// A pause for trouble that passes by itself: refused connections, busy hosts.
const PAUSE_SHORT: Duration = Duration::from_secs(30);
/// A pause for trouble that a person has to end (a wrong password).
const PAUSE_LONG: Duration = Duration::from_secs(15 * 60);

/// Every way out of this process. Cheap to clone; clones share connections.
#[derive(Clone)]
pub struct Channels {
    inner: Arc<Inner>,
}

struct Inner {
    email: Vec<Provider>,
    sms: Vec<Provider>,
    whatsapp: Vec<Provider>,
    domains: Arc<Domains>,
    mastodon: mastodon::Mastodon,
    bluesky: bluesky::Bluesky,
    push: Option<Push>,
    guarded: Guarded,
}

impl Channels {
    /// Checks the settings; opens no connection.
    ///
    /// # Errors
    /// A setting that cannot work, or a machine without CA certificates.
    pub fn new(settings: &Settings) -> Result<Self, ChannelError> {
        init_tls();
        let web = Web::new()?;
        let guarded = Guarded::new(settings.allowed.clone())?;
        let domains = Arc::<Domains>::default();
        let buckets = Buckets::new(settings.rates);
        let all = |channel, list: &[ProviderSettings]| {
            let one = |one: &ProviderSettings| {
                let mut provider = make(channel, one, &web, &settings.clock, &domains)?;
                provider.name.insert_str(0, settings.prefix);
                Ok(provider.with_account(one.account()).within(buckets.of(channel, one)))
            };
            provider::named(list.iter().map(one).collect::<Result<_, _>>()?)
        };
        let inner = Inner {
            email: all(Channel::Email, &settings.email)?,
            sms: all(Channel::Sms, &settings.sms)?,
            whatsapp: all(Channel::WhatsApp, &settings.whatsapp)?,
            mastodon: mastodon::Mastodon::new(guarded.clone()),
            bluesky: bluesky::Bluesky::new(guarded.clone()),
            domains: Arc::clone(&domains),
            push: settings.push.as_ref().map(|s| Push::new(s, guarded.clone())).transpose()?,
            guarded,
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// The providers of a channel, in the order in which they are used; empty
    /// where accounts bring their own.
    fn providers(&self, channel: Channel) -> &[Provider] {
        match channel {
            Channel::Email => &self.inner.email,
            Channel::Sms => &self.inner.sms,
            Channel::WhatsApp => &self.inner.whatsapp,
            _ => &[],
        }
    }

    fn provider(&self, channel: Channel, name: Option<&str>) -> Option<&Provider> {
        let providers = self.providers(channel);
        match name {
            Some(name) => providers.iter().find(|p| p.name == name),
            None => providers.first(),
        }
    }

    /// Whether messages on this channel leave, or are captured.
    pub fn is_live(&self, channel: Channel) -> bool {
        match channel {
            Channel::Push => self.inner.push.is_some(),
            _ => !channel.is_personal() || !self.providers(channel).is_empty(),
        }
    }

    /// Makes one attempt, in at most [`SEND_TIMEOUT`].
    pub async fn send(&self, out: &Outgoing) -> Outcome {
        let attempt = async {
            match &out.to {
                Address::Account(account) => bounded(self.post(out, account)).await,
                Address::Email(to) | Address::Sms(to) | Address::WhatsApp(to) => {
                    match self.provider(out.to.channel(), out.provider.as_deref()) {
                        Some(provider) => provider.send(out, to).await,
                        None => Outcome::Pause { reason: not_there(out), after: PAUSE_LONG },
                    }
                }
                Address::Push(to) => match &self.inner.push {
                    Some(push) => bounded(push.send(out, to)).await,
                    None => Outcome::Pause { reason: not_there(out), after: PAUSE_LONG },
                },
            }
        };
        gate::within(&out.halt, attempt).with_subscriber(Dispatch::none()).await
    }

    /// Asks the provider that had an unclear message what became of it, in at
    /// most [`SEND_TIMEOUT`].
    pub async fn look_up(&self, out: &Outgoing) -> LookUp {
        let question = async {
            match &out.to {
                Address::Account(account) => self.look_up_post(out, account).await,
                Address::Email(to) | Address::Sms(to) | Address::WhatsApp(to) => {
                    match self.provider(out.to.channel(), out.provider.as_deref()) {
                        Some(provider) => provider.look_up(out, to).await,
                        None => LookUp::Down { reason: not_there(out) },
                    }
                }
                // The newest replaces the one before, on the way and on the screen.
                Address::Push(_) => LookUp::Repeatable,
            }
        };
        match tokio::time::timeout(SEND_TIMEOUT, question.with_subscriber(Dispatch::none())).await {
            Ok(answer) => answer,
            Err(_) => LookUp::Down { reason: http::SLOW.into() },
        }
    }

    /// The providers of a channel by name.
    pub fn names(&self, channel: Channel) -> Vec<String> {
        self.providers(channel).iter().map(|p| p.name.clone()).collect()
    }

    /// Whether a provider could send now: reaches the far side and signs in,
    /// sends nothing. Either way one sentence for the operator; `None` when the
    /// settings do not name it.
    pub async fn check(&self, channel: Channel, provider: &str) -> Option<Result<String, String>> {
        let question = self.provider(channel, Some(provider))?.check();
        let answer = tokio::time::timeout(SEND_TIMEOUT, question.with_subscriber(Dispatch::none())).await;
        Some(answer.unwrap_or_else(|_| Err(http::SLOW.into())))
    }

    async fn post(&self, out: &Outgoing, account: &Account) -> Outcome {
        let web = &self.inner.guarded;
        match account {
            Account::Mastodon(a) => self.inner.mastodon.send(out, a).await,
            Account::Bluesky(a) => self.inner.bluesky.send(out, a).await,
            Account::X(a) => x::send(web, out, a).await,
            Account::Facebook(a) => facebook::send(web, out, a).await,
            Account::Slack(a) => slack::send(web, out, a).await,
            Account::Teams(a) => teams::send(web, out, a).await,
            Account::Discord(a) => discord::send(web, out, a).await,
            Account::Webhook(a) => webhook::send(web, out, a).await,
        }
    }

    async fn look_up_post(&self, out: &Outgoing, account: &Account) -> LookUp {
        match account {
            Account::Mastodon(a) => self.inner.mastodon.look_up(out, a).await,
            Account::Facebook(a) => facebook::look_up(&self.inner.guarded, out, a).await,
            // A record is put under our own key, X refuses the same words
            // twice, and receivers of webhooks go by the id.
            Account::Bluesky(_) | Account::X(_) | Account::Webhook(_) => LookUp::Repeatable,
            Account::Slack(_) | Account::Teams(_) | Account::Discord(_) => LookUp::Impossible,
        }
    }

    /// Whether an organisation's account could post now, as far as can be told
    /// without posting. One sentence for its owner, either way.
    pub async fn check_account(&self, account: &Account, now: DateTime<Utc>) -> Result<String, String> {
        let web = &self.inner.guarded;
        let question = async {
            match account {
                Account::Mastodon(a) => self.inner.mastodon.check(a).await,
                Account::Bluesky(a) => self.inner.bluesky.check(a).await,
                Account::X(a) => x::check(web, a, now).await,
                Account::Facebook(a) => facebook::check(web, a).await,
                Account::Slack(a) => slack::check(web, a).await,
                Account::Teams(a) => teams::check(web, a).await,
                Account::Discord(a) => discord::check(web, a).await,
                Account::Webhook(a) => webhook::check(web, a, now).await,
            }
        };
        match tokio::time::timeout(SEND_TIMEOUT, question.with_subscriber(Dispatch::none())).await {
            Ok(answer) => answer,
            Err(_) => Err(http::SLOW.into()),
        }
    }
}

/// A provider as its settings say.
fn make(
    channel: Channel,
    settings: &ProviderSettings,
    web: &Web,
    clock: &Clock,
    domains: &Arc<Domains>,
) -> Result<Provider, ChannelError> {
    let lines = channel.about().lines;
    Ok(match settings {
        ProviderSettings::Relay(relay) => {
            let email = Email::new(relay, Arc::clone(domains))?;
            Provider::new(email.name(), Via::Smtp(Box::new(email)), lines)
        }
        ProviderSettings::Twilio(twilio) => {
            Provider::new("twilio".into(), Via::Twilio(Twilio::new(twilio, web.clone())?), lines)
        }
        ProviderSettings::WhatsApp(whatsapp) => {
            Provider::new("twilio".into(), Via::Twilio(Twilio::whatsapp(whatsapp, web.clone())?), lines)
        }
        ProviderSettings::Notify(notify) => {
            let notify = Notify::new(notify, channel, web.clone(), clock.clone())?;
            Provider::new("notify".into(), Via::Notify(notify), lines)
        }
    })
}

fn not_there(out: &Outgoing) -> String {
    match &out.provider {
        Some(name) => format!("{name} is not in the settings any more."),
        None => format!("{} has no settings.", out.to.channel().label()),
    }
}

/// Bounds an attempt over HTTP. The client gives up sooner by itself; this
/// holds for attempts of several requests.
async fn bounded(attempt: impl Future<Output = Outcome>) -> Outcome {
    match tokio::time::timeout(SEND_TIMEOUT, attempt).await {
        Ok(outcome) => outcome,
        Err(_) => Outcome::Unclear { reason: http::SLOW.into() },
    }
}

/// What the far side is told to call a message: the same for the same words, whatever the
/// attempt, and another for others, or whoever drops repeats would keep what is not so.
fn id(out: &Outgoing) -> String {
    match &out.wording {
        Some(wording) => format!("{}-{wording}", out.delivery),
        None => out.delivery.to_string(),
    }
}

/// What an [`Outcome::Pause`] holds up: the whole channel for people, one
/// account for posts, whose passwords and limits are their own. Holds no secret.
pub fn pause_scope(to: &Address) -> String {
    match to {
        Address::Account(account) => {
            let all = serde_json::to_string(account).unwrap_or_default();
            format!("{} {} {}", account.channel(), account.place(), http::fingerprint(&all))
        }
        _ => to.channel().to_string(),
    }
}

/// Names the cryptography that rustls uses. Has to come before the first TLS
/// connection of the process; more calls do nothing.
pub fn init_tls() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // An error means that somebody was first, with the same effect.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}

#[cfg(test)]
pub(crate) mod tests;
