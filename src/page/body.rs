//! Finished bytes of one form, with the headers that go out with them.
//!
//! Headers are made with the bytes, not with each answer; a coding is made
//! when the first reader asks for it, and shared by everybody after.

use std::io::Write;
use std::sync::{LazyLock, OnceLock};

use base64::Engine;
use bytes::Bytes;
use http::HeaderValue;
use sha2::{Digest, Sha256};

use crate::assets;

/// No inline script, no other host, no frame (ASVS 5.0, 3.4). The one inline
/// style is that of the patient page, named by its hash (CSP Level 3, 8.3).
static CSP: LazyLock<HeaderValue> = LazyLock::new(|| {
    let style = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(assets::PAGE_STYLE));
    let policy = format!(
        "default-src 'none'; style-src 'self' 'sha256-{style}'; script-src 'self'; img-src 'self' data:; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    header_value(&policy)
});

/// The content security policy of every page.
pub fn csp() -> HeaderValue {
    CSP.clone()
}

/// How a form travels.
#[derive(Debug, Clone)]
pub struct Manner {
    /// What a cache in front knows it by, so that it can be told to forget it:
    /// the organisation's code.
    pub key: Option<HeaderValue>,
    pub content_type: HeaderValue,
    pub cache_control: HeaderValue,
    pub csp: HeaderValue,
    /// Whether scripts of other sites may read it.
    pub open: bool,
}

/// A content coding (RFC 9110, 8.4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    Plain,
    Gzip,
    Brotli,
}

/// What a body takes besides its bytes: its headers, and its place.
const OVERHEAD: usize = 512;

/// The bytes in one coding, and the validator that is theirs alone
/// (RFC 9110, 8.8.3.3).
#[derive(Debug, Clone)]
pub struct Coded {
    pub bytes: Bytes,
    pub etag: HeaderValue,
}

/// Finished bytes of one form.
#[derive(Debug)]
pub struct Body {
    pub manner: Manner,
    pub plain: Coded,
    gzip: OnceLock<Coded>,
    brotli: OnceLock<Coded>,
}

impl Body {
    pub fn new(plain: Bytes, manner: Manner) -> Self {
        let hash = Sha256::digest(&plain);
        let etag = hash[..12].iter().fold(String::from("\""), |s, b| s + &format!("{b:02x}")) + "\"";
        let plain = Coded { bytes: plain, etag: header_value(&etag) };
        Self { manner, plain, gzip: OnceLock::new(), brotli: OnceLock::new() }
    }

    /// The bytes in a coding. Who asks first makes them; others wait for that.
    pub fn coded(&self, coding: Coding) -> &Coded {
        match coding {
            Coding::Plain => &self.plain,
            Coding::Gzip => self.gzip.get_or_init(|| self.encode(gzip, "gzip")),
            Coding::Brotli => self.brotli.get_or_init(|| self.encode(brotli, "br")),
        }
    }

    /// Makes the codings that the readers of `old` took.
    pub fn code_like(&self, old: &Body) {
        for (coding, made) in [(Coding::Gzip, &old.gzip), (Coding::Brotli, &old.brotli)] {
            if made.get().is_some() {
                self.coded(coding);
            }
        }
    }

    /// About how many bytes of memory it takes.
    pub fn weight(&self) -> usize {
        let coded = [self.gzip.get(), self.brotli.get()].into_iter().flatten();
        OVERHEAD + self.plain.bytes.len() + coded.map(|c| c.bytes.len()).sum::<usize>()
    }

    fn encode(&self, with: fn(&[u8]) -> Bytes, name: &str) -> Coded {
        let etag = self.plain.etag.to_str().unwrap_or_default().trim_end_matches('"');
        Coded { bytes: with(&self.plain.bytes), etag: header_value(&format!("{etag}-{name}\"")) }
    }
}

/// A header of our own making, all of ASCII.
fn header_value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("\"\""))
}

fn gzip(plain: &[u8]) -> Bytes {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
    // Writing to memory does not fail.
    let _ = out.write_all(plain);
    out.finish().unwrap_or_default().into()
}

fn brotli(plain: &[u8]) -> Bytes {
    // Quality 5 with a window of 2^18: measured as the best of size and time
    // for pages of 15 kB; smaller windows are many times slower.
    let params = brotli::enc::BrotliEncoderParams { quality: 5, lgwin: 18, ..Default::default() };
    let mut out = Vec::new();
    let _ = brotli::BrotliCompress(&mut &plain[..], &mut out, &params);
    out.into()
}
