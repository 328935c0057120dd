//! The key file, and the database that it belongs to.

use anyhow::{Context, Result, bail};

use super::without_secrets;
use crate::config::Config;
use crate::secrets::Keyring;
use crate::store::seal::{self, SealKey};
use crate::store::{self, Db};

/// Where the database keeps which key it is used with.
const FINGERPRINT: &str = "key_fingerprint";

/// Seals the audit chain of a database that an earlier version began, once.
async fn seal_older(db: &Db, keys: &Keyring) -> Result<()> {
    let mut tx = db.clone().sealed_with(SealKey::new(keys.chain())).write().await?;
    if seal::bring_up(&mut tx).await? {
        let (older, now) = (keys.older_fingerprint(), keys.fingerprint());
        store::replace_instance(&mut tx, FINGERPRINT, &older, &now).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Looks at the key file and makes nothing; `None` where a first start will make
/// one.
pub async fn look_at_keys(config: &Config) -> Result<Option<Keyring>> {
    let mut known = None;
    if let Ok(db) = Db::open(&config.database_url, false).await
        && let Ok(mut tx) = db.read().await
    {
        known = store::instance(&mut tx, FINGERPRINT).await.unwrap_or_default();
    }
    let path = config.key_file();
    if known.is_none() && !path.exists() {
        return Ok(None);
    }
    let keys = Keyring::load(&path, false)?;
    match known {
        Some(known) if ![keys.fingerprint(), keys.older_fingerprint()].contains(&known) => {
            Err(crate::secrets::KeyError::Wrong(path.display().to_string()).into())
        }
        _ => Ok(Some(keys)),
    }
}

/// Opens the key file. It is made only for a database that has never been used
/// with one, and only if it `may_be_new`; any other must be used with its own.
pub(super) async fn open_keys(config: &Config, db: &Db, may_be_new: bool) -> Result<Keyring> {
    let mut tx = db.write().await?;
    let unused = || {
        let url = without_secrets(&config.database_url);
        format!("Signpost has never used the database {url}. Check that database_url is right")
    };
    let known = store::instance(&mut tx, FINGERPRINT).await.with_context(unused)?;
    if known.is_none() && !may_be_new {
        bail!("{}.", unused());
    }
    let path = config.key_file();
    let keys = Keyring::load(&path, known.is_none())?;
    match known {
        Some(fingerprint) if fingerprint == keys.fingerprint() => {}
        Some(older) if older == keys.older_fingerprint() => {
            drop(tx);
            if may_be_new {
                seal_older(db, &keys).await?;
            }
        }
        Some(_) => return Err(crate::secrets::KeyError::Wrong(path.display().to_string()).into()),
        None => {
            // Two first starts at once: the first one's key counts for both.
            let first = store::first_instance(&mut tx, FINGERPRINT, &keys.fingerprint()).await?;
            tx.commit().await?;
            if first != keys.fingerprint() {
                return Err(crate::secrets::KeyError::Wrong(path.display().to_string()).into());
            }
        }
    }
    Ok(keys)
}
