//! The seal at the end of the audit chain: its newest entry, under a key that
//! the database does not hold. Whoever cuts the chain short cannot make another.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::audit::{Flaw, Head, head};
use super::{Result, StoreError, Tx, instance, on};

/// Where the seal is kept.
const SEAL: &str = "audit_seal";
/// The newest entry's hash when the database was brought up to date from a
/// version without seals (migration 37).
const BEFORE: &str = "audit_before_seals";
const NUMBER: usize = 8;
const HASH: usize = 32;

/// The key, which derives from the key file.
#[derive(Clone, Copy)]
pub struct SealKey([u8; 32]);

impl std::fmt::Debug for SealKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SealKey")
    }
}

impl SealKey {
    pub fn new(key: [u8; 32]) -> Self {
        Self(key)
    }

    fn mac(&self, plain: &[u8]) -> Result<Hmac<Sha256>> {
        let none = |_| StoreError::Corrupt("a key of the wrong length".into());
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).map_err(none)?;
        mac.update(plain);
        Ok(mac)
    }

    fn seal(&self, head: &Head) -> Result<Vec<u8>> {
        let plain = [head.seq.to_be_bytes().as_slice(), &head.hash].concat();
        let mac = self.mac(&plain)?.finalize().into_bytes();
        Ok([plain.as_slice(), mac.as_slice()].concat())
    }

    fn open(&self, sealed: &[u8]) -> Result<Option<Head>> {
        let Some((plain, mac)) = sealed.split_at_checked(NUMBER + HASH) else { return Ok(None) };
        if self.mac(plain)?.verify_slice(mac).is_err() {
            return Ok(None);
        }
        let Some((seq, hash)) = plain.split_first_chunk::<NUMBER>() else { return Ok(None) };
        Ok(Some(Head { seq: i64::from_be_bytes(*seq), hash: hash.to_vec() }))
    }
}

/// What is known of where the chain ends.
pub(super) enum End {
    /// Nothing says where.
    Unsealed,
    Sealed(Head),
    /// It is not our seal.
    Forged,
}

impl End {
    /// Whether this is the entry that it speaks of.
    pub fn is(&self, seq: i64, hash: &[u8]) -> bool {
        matches!(self, Self::Sealed(head) if head.seq == seq && head.hash == hash)
    }

    /// Whether an entry after `last` goes on from here.
    pub fn follows(&self, last: Option<&Head>) -> bool {
        matches!(self, Self::Sealed(head) if last.map_or(head.seq == 0, |last| last == head))
    }

    /// Judges a chain that is whole up to entry `last`, and in which the entry
    /// that this speaks of was found or not.
    pub fn judge(&self, last: i64, meets: bool) -> std::result::Result<(), Flaw> {
        match self {
            Self::Unsealed => Err(Flaw::NoSeal),
            Self::Forged => Err(Flaw::Seal),
            Self::Sealed(head) if last < head.seq => Err(Flaw::Missing(last + 1)),
            Self::Sealed(head) if !meets && head.seq > 0 => Err(Flaw::Altered(head.seq)),
            Self::Sealed(head) if last > head.seq => Err(Flaw::Foreign(head.seq + 1)),
            Self::Sealed(_) => Ok(()),
        }
    }
}

/// Where the chain ends, as far as that was kept.
pub(super) async fn end(tx: &mut Tx) -> Result<End> {
    let key = tx.seal()?;
    let sealed = instance(tx, SEAL).await?;
    Ok(match sealed {
        None => End::Unsealed,
        Some(sealed) => key.open(&sealed)?.map_or(End::Forged, End::Sealed),
    })
}

/// Seals the chain of a new database before its first entry: no chain is ever without a
/// seal, so to take the seal away covers nothing up.
pub async fn begin(tx: &mut Tx) -> Result<()> {
    let is_new = head(tx).await?.is_none() && instance(tx, SEAL).await?.is_none();
    match is_new {
        true => keep(tx, &Head { seq: 0, hash: vec![0; HASH] }).await,
        false => Ok(()),
    }
}

/// Seals a chain that a version began which sealed the first entry and not what was before
/// it: where its newest is still the one that was noted, or there is none. Gives whether it
/// is sealed now. Only for a database that this version has not used yet: the note has no
/// key, so that anybody could write it.
pub async fn bring_up(tx: &mut Tx) -> Result<bool> {
    match (head(tx).await?, instance(tx, BEFORE).await?) {
        _ if instance(tx, SEAL).await?.is_some() => {}
        (Some(head), Some(noted)) if head.hash == noted => keep(tx, &head).await?,
        (None, None) => begin(tx).await?,
        _ => return Ok(false),
    }
    Ok(true)
}

/// Seals the chain at its new end.
pub(super) async fn keep(tx: &mut Tx, head: &Head) -> Result<()> {
    let sealed = tx.seal()?.seal(head)?;
    on!(tx, c => sqlx::query(
        "insert into instance (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value")
        .bind(SEAL).bind(&sealed).execute(c).await.map(|_| ()))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_opens_for_its_key_and_as_it_was_made() {
        let head = Head { seq: 7, hash: vec![9; HASH] };
        let key = SealKey::new([1; 32]);
        let sealed = key.seal(&head).unwrap();
        assert_eq!(key.open(&sealed).unwrap(), Some(head));
        assert_eq!(SealKey::new([2; 32]).open(&sealed).unwrap(), None);
        for n in 0..sealed.len() {
            let mut other = sealed.clone();
            other[n] ^= 1;
            assert_eq!(key.open(&other).unwrap(), None, "{n}");
            assert_eq!(key.open(&sealed[..n]).unwrap(), None, "{n}");
        }
    }
}
