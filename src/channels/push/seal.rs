//! Encryption of one message for one browser (RFC 8291 over RFC 8188): one
//! record, readable by whoever holds the subscription's private key.

use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes128Gcm, Nonce};
use hkdf::Hkdf;
use p256::{PublicKey, SecretKey};
use sha2::Sha256;

use crate::domain::push::Subscription;

/// The size of a record; a message is one.
const RECORD: u32 = 4096;

/// Encrypts under a fresh key and salt; `None` when the browser's keys are none.
pub(super) fn seal(to: &Subscription, plain: &[u8]) -> Option<Vec<u8>> {
    let mut random = [0u8; 48];
    getrandom::fill(&mut random).ok()?;
    let (secret, salt) = random.split_at(32);
    seal_with(to, plain, &SecretKey::from_slice(secret).ok()?, salt.try_into().ok()?)
}

fn seal_with(to: &Subscription, plain: &[u8], own: &SecretKey, salt: [u8; 16]) -> Option<Vec<u8>> {
    let (theirs, auth) = to.keys()?;
    let their_key = PublicKey::from_sec1_bytes(&theirs).ok()?;
    let ours = own.public_key().to_sec1_bytes();
    let shared = own.diffie_hellman(&their_key);
    // Section 3.4: first bound to the subscription, then to this message.
    let info = [b"WebPush: info\0".as_slice(), &theirs, &ours].concat();
    let mut material = [0u8; 32];
    Hkdf::<Sha256>::new(Some(&auth), shared.raw_secret_bytes()).expand(&info, &mut material).ok()?;
    let keys = Hkdf::<Sha256>::new(Some(&salt), &material);
    let (mut key, mut nonce) = ([0u8; 16], [0u8; 12]);
    keys.expand(b"Content-Encoding: aes128gcm\0", &mut key).ok()?;
    keys.expand(b"Content-Encoding: nonce\0", &mut nonce).ok()?;
    // 2 marks the last record.
    let record = [plain, &[2]].concat();
    let sealed = Aes128Gcm::new(&key.into()).encrypt(&Nonce::from(nonce), record.as_slice()).ok()?;
    let mut out = salt.to_vec();
    out.extend_from_slice(&RECORD.to_be_bytes());
    out.push(u8::try_from(ours.len()).ok()?);
    out.extend_from_slice(&ours);
    out.extend_from_slice(&sealed);
    Some(out)
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;

    use super::*;

    /// RFC 8291, section 5 and appendix A.
    #[test]
    fn seals_as_the_rfc_does() {
        let to = Subscription {
            endpoint: "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV".into(),
            p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
                .into(),
            auth: "BTBZMqHH6r4Tts7J_aSIgg".into(),
        };
        let own = BASE64.decode("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw").unwrap();
        let salt = BASE64.decode("DGv6ra1nlYgDCS1FRnbzlw").unwrap().try_into().unwrap();
        let own = SecretKey::from_slice(&own).unwrap();
        let sealed = seal_with(&to, b"When I grow up, I want to be a watermelon", &own, salt).unwrap();
        assert_eq!(
            BASE64.encode(sealed),
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml\
             mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT\
             pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
        );
    }
}
