//! Pages as a static server keeps them: what needs the running server, such as
//! getting updates or the search, leads there.

use askama::Template;
use bytes::Bytes;
use chrono::{DateTime, NaiveDate, Utc};
use http::HeaderValue;

use super::archive::Past;
use super::body::{header_value, validator};
use super::form::{Form, Wanted};
use super::site::Site;
use super::{front, places, root, statement};
use crate::domain::facts::Facts;
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

/// The pages about one month of a place: the month, and each incident that was declared
/// in it at its permanent address. `facts` hold those incidents.
pub fn past(site: &Site, mut facts: Facts, first: NaiveDate, now: DateTime<Utc>) -> Vec<File> {
    let code = facts.org.code.clone();
    let page = |facts: &Facts, past: Past, locale: Locale| {
        let body = site.keep_past(facts, (past, locale), now, now);
        File {
            path: index(&super::path(&code, locale, &past.path())),
            bytes: standing_alone(&body.plain.bytes, site.base_url()),
            etag: body.plain.etag.clone(),
            content_type: Form::Html.content_type(),
        }
    };
    let mut files: Vec<File> = Locale::ALL.iter().map(|l| page(&facts, Past::Month(first), *l)).collect();
    for fact in std::mem::take(&mut facts.incidents) {
        let past = Past::Incident(fact.incident.id);
        let alone = Facts { incidents: vec![fact], ..facts.clone() };
        files.extend(Locale::ALL.iter().map(|l| page(&alone, past, *l)));
    }
    files
}

/// Where a static server keeps the page at an address: a folder with an index.
pub fn index(address: &str) -> String {
    format!("{}/index.html", address.trim_matches('/')).trim_start_matches('/').to_owned()
}

/// The pages that belong to no place, in each language: the front page, whose search
/// the running server answers, the list of all places, and the accessibility statement.
pub fn of_no_place(site: &Site, now: DateTime<Utc>) -> Vec<File> {
    let page = |locale: Locale, path: String, drawn: askama::Result<String>| {
        let html = drawn
            .inspect_err(|error| tracing::error!(%error, %locale, path, "a page could not be made"))
            .ok()?;
        let bytes = standing_alone(&Bytes::from(html), site.base_url());
        Some(File {
            path: index(&path),
            etag: header_value(&validator(&bytes)),
            bytes,
            content_type: Form::Html.content_type(),
        })
    };
    let letters: Vec<Option<char>> =
        [None].into_iter().chain(places::letters(site).into_iter().map(Some)).collect();
    let all = |locale: &Locale| {
        let front = front::search(site, "", *locale, now).render();
        let statement = statement::statement(site, *locale).render();
        let mut all =
            vec![page(*locale, root(locale), front), page(*locale, statement::address(locale), statement)];
        all.extend(letters.iter().map(|letter| {
            page(*locale, places::address(locale, *letter), places::places(site, *locale, *letter).render())
        }));
        all
    };
    Locale::ALL.iter().flat_map(all).flatten().collect()
}

/// How attributes begin whose value is an address of ours.
const LINKS: [&str; 2] = ["href=\"/", ACTION];
/// How one begins that says where a form goes: always to the server.
const ACTION: &str = "action=\"/";

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
        if before.ends_with(ACTION.trim_end_matches('/')) || needs_server(address) {
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
        [] => address.contains('?'),
        ["sign-in" | "desk" | "board"] => true,
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
                    <a href=\"/Z80001/poster.pdf\"><a href=\"/Z80001/cy/poster.pdf\"><a href=\"/accessibility/cy\"><a href=\"/cy\">";
        let alone = standing_alone(&Bytes::from(page), "https://status.example");
        assert_eq!(
            String::from_utf8_lossy(&alone),
            "<a href=\"/\"><a href=\"/Z80001/history\">\
             <a href=\"https://status.example/Z80001/cy/subscribe\"><form action=\"https://status.example/cy\">\
             <a href=\"https://111.nhs.uk\"><a href=\"https://status.example/Z80001/poster/ar\">\
             <a href=\"/Z80001/poster.pdf\"><a href=\"https://status.example/Z80001/cy/poster.pdf\">\
             <a href=\"/accessibility/cy\"><a href=\"/cy\">"
        );
    }
}
