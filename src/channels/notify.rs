//! Text messages and email through GOV.UK Notify (API version 2).
//!
//! The words live in templates of the service's account, made and approved
//! there; ours have one gap, [`FIELD`]. A `reference` is no protection from
//! copies: the same one twice makes two messages. So an attempt whose answer
//! is lost is looked up by its reference before anything is repeated.
//! <https://docs.notifications.service.gov.uk/rest-api.html>

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::Sha256;
use url::Url;
use uuid::Uuid;

use super::email::letter;
use super::http::{self, Answer, Failure, Web};
use super::{ChannelError, NotifySettings, PAUSE_LONG, PAUSE_SHORT};
use crate::clock::Clock;
use crate::domain::delivery::{AddressFault, DeliveryState, LookUp, Outcome, Outgoing};
use crate::domain::subscriber::Channel;

/// Notify's own address, for the settings' default.
pub const PUBLIC_URL: &str = "https://api.notifications.service.gov.uk";
/// The gap that a template has to have: `((message))`.
pub const FIELD: &str = "message";
/// What a text message may hold, the template's own words included.
const MAX_SMS: usize = 918;

pub(super) struct Notify {
    web: Web,
    clock: Clock,
    base: Url,
    service: String,
    secret: String,
    channel: Channel,
    template: String,
}

#[derive(Deserialize)]
struct Created {
    id: String,
}

#[derive(Deserialize)]
struct Listing {
    notifications: Vec<Listed>,
}

#[derive(Deserialize)]
struct Listed {
    id: String,
    #[serde(default)]
    status: String,
}

#[derive(Deserialize)]
struct Template {
    r#type: String,
    #[serde(default)]
    personalisation: serde_json::Map<String, Value>,
}

#[derive(Deserialize)]
struct Refusal {
    errors: Vec<Mistake>,
}

#[derive(Deserialize)]
struct Mistake {
    error: String,
    #[serde(default)]
    message: String,
}

impl Notify {
    /// For text messages or for email.
    ///
    /// # Errors
    /// A setting that cannot work.
    pub(super) fn new(
        settings: &NotifySettings,
        channel: Channel,
        web: Web,
        clock: Clock,
    ) -> Result<Self, ChannelError> {
        let wrong = |key: &str, what: &str| ChannelError(format!("notify.{key} {what}"));
        let base = http::base(&settings.base_url).map_err(|what| wrong("base_url:", &what))?;
        let (service, secret) = read_key(settings.api_key.trim())
            .ok_or_else(|| wrong("api_key", "is not one; copy the whole key from GOV.UK Notify"))?;
        let (key, template) = match channel {
            Channel::Email => ("email_template", &settings.email_template),
            _ => ("sms_template", &settings.sms_template),
        };
        let template = template.as_deref().map(str::trim).and_then(|id| Uuid::parse_str(id).ok());
        let template = template.ok_or_else(|| {
            wrong(key, "has to be the id of a template; copy it from the template's page in GOV.UK Notify")
        })?;
        Ok(Self { web, clock, base, service, secret, channel, template: template.to_string() })
    }

    /// Hands one message over.
    pub(super) async fn send(&self, out: &Outgoing, to: &str) -> Outcome {
        let text = match self.channel {
            Channel::Email => letter::text(out),
            other => out.message.text_for(other),
        };
        if self.channel == Channel::Sms && text.chars().count() > MAX_SMS {
            let reason =
                format!("The text is longer than the {MAX_SMS} characters that GOV.UK Notify takes.");
            return Outcome::Never { reason };
        }
        let mut body = json!({
            "template_id": self.template,
            "personalisation": {FIELD: text},
            "reference": out.delivery.to_string(),
        });
        let kind = match self.channel {
            Channel::Email => {
                body["email_address"] = to.into();
                if let Some(url) = out.leave_url.as_deref().filter(|url| url.starts_with("https://")) {
                    body["one_click_unsubscribe_url"] = url.into();
                }
                "email"
            }
            _ => {
                body["phone_number"] = to.into();
                "sms"
            }
        };
        let url = http::join(&self.base, &["v2", "notifications", kind]);
        match http::ask(self.web.post(url).bearer_auth(self.token()).json(&body)).await {
            Ok(answer) => judge(&answer),
            Err(Failure::NotSent(reason)) => Outcome::Pause { reason, after: PAUSE_SHORT },
            Err(Failure::Lost(reason)) => Outcome::Unclear { reason },
        }
    }

    /// Asks for what was sent under this reference; what failed was told to nobody, or
    /// is that of an attempt before.
    pub(super) async fn look_up(&self, out: &Outgoing) -> LookUp {
        let mut url = http::join(&self.base, &["v2", "notifications"]);
        url.query_pairs_mut().append_pair("reference", &out.delivery.to_string());
        let answer = match http::ask(self.web.get(url).bearer_auth(self.token())).await {
            Ok(answer) => answer,
            Err(Failure::NotSent(reason) | Failure::Lost(reason)) => return LookUp::Down { reason },
        };
        if !answer.is_success() {
            let reason = format!("GOV.UK Notify answered with an error ({}).", answer.status);
            return LookUp::Down { reason };
        }
        let is_it = |n: &Listed| !n.status.ends_with("-failure") && !out.known.contains(&n.id);
        match answer.json::<Listing>().map(|l| l.notifications.into_iter().find(is_it)) {
            Some(Some(found)) => LookUp::Found { reference: found.id },
            Some(None) => LookUp::NotFound,
            None => LookUp::Down { reason: "The list of GOV.UK Notify could not be read.".into() },
        }
    }

    /// Signs in and reads the template: one that lost its gap would be found
    /// out in the middle of an incident.
    pub(super) async fn check(&self) -> Result<String, String> {
        let url = http::join(&self.base, &["v2", "template", &self.template]);
        let answer = match http::ask(self.web.get(url).bearer_auth(self.token())).await {
            Ok(answer) => answer,
            Err(Failure::NotSent(reason) | Failure::Lost(reason)) => return Err(reason),
        };
        if answer.status == 404 {
            return Err(format!("GOV.UK Notify has no template {}.", self.template));
        }
        if !answer.is_success() {
            return Err(match judge(&answer) {
                Outcome::Pause { reason, .. } | Outcome::SlowDown { reason, .. } => reason,
                _ => format!("GOV.UK Notify answered with an error ({}).", answer.status),
            });
        }
        let template: Template = answer.json().ok_or("The template of GOV.UK Notify could not be read.")?;
        let kind = if self.channel == Channel::Email { "email" } else { "sms" };
        let fields: Vec<&String> = template.personalisation.keys().collect();
        if template.r#type != kind {
            return Err(format!("The template is for {}; choose one for {kind}.", template.r#type));
        }
        if fields != [FIELD] {
            return Err(format!("The template has to have one gap, (({FIELD})), and no other."));
        }
        Ok("GOV.UK Notify accepts the key, and the template fits.".into())
    }

    fn token(&self) -> String {
        token(&self.service, &self.secret, self.clock.now())
    }
}

/// The service and the secret of a key, which is NAME-SERVICE-SECRET.
fn read_key(key: &str) -> Option<(String, String)> {
    let (rest, secret) = key.split_at_checked(key.len().checked_sub(36)?)?;
    let rest = rest.strip_suffix('-')?;
    let (_, service) = rest.split_at_checked(rest.len().checked_sub(36)?)?;
    let both = Uuid::parse_str(service).is_ok() && Uuid::parse_str(secret).is_ok();
    both.then(|| (service.to_owned(), secret.to_owned()))
}

/// A JSON web token (RFC 7519), signed with HMAC-SHA256; Notify takes it for
/// 30 seconds.
fn token(service: &str, secret: &str, now: DateTime<Utc>) -> String {
    let encode = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let head = encode(json!({"typ": "JWT", "alg": "HS256"}));
    let signed = format!("{head}.{}", encode(json!({"iss": service, "iat": now.timestamp()})));
    // A key of any length will do, so this is never an error.
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).map(|mut mac| {
        mac.update(signed.as_bytes());
        mac.finalize().into_bytes()
    });
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac.unwrap_or_default()))
}

/// What an answer to a message means. Notify's texts may quote the number, so
/// they are read and not passed on.
fn judge(answer: &Answer) -> Outcome {
    if answer.is_success() {
        return match answer.json::<Created>() {
            Some(created) => Outcome::Accepted { reference: created.id },
            None => Outcome::Unclear { reason: "GOV.UK Notify's answer could not be read.".into() },
        };
    }
    let mistake = answer.json::<Refusal>().and_then(|r| r.errors.into_iter().next());
    let known = mistake.and_then(|m| refused(answer, &m.error, &m.message.to_ascii_lowercase()));
    known.or_else(|| http::common("GOV.UK Notify", answer)).unwrap_or_else(|| Outcome::Later {
        // Not Notify's own words: a proxy on the way, perhaps.
        reason: format!("GOV.UK Notify refused the message ({}).", answer.status),
        after: None,
    })
}

fn refused(answer: &Answer, error: &str, message: &str) -> Option<Outcome> {
    let pause = |reason: &str, after| Some(Outcome::Pause { reason: reason.into(), after });
    let minute = Duration::from_secs(60);
    match (answer.status, error) {
        (401 | 403, _) if message.contains("clock") => pause(
            "The clock of this machine is more than 30 seconds off, so GOV.UK Notify takes nothing. Set the clock.",
            PAUSE_LONG,
        ),
        (401 | 403, _) => {
            pause("GOV.UK Notify does not accept notify.api_key. Check the key in the settings.", PAUSE_LONG)
        }
        (429, "TooManyRequestsError") => {
            pause("GOV.UK Notify's limit for today is used up.", answer.wait(PAUSE_LONG))
                .map(Outcome::by_wish)
        }
        (429, _) => pause("GOV.UK Notify asks us to slow down.", answer.wait(minute)).map(Outcome::by_wish),
        (400, _) if message.contains("character") => {
            Some(Outcome::Never { reason: "The text is too long for GOV.UK Notify.".into() })
        }
        (400, _) if message.contains("team-only") || message.contains("trial mode") => pause(
            "GOV.UK Notify sends to this service's team only. Use a live key, or ask Notify to go live.",
            PAUSE_LONG,
        ),
        (400, _) if message.contains("template") || message.contains("missing personalisation") => {
            pause("GOV.UK Notify does not accept the template in the settings.", PAUSE_LONG)
        }
        (400, "ValidationError") if message.contains("phone_number") || message.contains("email_address") => {
            let reason = "GOV.UK Notify does not accept this number or address.".into();
            Some(Outcome::Gone { reason, fault: AddressFault::Dead })
        }
        (400, _) => Some(Outcome::Never { reason: "GOV.UK Notify refused the message (400).".into() }),
        _ => None,
    }
}

/// What Notify tells us about one message (its "delivery receipt").
#[derive(Debug, Clone, Deserialize)]
pub struct Receipt {
    pub id: String,
    /// Ours: the delivery.
    pub reference: Option<String>,
    pub status: String,
    #[serde(default)]
    pub notification_type: String,
}

impl Receipt {
    /// What it means for the delivery, and for the address; `None` for a status
    /// that is not known.
    pub fn meaning(&self) -> Option<(DeliveryState, Option<String>, Option<AddressFault>)> {
        let failed = |why: &str, fault| {
            Some((DeliveryState::Failed, Some(format!("{why} (GOV.UK Notify, {}).", self.status)), fault))
        };
        match self.status.as_str() {
            "created" | "sending" | "pending" | "sent" => Some((DeliveryState::Accepted, None, None)),
            "delivered" => Some((DeliveryState::Delivered, None, None)),
            "permanent-failure" if self.notification_type == "email" => {
                failed("There is no such mailbox", Some(AddressFault::Dead))
            }
            // A wrong number, or a network that does not want it.
            "permanent-failure" => {
                failed("The network does not take messages to this number", Some(AddressFault::Doubtful))
            }
            "temporary-failure" => failed("The mailbox or phone could not be reached in time", None),
            "technical-failure" => failed("Notify and its supplier lost the connection", None),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
