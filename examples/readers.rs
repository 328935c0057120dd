//! Adds readers for a benchmark (scripts/bench texts): as many as wanted, although
//! there are only a thousand mobile numbers that nobody has (Ofcom's drama range).
//! Several readers share one, so each is kept under a hash that is not its number's.
//!
//!   readers DATABASE KEY_FILE NUMBER ORGANISATION…

use std::path::Path;

use signpost::clock::Clock;
use signpost::domain::org::OrgCode;
use signpost::domain::subscriber::Channel;
use signpost::secrets::Keyring;
use signpost::store::subscribers::{self, Subscriber};
use signpost::store::{Db, Tx};
use uuid::Uuid;

/// So many go into one transaction.
const BATCH: usize = 10_000;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [database, key, number, places @ ..] = args.as_slice() else {
        return Err("readers DATABASE KEY_FILE NUMBER ORGANISATION…".into());
    };
    let places: Vec<OrgCode> = places.iter().filter_map(|code| OrgCode::parse(code)).collect();
    let (db, keys) = (Db::open(database, false).await?, Keyring::load(Path::new(key), false)?);
    let numbers: Vec<usize> = (0..number.parse()?).collect();
    for some in numbers.chunks(BATCH) {
        let mut tx = db.write().await?;
        for n in some {
            add(&mut tx, &keys, *n, &places[n % places.len()]).await?;
        }
        tx.commit().await?;
    }
    db.close().await;
    Ok(())
}

async fn add(
    tx: &mut Tx,
    keys: &Keyring,
    n: usize,
    place: &OrgCode,
) -> Result<(), Box<dyn std::error::Error>> {
    let (id, now) = (Uuid::now_v7(), Clock::system().now());
    let contact = format!("+447700900{:03}", n % 1000);
    let subscriber = Subscriber {
        id,
        channel: Channel::Sms,
        contact_sealed: Some(keys.seal(id, contact.as_bytes())?),
        contact_hash: Some(id.as_bytes().to_vec()),
        locale: "en".into(),
        created_at: now,
        confirmed_at: Some(now),
        left_at: None,
        suspended_at: None,
        code_sent_at: None,
        codes_unanswered: 0,
    };
    subscribers::lock_or_insert(tx, subscriber).await?;
    subscribers::add_confirmed(tx, id, place, now).await?;
    Ok(())
}
