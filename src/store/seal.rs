//! The seal at the end of the audit chain: its newest entry, under a key that
//! the database does not hold. Whoever cuts the chain short cannot make another.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::audit::{Flaw, Head, with_hash};
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
    /// Nothing was written yet.
    New,
    /// Nothing was written since there are seals; an older entry.
    Before(Vec<u8>),
    Sealed(Head),
    /// It is not our seal.
    Forged,
}

impl End {
    /// Whether this is the entry that it speaks of.
    pub fn is(&self, seq: i64, hash: &[u8]) -> bool {
        match self {
            Self::Before(known) => known == hash,
            Self::Sealed(head) => head.seq == seq && head.hash == hash,
            Self::New | Self::Forged => false,
        }
    }

    /// Whether an entry after `last` goes on from here.
    pub async fn follows(&self, tx: &mut Tx, last: Option<&Head>) -> Result<bool> {
        Ok(match self {
            Self::New => last.is_none(),
            Self::Before(known) => with_hash(tx, known).await?.is_some(),
            Self::Sealed(head) => last == Some(head),
            Self::Forged => false,
        })
    }

    /// Judges a chain that is whole up to entry `last`, and in which the entry
    /// that this speaks of was found or not.
    pub fn judge(&self, last: i64, meets: bool) -> std::result::Result<(), Flaw> {
        match self {
            Self::New if last > 0 => Err(Flaw::NoSeal),
            Self::Forged => Err(Flaw::Seal),
            Self::Before(_) if !meets => Err(Flaw::Missing(last + 1)),
            Self::Sealed(head) if last < head.seq => Err(Flaw::Missing(last + 1)),
            Self::Sealed(head) if !meets => Err(Flaw::Altered(head.seq)),
            Self::Sealed(head) if last > head.seq => Err(Flaw::Foreign(head.seq + 1)),
            Self::New | Self::Before(_) | Self::Sealed(_) => Ok(()),
        }
    }
}

/// Where the chain ends, as far as that was kept.
pub(super) async fn end(tx: &mut Tx) -> Result<End> {
    let key = tx.seal()?;
    if let Some(sealed) = instance(tx, SEAL).await? {
        return Ok(key.open(&sealed)?.map_or(End::Forged, End::Sealed));
    }
    Ok(instance(tx, BEFORE).await?.map_or(End::New, End::Before))
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
