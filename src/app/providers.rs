//! What the settings say about the ways out, as the channels take it.

use crate::channels::email::DkimSettings;
use crate::channels::{
    NotifySettings, ProviderSettings, PushSettings, Rates, RelaySettings, Settings, TwilioSettings,
    WhatsAppSettings,
};
use crate::clock::Clock;
use crate::config::{Config, List};
use crate::domain::push::Services;
use crate::secrets::Keyring;

/// The channels that have settings. Without a key file browsers cannot be told.
pub fn channel_settings(config: &Config, clock: &Clock, keys: Option<&Keyring>) -> Settings {
    let twilio = |from: &Option<String>| TwilioSettings {
        base_url: config.sms.twilio.base_url.clone(),
        account_sid: config.sms.twilio.account_sid.clone().unwrap_or_default(),
        auth_token: config.sms.twilio.auth_token.clone().unwrap_or_default(),
        from: from.clone().unwrap_or_default(),
        status_callback: Some(format!("{}/hooks/twilio/status", config.base_url())),
    };
    let notify = NotifySettings {
        base_url: config.notify.base_url.clone(),
        api_key: config.notify.api_key.clone().unwrap_or_default(),
        sms_template: config.notify.sms_template.clone(),
        email_template: config.notify.email_template.clone(),
    };
    let by_email = |url: &String| match url.as_str() {
        "notify" => ProviderSettings::Notify(notify.clone()),
        _ => ProviderSettings::Relay(relay_settings(config, url)),
    };
    let by_sms = |name: &String| match name.as_str() {
        "twilio" => Some(ProviderSettings::Twilio(twilio(&config.sms.twilio.from))),
        "notify" => Some(ProviderSettings::Notify(notify.clone())),
        _ => None,
    };
    let whatsapp = config.whatsapp.from.is_some().then(|| WhatsAppSettings {
        twilio: twilio(&config.whatsapp.from),
        templates: config.whatsapp.templates.clone().unwrap_or_default(),
    });
    Settings {
        allowed: config.webhooks.allow_networks.0.clone(),
        clock: clock.clone(),
        prefix: "",
        rates: Rates {
            notify_per_minute: config.notify.per_minute,
            email_per_minute: config.email.per_minute,
            sms_per_second: config.sms.twilio.per_second,
            whatsapp_per_second: config.whatsapp.per_second,
        },
        email: config.email.url.iter().flat_map(|list| &list.0).map(by_email).collect(),
        sms: config.sms.provider.0.iter().filter_map(by_sms).collect(),
        whatsapp: whatsapp.map(ProviderSettings::WhatsApp).into_iter().collect(),
        push: keys.zip(config.push_subject()).map(|(keys, subject)| PushSettings {
            key: keys.push_secret(),
            subject,
            services: Services::new(&config.push.services.0),
        }),
    }
}

/// The accounts of exercises and tests, where there are any.
pub fn exercise_settings(config: &Config, clock: &Clock) -> Settings {
    let (mail, sms) = (&config.exercise.email, &config.exercise.sms.twilio);
    let relay = |url: &String| {
        let from = mail.from.clone().unwrap_or_default();
        ProviderSettings::Relay(RelaySettings { url: url.clone(), from, ..RelaySettings::default() })
    };
    let twilio = sms.account_sid.as_ref().map(|account_sid| {
        ProviderSettings::Twilio(TwilioSettings {
            base_url: sms.base_url.clone(),
            account_sid: account_sid.clone(),
            auth_token: sms.auth_token.clone().unwrap_or_default(),
            from: sms.from.clone().unwrap_or_default(),
            // Nobody's receipts are mixed with the real ones.
            status_callback: None,
        })
    });
    Settings {
        allowed: config.webhooks.allow_networks.0.clone(),
        clock: clock.clone(),
        prefix: "exercise ",
        rates: Rates::default(),
        email: mail.url.iter().flat_map(|list| &list.0).map(relay).collect(),
        sms: twilio.into_iter().collect(),
        whatsapp: vec![],
        push: None,
    }
}

fn relay_settings(config: &Config, url: &str) -> RelaySettings {
    let email = &config.email;
    let all = |list: &Option<List>| list.clone().unwrap_or_default().0;
    let keys = all(&email.dkim.selector).into_iter().zip(all(&email.dkim.key_file));
    let dkim = email.dkim.domain.iter().flat_map(|domain| {
        keys.clone().map(|(selector, file)| DkimSettings {
            domain: domain.clone(),
            selector,
            key_file: file.into(),
        })
    });
    RelaySettings {
        url: url.to_owned(),
        from: email.from.clone().unwrap_or_default(),
        takes_bounces: email.bounce_secret.is_some(),
        bounce_domain: email.bounce_domain.clone(),
        dkim: dkim.collect(),
    }
}
