//! A page as a static server keeps it: what needs the running server, such as
//! getting updates or the search, is linked there.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::HeaderValue;

use super::form::Wanted;
use super::site::Site;
use crate::domain::org::OrgCode;
use crate::words::Locale;

/// One file of a static copy.
pub struct File {
    pub path: String,
    pub bytes: Bytes,
    /// The validator of the page that it is made from.
    pub etag: HeaderValue,
    pub content_type: &'static str,
}

/// The file of one form of one page, as it is now.
pub fn file(site: &Site, code: &OrgCode, wanted: Wanted, now: DateTime<Utc>) -> Option<File> {
    let body = site.get(code, wanted, now)?;
    let plain = &body.plain;
    Some(File {
        path: wanted.file(code),
        bytes: match wanted.form.is_html() {
            true => standing_alone(&plain.bytes, site.base_url()),
            false => plain.bytes.clone(),
        },
        etag: plain.etag.clone(),
        content_type: wanted.form.content_type(),
    })
}

/// How attributes begin whose value is an address of ours.
const LINKS: [&str; 2] = ["href=\"/", "action=\"/"];

/// The page with links that lead somewhere from a static copy as well. `base_url` is
/// where the running server is.
pub fn standing_alone(html: &Bytes, base_url: &str) -> Bytes {
    let Ok(mut rest) = std::str::from_utf8(html) else { return html.clone() };
    let mut out = String::with_capacity(rest.len() + 512);
    let next = |text: &str| LINKS.iter().filter_map(|l| Some(text.find(l)? + l.len() - 1)).min();
    while let Some(at) = next(rest) {
        let (before, from) = rest.split_at(at);
        let address = from.split('"').next().unwrap_or_default();
        out.push_str(before);
        if needs_server(address) {
            out.push_str(base_url);
        }
        out.push_str(address);
        rest = &from[address.len()..];
    }
    out.push_str(rest);
    Bytes::from(out)
}

/// Whether an address is none of the copy's.
fn needs_server(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let parts: Vec<&str> = path.split('/').filter(|p| !p.is_empty()).collect();
    let is_locale = |part: &str| Locale::parse(part).is_some();
    match parts.as_slice() {
        [] | ["accessibility" | "sign-in" | "desk" | "board"] => true,
        [only] if is_locale(only) => true,
        [.., "subscribe"] => true,
        // Posters in two languages, and drawn ones in another than English.
        [.., "poster", _] => true,
        [_, locale, file] => is_locale(locale) && (file.ends_with(".pdf") || file.ends_with(".png")),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_copy_has_not_is_linked_to_the_server() {
        let page = "<a href=\"/\"><a href=\"/Z80001/history\"><a href=\"/Z80001/cy/subscribe\">\
                    <form action=\"/cy\"><a href=\"https://111.nhs.uk\"><a href=\"/Z80001/poster/ar\">\
                    <a href=\"/Z80001/poster.pdf\"><a href=\"/Z80001/cy/poster.pdf\"><a href=\"/accessibility?lang=cy\">";
        let alone = standing_alone(&Bytes::from(page), "https://status.example");
        assert_eq!(
            String::from_utf8_lossy(&alone),
            "<a href=\"https://status.example/\"><a href=\"/Z80001/history\">\
             <a href=\"https://status.example/Z80001/cy/subscribe\"><form action=\"https://status.example/cy\">\
             <a href=\"https://111.nhs.uk\"><a href=\"https://status.example/Z80001/poster/ar\">\
             <a href=\"/Z80001/poster.pdf\"><a href=\"https://status.example/Z80001/cy/poster.pdf\">\
             <a href=\"https://status.example/accessibility?lang=cy\">"
        );
    }
}
