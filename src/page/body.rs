//! Finished bytes of one form, with the headers that go out with them.
//!
//! Headers are made with the bytes, not with each answer; a coding is made
//! when the first reader asks for it, and shared by everybody after.

use std::io::Write;
use std::sync::{LazyLock, OnceLock};

use base64::Engine;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use sha2::{Digest, Sha256};

use crate::assets;

/// What every answer carries besides a content security policy.
pub const NOSNIFF: HeaderValue = HeaderValue::from_static("nosniff");
pub const SAME_ORIGIN: HeaderValue = HeaderValue::from_static("same-origin");

/// What caches in front call the key of a page: Fastly, and most others.
const SURROGATE_KEY: HeaderName = HeaderName::from_static("surrogate-key");
const CACHE_TAG: HeaderName = HeaderName::from_static("cache-tag");

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

impl Coding {
    /// As `Content-Encoding` has it.
    fn name(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
        }
    }
}

/// What bytes take besides themselves: their headers, and their place.
const OVERHEAD: usize = 2048;

/// The bytes in one coding.
#[derive(Debug)]
pub struct Coded {
    pub bytes: Bytes,
    /// The validator of this coding alone (RFC 9110, 8.8.3.3).
    pub etag: HeaderValue,
    /// All headers of a whole answer but those that only the connection knows.
    pub headers: HeaderMap,
    /// Those of a 304: only what a cache needs to go on with what it has, as
    /// RFC 9110, 15.4.5, asks. The others stay as they were stored.
    pub unchanged: HeaderMap,
}

/// What a 304 repeats. The last is for scripts of other sites, which a browser
/// asks for leave again.
const REPEATED: [HeaderName; 4] =
    [header::ETAG, header::CACHE_CONTROL, header::VARY, header::ACCESS_CONTROL_ALLOW_ORIGIN];

impl Coded {
    fn new(bytes: Bytes, etag: &str, coding: Coding, manner: &Manner) -> Self {
        let etag = header_value(etag);
        let mut headers = HeaderMap::with_capacity(12);
        headers.insert(header::CONTENT_TYPE, manner.content_type.clone());
        if let Some(name) = coding.name() {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        headers.insert(header::ETAG, etag.clone());
        headers.insert(header::CACHE_CONTROL, manner.cache_control.clone());
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        headers.insert(header::CONTENT_SECURITY_POLICY, manner.csp.clone());
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, NOSNIFF);
        headers.insert(header::REFERRER_POLICY, SAME_ORIGIN);
        if let Some(key) = &manner.key {
            headers.insert(SURROGATE_KEY, key.clone());
            headers.insert(CACHE_TAG, key.clone());
        }
        if manner.open {
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        }
        let repeated = REPEATED.iter().filter_map(|name| Some((name.clone(), headers.get(name)?.clone())));
        let unchanged = repeated.collect();
        Self { bytes, etag, headers, unchanged }
    }
}

/// Finished bytes of one form.
#[derive(Debug)]
pub struct Body {
    manner: Manner,
    pub plain: Coded,
    gzip: OnceLock<Coded>,
    brotli: OnceLock<Coded>,
}

/// What bytes are known by (RFC 9110, 8.8.3).
pub fn validator(bytes: &Bytes) -> String {
    let hash = Sha256::digest(bytes);
    hash[..12].iter().fold(String::from("\""), |s, b| s + &format!("{b:02x}")) + "\""
}

impl Body {
    pub fn new(plain: Bytes, manner: Manner) -> Self {
        let etag = validator(&plain);
        let plain = Coded::new(exact(plain.into()), &etag, Coding::Plain, &manner);
        Self { manner, plain, gzip: OnceLock::new(), brotli: OnceLock::new() }
    }

    /// The bytes in a coding. Who asks first makes them; others wait for that.
    pub fn coded(&self, coding: Coding) -> &Coded {
        match coding {
            Coding::Plain => &self.plain,
            Coding::Gzip => self.gzip.get_or_init(|| self.encode(Coding::Gzip, gzip)),
            Coding::Brotli => self.brotli.get_or_init(|| self.encode(Coding::Brotli, brotli)),
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
        coded.chain([&self.plain]).map(|c| OVERHEAD + c.bytes.len()).sum()
    }

    fn encode(&self, coding: Coding, with: fn(&[u8]) -> Bytes) -> Coded {
        let etag = self.plain.etag.to_str().unwrap_or_default().trim_end_matches('"');
        let etag = format!("{etag}-{}\"", coding.name().unwrap_or_default());
        Coded::new(with(&self.plain.bytes), &etag, coding, &self.manner)
    }
}

/// A header of our own making, all of ASCII.
pub fn header_value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("\"\""))
}

/// Without the room that was left for more: nothing grows any more, and there
/// are tens of thousands of these.
fn exact(bytes: Vec<u8>) -> Bytes {
    bytes.into_boxed_slice().into()
}

fn gzip(plain: &[u8]) -> Bytes {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
    // Writing to memory does not fail.
    let _ = out.write_all(plain);
    exact(out.finish().unwrap_or_default())
}

fn brotli(plain: &[u8]) -> Bytes {
    // Quality 5 with a window of 2^18: measured as the best of size and time
    // for pages of 15 kB; smaller windows are many times slower.
    let params = brotli::enc::BrotliEncoderParams { quality: 5, lgwin: 18, ..Default::default() };
    let mut out = Vec::new();
    let _ = brotli::BrotliCompress(&mut &plain[..], &mut out, &params);
    exact(out)
}
