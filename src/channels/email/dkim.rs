//! DKIM signatures (RFC 6376; Ed25519 by RFC 8463), relaxed/relaxed.
//!
//! Written here over ring, which TLS brings along: lettre's own signs with the
//! `rsa` crate (RUSTSEC-2023-0071), and what is needed is the relaxed form of
//! headers and body. The same message gets the same signature on every attempt.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject;
use sha2::{Digest, Sha256};

use super::super::ChannelError;

/// What is signed, where the message has it. `From` is named once more than it
/// is there, so that none can be added (RFC 6376, 8.15). `Content-Type` is not
/// among them: mail systems write its parameters anew.
const SIGNED: &[&str] = &[
    "from",
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "mime-version",
    "auto-submitted",
    "content-language",
    "list-unsubscribe",
    "list-unsubscribe-post",
];

/// A key, and where its public half stands: `SELECTOR._domainkey.DOMAIN`.
#[derive(Clone)]
pub struct DkimSettings {
    pub domain: String,
    pub selector: String,
    /// PEM: RSA of 2,048 bits or more (PKCS#1 or PKCS#8), or Ed25519 (PKCS#8).
    pub key_file: PathBuf,
}

pub(super) struct Signer {
    domain: String,
    selector: String,
    key: Key,
}

enum Key {
    Rsa(RsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

impl Signer {
    /// # Errors
    /// A name that is none, or a file that holds no such key. Says nothing of
    /// what is in it.
    pub(super) fn new(settings: &DkimSettings) -> Result<Self, ChannelError> {
        let wrong = |key: &str, what: &str| Err(ChannelError(format!("email.dkim.{key} {what}")));
        let is_name = |text: &str| {
            text.split('.').all(|label| {
                !label.is_empty()
                    && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
            })
        };
        if !is_name(&settings.domain) {
            return wrong("domain", "is not a domain; write it like example.nhs.uk");
        }
        if !is_name(&settings.selector) {
            return wrong("selector", "is not one; write it like signpost");
        }
        let Some(key) = read_key(&settings.key_file) else {
            return wrong(
                "key_file",
                &format!(
                    "{} holds no key in PEM: RSA of 2,048 bits or more, or Ed25519",
                    settings.key_file.display()
                ),
            );
        };
        Ok(Self { domain: settings.domain.clone(), selector: settings.selector.clone(), key })
    }

    /// "selector._domainkey.example.nhs.uk", where the public key stands.
    pub(super) fn name(&self) -> String {
        format!("{}._domainkey.{}", self.selector, self.domain)
    }

    /// The `DKIM-Signature` of a message, with its line end; to be put before
    /// the message. `None` when the machine has no random bytes, which RSA
    /// wants against eavesdropping on its timing.
    pub(super) fn sign(&self, message: &[u8], at: DateTime<Utc>) -> Option<String> {
        let text = std::str::from_utf8(message).ok()?;
        let (head, body) = text.split_once("\r\n\r\n")?;
        let headers = headers(head);
        let mut signed = String::new();
        let mut names = Vec::new();
        for (n, name) in SIGNED.iter().enumerate() {
            // From the last to the first; one too many stands for nothing.
            let before = SIGNED[..n].iter().filter(|s| *s == name).count();
            let header = headers.iter().rev().filter(|(own, _)| own == name).nth(before);
            match header {
                Some((_, value)) => signed.push_str(&format!("{name}:{value}\r\n")),
                None if before == 0 => continue,
                None => {}
            }
            names.push(*name);
        }
        let algorithm = match &self.key {
            Key::Rsa(_) => "rsa-sha256",
            Key::Ed25519(_) => "ed25519-sha256",
        };
        let open = format!(
            "v=1; a={algorithm}; c=relaxed/relaxed; d={}; s={};\r\n t={};\r\n h={};\r\n bh={};\r\n b=",
            self.domain,
            self.selector,
            at.timestamp(),
            names.join(":\r\n "),
            STANDARD.encode(Sha256::digest(relaxed_body(body).as_bytes())),
        );
        signed.push_str(&format!("dkim-signature:{}", relaxed_value(&open)));
        let signature = STANDARD.encode(self.key.sign(signed.as_bytes())?);
        let lines: Vec<&str> = (0..signature.len())
            .step_by(70)
            .map(|from| &signature[from..signature.len().min(from + 70)])
            .collect();
        Some(format!("DKIM-Signature: {open}{}\r\n", lines.join("\r\n ")))
    }
}

impl Key {
    fn sign(&self, text: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Rsa(key) => {
                let mut signature = vec![0; key.public().modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text, &mut signature).ok()?;
                Some(signature)
            }
            // The hash is signed, as if it were the message (RFC 8463, 3).
            Self::Ed25519(key) => Some(key.sign(&Sha256::digest(text)).as_ref().to_vec()),
        }
    }
}

fn read_key(path: &Path) -> Option<Key> {
    match PrivateKeyDer::from_pem_file(path).ok()? {
        PrivateKeyDer::Pkcs1(der) => RsaKeyPair::from_der(der.secret_pkcs1_der()).ok().map(Key::Rsa),
        PrivateKeyDer::Pkcs8(der) => {
            let der = der.secret_pkcs8_der();
            let rsa = RsaKeyPair::from_pkcs8(der).ok().map(Key::Rsa);
            rsa.or_else(|| Ed25519KeyPair::from_pkcs8_maybe_unchecked(der).ok().map(Key::Ed25519))
        }
        _ => None,
    }
}

/// The headers in relaxed form (RFC 6376, 3.4.2), in their order.
fn headers(head: &str) -> Vec<(String, String)> {
    let mut headers: Vec<(String, String)> = Vec::new();
    for line in head.split("\r\n") {
        match (line.starts_with([' ', '\t']), headers.last_mut()) {
            (true, Some((_, value))) => value.push_str(line),
            _ => {
                let (name, value) = line.split_once(':').unwrap_or((line, ""));
                headers.push((name.trim().to_ascii_lowercase(), value.to_owned()));
            }
        }
    }
    headers.into_iter().map(|(name, value)| (name, relaxed_value(&value))).collect()
}

/// Unfolded, each run of blanks one space, none at the ends.
fn relaxed_value(value: &str) -> String {
    let blank = |c: char| matches!(c, ' ' | '\t' | '\r' | '\n');
    value.split(blank).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The body in relaxed form (RFC 6376, 3.4.4): each run of blanks one space,
/// none at the end of a line, no empty lines at the end.
fn relaxed_body(body: &str) -> String {
    let mut out = String::with_capacity(body.len());
    for line in body.split("\r\n") {
        let mut blank = false;
        for c in line.trim_end_matches([' ', '\t']).chars() {
            match c {
                ' ' | '\t' => blank = true,
                c => {
                    if std::mem::take(&mut blank) {
                        out.push(' ');
                    }
                    out.push(c);
                }
            }
        }
        out.push_str("\r\n");
    }
    while out.ends_with("\r\n\r\n") {
        out.truncate(out.len() - 2);
    }
    if out == "\r\n" { String::new() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of RFC 6376, 3.4.5 and 3.4.4.
    #[test]
    fn the_relaxed_form_is_the_standards() {
        assert_eq!(
            headers("A: X\r\nB : Y\t\r\n\tZ  "),
            [("a".into(), "X".into()), ("b".into(), "Y Z".into())]
        );
        assert_eq!(relaxed_body(" C \r\nD \t E\r\n\r\n\r\n"), " C\r\nD E\r\n");
        assert_eq!(relaxed_body(""), "");
        assert_eq!(relaxed_body("\r\n\r\n"), "");
        assert_eq!(relaxed_body("no end"), "no end\r\n");
    }
}
