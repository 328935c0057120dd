//! The accounts by which exercises and tests go out. They are never those of
//! the real thing, so that a mistake cannot leave by them (hazard H9).

use super::{Config, List};

/// Without them, messages of exercises and tests are captured.
#[derive(Debug, Clone, confique::Config)]
pub struct Exercise {
    #[config(nested)]
    pub email: Mail,
    #[config(nested)]
    pub sms: Texts,
}

/// As `email`.
#[derive(Clone, confique::Config)]
pub struct Mail {
    #[config(env = "SIGNPOST_EXERCISE__EMAIL__URL")]
    pub url: Option<List>,
    #[config(env = "SIGNPOST_EXERCISE__EMAIL__FROM")]
    pub from: Option<String>,
}

impl std::fmt::Debug for Mail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mail").field("from", &self.from).finish_non_exhaustive()
    }
}

/// Text messages, by an account of their own.
#[derive(Debug, Clone, confique::Config)]
pub struct Texts {
    #[config(nested)]
    pub twilio: Account,
}

/// As `sms.twilio`. Without `account_sid` messages are captured.
#[derive(Clone, confique::Config)]
pub struct Account {
    #[config(default = "https://api.twilio.com", env = "SIGNPOST_EXERCISE__SMS__TWILIO__BASE_URL")]
    pub base_url: String,
    #[config(env = "SIGNPOST_EXERCISE__SMS__TWILIO__ACCOUNT_SID")]
    pub account_sid: Option<String>,
    #[config(env = "SIGNPOST_EXERCISE__SMS__TWILIO__AUTH_TOKEN")]
    pub auth_token: Option<String>,
    #[config(env = "SIGNPOST_EXERCISE__SMS__TWILIO__FROM")]
    pub from: Option<String>,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}

impl Config {
    /// Whether what is there is whole, and not the account of the real thing.
    pub(super) fn check_exercise(&self) -> Result<(), String> {
        let (mail, own) = (&self.exercise.email, &self.exercise.sms.twilio);
        let urls = |list: &Option<List>| list.as_ref().map(|l| l.0.clone()).unwrap_or_default();
        if urls(&mail.url).iter().any(|url| url == "notify") {
            return Err("exercise.email.url is notify. Give a mail relay.".into());
        }
        if mail.url.is_some() && mail.from.is_none() {
            return Err("exercise.email.url is set. Set exercise.email.from too.".into());
        }
        if urls(&mail.url).iter().any(|url| urls(&self.email.url).contains(url)) {
            return Err("exercise.email.url is that of email.url. Use another account.".into());
        }
        if own.account_sid.is_some() && (own.auth_token.is_none() || own.from.is_none()) {
            return Err("exercise.sms.twilio.account_sid is set. Set exercise.sms.twilio.auth_token and \
                 exercise.sms.twilio.from too."
                .into());
        }
        if own.account_sid.is_some() && own.account_sid == self.sms.twilio.account_sid {
            return Err("exercise.sms.twilio.account_sid is that of sms.twilio. Use another account.".into());
        }
        Ok(())
    }
}
