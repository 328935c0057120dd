//! `signpost check`: what the settings mean, and what can be reached.

use anyhow::{Result, bail};

use crate::app::{catalogue, channel_settings};
use crate::channels::Channels;
use crate::config::Config;
use crate::desk::passkeys::RelyingParty;
use crate::domain::subscriber::Channel;
use crate::secrets::Keyring;
use crate::store::Db;

/// Prints a line for each part. Sends nothing and changes nothing.
pub async fn run(config: &Config) -> Result<()> {
    println!("Pages and screens: {} (listens on {})", config.base_url(), config.listen);
    let mut wrong = 0;
    let mut say = |part: &str, result: Result<String, String>| match result {
        Ok(text) => println!("{part}: {text}"),
        Err(text) => {
            wrong += 1;
            println!("{part}: NOT WORKING. {text}");
        }
    };
    say("Database", database(config).await);
    let key = config.key_file();
    say(
        "Key file",
        match Keyring::load(&key, false) {
            Ok(_) => Ok(key.display().to_string()),
            Err(_) if !key.exists() => Ok(format!("{} will be made on the first start", key.display())),
            Err(error) => Err(error.to_string()),
        },
    );
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
    let channels = Channels::new(&channel_settings(config))?;
    for channel in Channel::personal() {
        if channels.is_live(channel) {
            say(channel.label(), channels.check(channel).await);
        } else {
            say(
                channel.label(),
                Ok("captured: messages are kept for staff to read, and none is sent".into()),
            );
        }
    }
    if wrong > 0 {
        bail!("{wrong} part(s) not working.");
    }
    Ok(())
}

async fn database(config: &Config) -> Result<String, String> {
    let db = Db::open(&config.database_url, false).await.map_err(|e| e.to_string())?;
    db.ping().await.map_err(|e| e.to_string())?;
    Ok(match db {
        Db::Sqlite { .. } => "SQLite, reached".into(),
        Db::Postgres(_) => "Postgres, reached".into(),
    })
}
