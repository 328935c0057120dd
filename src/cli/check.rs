//! `signpost check`: what the settings mean, and what can be reached.

use anyhow::{Result, bail};

use super::print;
use crate::app::{catalogue, channel_settings, exercise_settings, look_at_keys};
use crate::channels::{Channels, Settings, scope};
use crate::clock::Clock;
use crate::config::Config;
use crate::desk::passkeys::RelyingParty;
use crate::domain::delivery::Pause;
use crate::domain::push::Services;
use crate::domain::subscriber::Channel;
use crate::store::{Db, pauses};

/// Prints a line for each part. Sends nothing and changes nothing.
pub async fn run(config: &Config) -> Result<()> {
    print(format_args!("Pages and screens: {} (listens on {})", config.base_url(), config.listen));
    let mut wrong = 0;
    let mut say = |part: &str, result: Result<String, String>| match result {
        Ok(text) => print(format_args!("{part}: {text}")),
        Err(text) => {
            wrong += 1;
            print(format_args!("{part}: NOT WORKING. {text}"));
        }
    };
    say("Database", database(config).await);
    let (key, keys) = (config.key_file(), look_at_keys(config).await);
    say(
        "Key file",
        match &keys {
            Ok(Some(_)) => Ok(key.display().to_string()),
            Ok(None) => Ok(format!("{} will be made on the first start", key.display())),
            Err(error) => Err(error.to_string()),
        },
    );
    let keys = keys.ok().flatten();
    say("Catalogue", catalogue().map(|c| format!("{} systems", c.iter().count())).map_err(|e| e.to_string()));
    let passkeys = RelyingParty::new(&config.base_url()).is_there();
    say(
        "Passkeys",
        Ok(if passkeys { "offered" } else { "not offered, because base_url has no domain name" }.into()),
    );
    say(
        "Addresses that users enter",
        Ok(match config.webhooks.allow_networks.0.to_string() {
            none if none.is_empty() => "the internet only, with https".into(),
            networks => format!("the internet with https, and {networks}"),
        }),
    );
    let clock = Clock::system();
    let live = channel_settings(config, &clock, keys.as_ref());
    let exercises = exercise_settings(config, &clock);
    let pauses = waiting(config).await;
    let mut misuse = None;
    let mut open = |what: &str, settings| match Channels::new(settings) {
        Ok(channels) => Some(channels),
        Err(error) => {
            say(what, Err(error.to_string()));
            misuse = Some(error);
            None
        }
    };
    let real = open("Channels", &live);
    let practised = open("Channels for exercises", &exercises);
    let real = Channel::typed().filter_map(|c| real.as_ref().map(|all| (c, all, "")));
    let of_exercises = [Channel::Email, Channel::Sms].into_iter();
    let of_exercises = of_exercises.filter_map(|c| practised.as_ref().map(|all| (c, all, ", for exercises")));
    for (channel, channels, what) in real.chain(of_exercises) {
        let names = channels.names(channel);
        if names.is_empty() {
            say(
                &format!("{}{what}", channel.label()),
                Ok("captured: messages are kept for staff to read, and none is sent".into()),
            );
        }
        for (n, name) in names.iter().enumerate() {
            let Some(answer) = channels.check(channel, name).await else { continue };
            let turn = if n == 0 { String::new() } else { format!(", if those before it fail ({})", n + 1) };
            say(&format!("{} by {name}{turn}", channel.label()), answer);
            for pause in pauses.iter().filter(|p| p.scope == scope(channel, name)) {
                let until = pause.until.format("%Y-%m-%d %H:%M UTC");
                say("  it waits", Ok(format!("until {until}. {}", pause.reason)));
            }
        }
    }
    if !live.sms.is_empty() {
        say("Leaving by text", Ok(leaving(&live).into()));
    }
    for (part, text) in the_rest(config) {
        say(part, Ok(text));
    }
    if let Some(error) = misuse {
        return Err(error.into());
    }
    if wrong > 0 {
        bail!("{wrong} part(s) not working.");
    }
    Ok(())
}

/// Providers that wait, as the couriers have noted; nothing without a database.
async fn waiting(config: &Config) -> Vec<Pause> {
    let Ok(db) = Db::open(&config.database_url, false).await else { return Vec::new() };
    let Ok(mut tx) = db.read().await else { return Vec::new() };
    pauses::all(&mut tx).await.unwrap_or_default()
}

/// What becomes of notifications. Push services answer to nothing but messages,
/// so none is asked.
fn browsers(config: &Config) -> String {
    match config.push_subject() {
        Some(subject) => format!("sent as {subject}, by {}", Services::new(&config.push.services.0)),
        None => "captured: set operator.email, or begin base_url with https".into(),
    }
}

/// How readers of text messages leave.
fn leaving(settings: &Settings) -> &'static str {
    if settings.texts_take_replies() {
        return "readers reply STOP; Twilio has to call the address for texts that people send, below";
    }
    "readers cannot reply, so each text message ends with a link of their own and may take another part; \
     send from a number, by Twilio alone, to take STOP"
}

/// Who is told when messages are late.
fn operator(config: &Config) -> String {
    match &config.operator.email {
        Some(email) => format!("the log says it, and {email} is told"),
        None => "the log says it; set operator.email to be told by email".into(),
    }
}

/// What nobody is asked about: browsers, the operator, and where providers tell
/// us what became of messages.
fn the_rest(config: &Config) -> Vec<(&'static str, String)> {
    let at = |path: &str| format!("{}{path}", config.base_url());
    let mut all =
        vec![(Channel::Push.label(), browsers(config)), ("Messages that are late", operator(config))];
    if config.email.url.is_some() {
        all.push(match &config.email.bounce_secret {
            Some(_) => ("Bounces", format!("are taken at {}", at("/hooks/email/bounce"))),
            None => ("Bounces", "are not taken; set email.bounce_secret to take them".into()),
        });
    }
    if config.sms.twilio.auth_token.is_some() {
        let (status, inbound) = (at("/hooks/twilio/status"), at("/hooks/twilio/inbound"));
        all.push(("Twilio's callbacks", format!("{status}, and for texts that people send {inbound}")));
    }
    if config.notify.api_key.is_some() {
        all.push(match &config.notify.receipt_token {
            Some(_) => ("Notify's receipts", format!("are taken at {}", at("/hooks/notify/receipt"))),
            None => ("Notify's receipts", "are not taken; set notify.receipt_token to take them".into()),
        });
    }
    all
}

async fn database(config: &Config) -> Result<String, String> {
    if let Some(file) = config.database_file().filter(|f| !f.exists()) {
        return Ok(format!("{} will be made on the first start", file.display()));
    }
    let db = Db::open(&config.database_url, false).await.map_err(|e| e.to_string())?;
    db.ping().await.map_err(|e| e.to_string())?;
    Ok(match db {
        Db::Sqlite { .. } => "SQLite, reached".into(),
        Db::Postgres { .. } => "Postgres, reached".into(),
    })
}
