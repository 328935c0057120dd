//! Sealing of contacts and credentials, and tokens that need no table.
//!
//! Everything derives from one file of 32 random bytes. A database without it
//! holds no address and no number.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use p256::SecretKey;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use uuid::Uuid;

/// The first byte of a sealed value: which key sealed it.
const KEY_NUMBER: u8 = 1;
const NONCE: usize = 24;

/// Why a key file could not be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error(
        "The key file {0} is missing, but the database has been used with one. \
         Put the file back, or set secret_key_file to where it is. \
         A new key could not read the contacts that are stored."
    )]
    Missing(String),
    #[error("The key file {0} must hold exactly 32 bytes; it holds {1}. Restore it from a backup.")]
    Size(String, usize),
    #[error("The key file {0} is not the one that this database was used with. Restore the right one.")]
    Wrong(String),
    #[error("The key file {0} could not be read or written: {1}.")]
    Io(String, std::io::Error),
    #[error("The machine gave no random bytes.")]
    Random,
}

/// A sealed value could not be opened.
#[derive(Debug, thiserror::Error)]
#[error("a sealed value could not be opened; it was altered, or sealed with another key")]
pub struct SealError;

/// The keys that derive from the key file.
#[derive(Clone)]
pub struct Keyring(Arc<Keys>);

struct Keys {
    seal: XChaCha20Poly1305,
    index: [u8; 32],
    token: [u8; 32],
    check: [u8; 32],
    chain: [u8; 32],
    push: [u8; 32],
    push_public: String,
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keyring")
    }
}

impl Keyring {
    pub fn from_bytes(secret: &[u8; 32]) -> Self {
        let hkdf = Hkdf::<Sha256>::new(Some(b"signpost"), secret);
        let derive = |purpose: &[u8]| {
            let mut key = [0u8; 32];
            // 32 bytes is far below the limit of HKDF, so this cannot fail.
            let _ = hkdf.expand(purpose, &mut key);
            key
        };
        // Of 2^32 numbers about one is no key of P-256; then the next is.
        let push = |n: u8| SecretKey::from_slice(&derive(&[b"push".as_slice(), &[n]].concat())).ok();
        let push = (0..=u8::MAX).find_map(push);
        let push_public = push.as_ref().map(|key| URL_SAFE_NO_PAD.encode(key.public_key().to_sec1_bytes()));
        Self(Arc::new(Keys {
            seal: XChaCha20Poly1305::new(&derive(b"seal").into()),
            index: derive(b"index"),
            token: derive(b"token"),
            check: derive(b"check"),
            chain: derive(b"chain"),
            push: push.map(|key| key.to_bytes().into()).unwrap_or_default(),
            push_public: push_public.unwrap_or_default(),
        }))
    }

    /// Reads the key file. It is made only when `may_create`: never when a
    /// database exists that was used with another one.
    pub fn load(path: &Path, may_create: bool) -> Result<Self, KeyError> {
        let shown = path.display().to_string();
        match std::fs::read(path) {
            Ok(bytes) => {
                let secret: [u8; 32] =
                    bytes.as_slice().try_into().map_err(|_| KeyError::Size(shown, bytes.len()))?;
                Ok(Self::from_bytes(&secret))
            }
            Err(e) if e.kind() == std::io::ErrorKind::NotFound && may_create => {
                let secret: [u8; 32] = random()?;
                match write_private(path, &secret) {
                    // Another process of a first start was faster; its key counts.
                    Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => Self::load(path, false),
                    Err(e) => Err(KeyError::Io(shown, e)),
                    Ok(()) => Ok(Self::from_bytes(&secret)),
                }
            }
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Err(KeyError::Missing(shown)),
            Err(e) => Err(KeyError::Io(shown, e)),
        }
    }

    /// A value that tells this key from others, to be kept in the database whose audit
    /// chain was sealed from its beginning.
    pub fn fingerprint(&self) -> Vec<u8> {
        Sha256::digest([b"sealed".as_slice(), &self.0.check].concat()).to_vec()
    }

    /// The same of a database that an earlier version began. Who has only a later database
    /// cannot work it out, so that nobody makes one look as if it were older.
    pub fn older_fingerprint(&self) -> Vec<u8> {
        Sha256::digest(self.0.check).to_vec()
    }

    /// The key that seals the audit chain.
    pub fn chain(&self) -> [u8; 32] {
        self.0.chain
    }

    /// The secret that signs for push services (P-256, big-endian).
    pub fn push_secret(&self) -> [u8; 32] {
        self.0.push
    }

    /// What belongs to it, and browsers subscribe with: the point, not
    /// compressed, in base64 for addresses.
    pub fn push_public(&self) -> &str {
        &self.0.push_public
    }

    /// Seals `plain` for the row `id`; it opens for no other row.
    pub fn seal(&self, id: Uuid, plain: &[u8]) -> Result<Vec<u8>, SealError> {
        let nonce: [u8; NONCE] = random().map_err(|_| SealError)?;
        let payload = Payload { msg: plain, aad: id.as_bytes() };
        let sealed = self.0.seal.encrypt(&XNonce::from(nonce), payload).map_err(|_| SealError)?;
        let mut out = Vec::with_capacity(1 + NONCE + sealed.len());
        out.push(KEY_NUMBER);
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&sealed);
        Ok(out)
    }

    pub fn open(&self, id: Uuid, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let (&number, rest) = sealed.split_first().ok_or(SealError)?;
        if number != KEY_NUMBER {
            return Err(SealError);
        }
        let (nonce, body) = rest.split_at_checked(NONCE).ok_or(SealError)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| SealError)?;
        self.0
            .seal
            .decrypt(&XNonce::from(nonce), Payload { msg: body, aad: id.as_bytes() })
            .map_err(|_| SealError)
    }

    /// The keyed hash by which a contact is found.
    pub fn index(&self, channel: &str, value: &str) -> Vec<u8> {
        mac(&self.0.index, &[channel.as_bytes(), b"\0", value.as_bytes()]).to_vec()
    }

    /// A token for one purpose and one row, which can be checked without a
    /// table: the id and 128 bits of its keyed hash.
    pub fn token(&self, purpose: &str, id: Uuid) -> String {
        let mut bytes = id.as_bytes().to_vec();
        bytes.extend_from_slice(&mac(&self.0.token, &[purpose.as_bytes(), b"\0", id.as_bytes()])[..16]);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The row that a token was made for, if it is genuine.
    pub fn read_token(&self, purpose: &str, token: &str) -> Option<Uuid> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let id = Uuid::from_slice(bytes.get(..16)?).ok()?;
        bool::from(self.token(purpose, id).as_bytes().ct_eq(token.as_bytes())).then_some(id)
    }

    /// As [`Self::token`], for the local part of an email address: 52 letters
    /// and digits, and mail systems may change their case.
    pub fn mail_token(&self, purpose: &str, id: Uuid) -> String {
        let mut bytes = id.as_bytes().to_vec();
        bytes.extend_from_slice(&mac(&self.0.token, &[purpose.as_bytes(), b"\0", id.as_bytes()])[..16]);
        base32(&bytes)
    }

    /// The row that a [`Self::mail_token`] was made for, if it is genuine.
    pub fn read_mail_token(&self, purpose: &str, token: &str) -> Option<Uuid> {
        let token = token.to_ascii_lowercase();
        let id = Uuid::from_slice(from_base32(&token)?.get(..16)?).ok()?;
        same(&self.mail_token(purpose, id), &token).then_some(id)
    }

    /// A six-digit code for one row and one sending.
    pub fn code(&self, id: Uuid, salt: i64) -> String {
        let hash = mac(&self.0.token, &[b"code\0", id.as_bytes(), &salt.to_be_bytes()]);
        let number = u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]) % 1_000_000;
        format!("{number:06}")
    }
}

fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC pads a short key with zeros to one block (RFC 2104); done here, it
    // cannot fail.
    let mut block = [0u8; 64];
    block[..32].copy_from_slice(key);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

const BASE32: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// Base 32 (RFC 4648, 6) in lower case, without padding.
fn base32(bytes: &[u8]) -> String {
    let bit = |n: usize| bytes.get(n / 8).is_some_and(|byte| byte & (0x80 >> (n % 8)) != 0);
    let groups = (bytes.len() * 8).div_ceil(5);
    let digit = |group: usize| (0..5).fold(0, |value, n| value << 1 | usize::from(bit(group * 5 + n)));
    (0..groups).map(|group| char::from(BASE32[digit(group)])).collect()
}

fn from_base32(text: &str) -> Option<Vec<u8>> {
    let mut bits = 0u32;
    let (mut held, mut bytes) = (0, Vec::new());
    for c in text.bytes() {
        bits = bits << 5 | u32::try_from(BASE32.iter().position(|b| *b == c)?).ok()?;
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xff).ok()?);
        }
    }
    Some(bytes)
}

/// Random bytes from the operating system.
pub fn random<const N: usize>() -> Result<[u8; N], KeyError> {
    let mut bytes = [0u8; N];
    getrandom::fill(&mut bytes).map_err(|_| KeyError::Random)?;
    Ok(bytes)
}

/// A new secret of 256 bits for a person or a program, and what is stored.
pub fn new_secret() -> Result<(String, Vec<u8>), KeyError> {
    let secret = URL_SAFE_NO_PAD.encode(random::<32>()?);
    let hash = hash(&secret);
    Ok((secret, hash))
}

/// What is stored of a secret. A plain hash suffices: the secrets are random.
pub fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

/// Compares in constant time.
pub fn same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

/// Writes a file that only we can read, whole or not at all, and never over
/// one that is there.
fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}", std::process::id()));
    let mut file = options.open(&name)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    // A link, unlike a rename, fails where the name is taken.
    let linked = std::fs::hard_link(&name, path);
    std::fs::remove_file(&name)?;
    linked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_contact_opens_only_for_its_row_and_key() {
        let keys = Keyring::from_bytes(&[7; 32]);
        let (row, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let sealed = keys.seal(row, b"alice@example.org").unwrap();
        assert!(!sealed.windows(5).any(|w| w == b"alice"));
        assert_eq!(keys.open(row, &sealed).unwrap(), b"alice@example.org");
        assert!(keys.open(other, &sealed).is_err());
        assert!(Keyring::from_bytes(&[8; 32]).open(row, &sealed).is_err());
        let mut altered = sealed.clone();
        *altered.last_mut().unwrap() ^= 1;
        assert!(keys.open(row, &altered).is_err());
        assert_ne!(keys.seal(row, b"alice@example.org").unwrap(), sealed, "a nonce is never used twice");
    }

    #[test]
    fn a_token_serves_one_purpose_and_one_row() {
        let keys = Keyring::from_bytes(&[7; 32]);
        let id = Uuid::from_u128(42);
        let token = keys.token("leave", id);
        assert_eq!(keys.read_token("leave", &token), Some(id));
        assert_eq!(keys.read_token("confirm", &token), None);
        assert_eq!(keys.read_token("leave", &format!("{token}x")), None);
        assert_eq!(keys.read_token("leave", ""), None);
    }

    #[test]
    fn a_token_in_an_address_survives_capitals() {
        let keys = Keyring::from_bytes(&[7; 32]);
        let id = Uuid::from_u128(42);
        let token = keys.mail_token("bounce", id);
        assert!(token.len() == 52 && token.bytes().all(|b| BASE32.contains(&b)), "{token}");
        assert_eq!(keys.read_mail_token("bounce", &token.to_uppercase()), Some(id));
        assert_eq!(keys.read_mail_token("leave", &token), None);
        for bad in ["", "a", &token[1..], &format!("{token}a"), &token.replace(&token[51..], "1")] {
            assert_eq!(keys.read_mail_token("bounce", bad), None, "{bad}");
        }
        // RFC 4648, 10.
        assert_eq!((base32(b"foobar").as_str(), base32(b"fooba").as_str()), ("mzxw6ytboi", "mzxw6ytb"));
    }

    #[test]
    fn the_key_for_browsers_is_always_the_same() {
        let keys = Keyring::from_bytes(&[7; 32]);
        let secret = SecretKey::from_slice(&keys.push_secret()).unwrap();
        assert_eq!(keys.push_public(), URL_SAFE_NO_PAD.encode(secret.public_key().to_sec1_bytes()));
        assert_eq!(keys.push_public(), Keyring::from_bytes(&[7; 32]).push_public());
        assert_ne!(keys.push_public(), Keyring::from_bytes(&[8; 32]).push_public());
        // Browsers that subscribed with it are lost should it ever come out differently.
        let known = "BPV6ThCSKGj7I_zV-uxKILT6oKJDaTxQzbV25EV1-qIgtGaz5pYZ7Wb8P6XvvJA5xW-C2SXfFVeAmBKsEVXENEg";
        assert_eq!(keys.push_public(), known);
    }

    #[test]
    fn a_key_file_is_never_replaced() {
        let dir = std::env::temp_dir().join(format!("signpost-key-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        let path = dir.join("signpost.key");
        let _ = std::fs::remove_file(&path);
        assert!(matches!(Keyring::load(&path, false), Err(KeyError::Missing(_))));
        let made = Keyring::load(&path, true).unwrap();
        assert_eq!(Keyring::load(&path, false).unwrap().fingerprint(), made.fingerprint());
        std::fs::write(&path, b"short").unwrap();
        assert!(matches!(Keyring::load(&path, true), Err(KeyError::Size(_, 5))));
        std::fs::remove_dir_all(&dir).unwrap();
    }
}
