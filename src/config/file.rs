//! The settings file: read whatever its name is, and held against the keys that
//! there are.

use std::path::Path;

use super::ConfigError;

/// The text of a settings file; one that nobody named may be missing.
pub fn read(path: &Path, is_named: bool) -> Result<String, ConfigError> {
    let shown = path.display();
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(text),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound && !is_named => Ok(String::new()),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            Err(ConfigError(format!("The settings file {shown} does not exist. Check --config.")))
        }
        Err(e) => Err(ConfigError(format!("The settings file {shown} cannot be read: {e}."))),
    }
}

/// A value that its key cannot take.
pub fn not_usable(path: &Path, text: &str, error: &toml::de::Error) -> ConfigError {
    match key_at(text, error) {
        Some(key) => wrong(path, &format!("cannot be used for {key}"), text, error),
        None => wrong(path, "cannot be used", text, error),
    }
}

/// The key whose value it is about, with its section.
fn key_at(text: &str, error: &toml::de::Error) -> Option<String> {
    let before = text.get(..error.span()?.start)?;
    let key = before.lines().next_back()?.split_once('=')?.0.trim();
    let section = before.lines().rev().find_map(|line| line.trim().strip_prefix('[')?.strip_suffix(']'));
    Some(section.map_or_else(|| key.to_owned(), |section| format!("{section}.{key}")))
}

/// What is wrong with a settings file, and where, in plain sentences.
fn wrong(path: &Path, what: &str, text: &str, error: &toml::de::Error) -> ConfigError {
    let before = error.span().and_then(|s| text.get(..s.start)).unwrap_or_default();
    let line = before.lines().count().max(1) + usize::from(before.ends_with('\n'));
    let (shown, why) = (path.display(), error.message().trim_end_matches('.'));
    ConfigError(format!("The settings file {shown} {what}. Line {line}: {why}."))
}

/// A key that is misspelt would otherwise be a setting that does nothing.
pub fn refuse_unknown_keys(path: &Path, text: &str) -> Result<(), ConfigError> {
    const KNOWN: &[&str] = &[
        "listen",
        "base_url",
        "database_url",
        "secret_key_file",
        "connections",
        "page_memory",
        "snapshot_file",
        "export.url",
        "purge.url",
        "purge.token",
        "purge.token_header",
        "nhs_logo",
        "accessibility_contact",
        "approval.people_above",
        "approval.organisations_above",
        "approval.region_wide",
        "approval.lines_below",
        "delivery.hold_above",
        "delivery.hold_seconds",
        "delivery.watch_seconds",
        "delivery.per_hour",
        "prices.sms_pence",
        "prices.whatsapp_pence",
        "email.url",
        "email.from",
        "email.bounce_secret",
        "email.bounce_domain",
        "email.per_minute",
        "email.dkim.domain",
        "email.dkim.selector",
        "email.dkim.key_file",
        "sms.provider",
        "sms.twilio.base_url",
        "sms.twilio.account_sid",
        "sms.twilio.auth_token",
        "sms.twilio.from",
        "sms.twilio.per_second",
        "whatsapp.from",
        "whatsapp.per_second",
        "notify.base_url",
        "notify.api_key",
        "notify.sms_template",
        "notify.email_template",
        "notify.receipt_token",
        "notify.per_minute",
        "exercise.email.url",
        "exercise.email.from",
        "exercise.sms.twilio.base_url",
        "exercise.sms.twilio.account_sid",
        "exercise.sms.twilio.auth_token",
        "exercise.sms.twilio.from",
        "webhooks.allow_networks",
        "push.services",
        "operator.email",
        "metrics.listen",
    ];
    /// What stands below it is the channel's own to check.
    const OPEN: &str = "whatsapp.templates.";
    let shown = path.display();
    let table: toml::Table = text.parse().map_err(|e| wrong(path, "is not TOML", text, &e))?;
    let mut stack: Vec<(String, toml::Value)> = table.into_iter().collect();
    while let Some((key, value)) = stack.pop() {
        match value {
            toml::Value::Table(inner) => {
                stack.extend(inner.into_iter().map(|(k, v)| (format!("{key}.{k}"), v)))
            }
            _ if KNOWN.contains(&key.as_str()) || key.starts_with(OPEN) => {}
            _ => {
                return Err(ConfigError(format!(
                    "The settings file {shown} has the key {key}, which Signpost does not know. Check its spelling."
                )));
            }
        }
    }
    Ok(())
}
