//! The style sheet, scripts and pictures, inside the binary.
//!
//! `build.rs` makes them and puts a hash of the content into each name, so
//! that they can be cached for ever.

/// One file that browsers fetch.
#[derive(Debug, Clone, Copy)]
pub struct Asset {
    /// Such as `/assets/signpost-0123456789abcdef.css`.
    pub path: &'static str,
    pub content_type: &'static str,
    pub bytes: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The style of the patient page, which is inline in it: the package's rules
/// that it can meet, and our own.
pub const PAGE_STYLE: &str = include_str!(concat!(env!("OUT_DIR"), "/page_style.css"));

/// Finds an asset by its address.
pub fn find(path: &str) -> Option<&'static Asset> {
    ALL.iter().find(|asset| asset.path == path)
}
