//! Looking back: a month, or one incident, at its permanent address. What is
//! not at hand is read from the database, a few readers at a time.

use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};

use super::Web;
use super::error::screen_with;
use super::hot;
use super::public::not_found;
use super::views::public::NoPast;
use crate::domain::org::OrgCode;
use crate::page;
use crate::page::archive::Past;
use crate::page::body::Body;
use crate::page::history::is_month;
use crate::words::{self, Locale};

/// `GET /{CODE}/history/{YYYY-MM}` and `GET /{CODE}/incidents/{id}`, in any
/// language.
pub async fn serve(web: &Web, text: &str, past: Past, locale: Locale, headers: &HeaderMap) -> Response {
    let now = web.desk.now();
    let exists = match past {
        Past::Month(first) => is_month(first, now),
        Past::Incident(_) => true,
    };
    let code = OrgCode::parse(text).filter(|code| exists && web.site.has(code));
    let Some(code) = code else { return not_found(web, text, locale) };
    if code.as_str() != text {
        return Redirect::permanent(&page::path(&code, locale, &past.path())).into_response();
    }
    if let Some(body) = web.site.past(&code, (past, locale), now) {
        return finished(&body, headers);
    }
    let found = match past {
        Past::Month(first) => web.desk.past_month(&code, first).await,
        Past::Incident(id) => web.desk.past_incident(&code, id).await,
    };
    match found {
        Ok(Some(facts)) => finished(&web.site.keep_past(&facts, (past, locale), now, now), headers),
        Ok(None) => not_found(web, text, locale),
        Err(error) => {
            tracing::warn!(%error, "the past cannot be read");
            match web.site.old_past(&code, (past, locale)) {
                Some(body) => finished(&body, headers),
                None => {
                    let w = words::of(locale);
                    let now = (page::path(&code, locale, ""), code.to_string());
                    screen_with(
                        StatusCode::SERVICE_UNAVAILABLE,
                        &NoPast { w, nhs_logo: web.site.nhs_logo(), now },
                    )
                }
            }
        }
    }
}

fn finished(body: &Body, headers: &HeaderMap) -> Response {
    hot::respond(body, false, headers).map(axum::body::Body::new)
}
