//! What patients and machines read. No sign-in, no database; but for the
//! search, no template: a look-up in memory and finished bytes.

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Query, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

use super::error::{screen, screen_with};
use super::views::public::NotFound;
use super::{Web, browsers, history, hot, subscribe, unavailable};
use crate::domain::org::OrgCode;
use crate::page::archive::Past;
use crate::page::form::Wanted;
use crate::page::{front, places, statement};
use crate::words::{self, Locale};

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/", get(search))
        .route("/accessibility", get(accessibility))
        .route("/accessibility/{locale}", get(accessibility_in))
        .route("/places", get(async || Redirect::permanent(&places::address(&Locale::En, None))))
        .route("/places/{locale}", get(all_places))
        .route("/places/{locale}/{letter}", get(places_of))
        .route("/assets/{file}", get(asset))
        .route("/push.js", get(browsers::worker))
        .route("/{code}", get(main_page))
        .route("/{code}/{*rest}", get(form))
}

/// `GET /{CODE}`, and `GET /{locale}`, which is the search in a language.
async fn main_page(
    State(web): State<Web>,
    Path(code): Path<String>,
    asked: Asked,
    request: Request,
) -> Response {
    match Locale::parse(&code) {
        Some(locale) => found(&web, question(&asked), locale),
        None => serve(&web, &code, "", &request),
    }
}

/// `GET /{CODE}/…`: the other forms of the page, and signing up in a language.
async fn form(
    State(web): State<Web>,
    Path((code, rest)): Path<(String, String)>,
    request: Request,
) -> Response {
    if let Some(address) = without_slash(request.uri()) {
        return Redirect::permanent(&address).into_response();
    }
    if let Some(address) = in_lower_case(&code, &rest) {
        return Redirect::permanent(&address).into_response();
    }
    if let Some((past, locale)) = Past::named(&rest) {
        return history::serve(&web, &code, past, locale, request.headers()).await;
    }
    match rest.strip_suffix("/subscribe").and_then(Locale::parse) {
        // As in English, which is no form of the page: nobody fills in what cannot be sent.
        Some(_) if !web.has_database() => unavailable(),
        Some(locale) => subscribe::form_in(&web, &code, locale),
        None => serve(&web, &code, &rest, &request),
    }
}

/// Finished bytes of one form, or where they are.
fn serve(web: &Web, text: &str, rest: &str, request: &Request) -> Response {
    if let Some(found) = hot::answer(&web.site, web.desk.now(), request) {
        return found.map(Body::new);
    }
    let (Some(code), Some(wanted)) = (OrgCode::parse(text), Wanted::parse(rest)) else {
        return not_found(web, text, Locale::En);
    };
    if !web.site.is_ready() {
        let text = "The pages are being made. Try again in a few seconds.\n";
        return (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "2")], text).into_response();
    }
    if !web.site.has(&code) {
        return not_found(web, text, wanted.locale);
    }
    let slash = if rest.is_empty() { "" } else { "/" };
    Redirect::permanent(&format!("/{code}{slash}{rest}")).into_response()
}

/// `GET /assets/{file}`.
async fn asset(State(web): State<Web>, request: Request) -> Response {
    hot::answer(&web.site, web.desk.now(), &request)
        .map_or_else(|| not_found(&web, "", Locale::En), |found| found.map(Body::new))
}

/// All that stands behind the question mark, in order. A reader may send anything there.
type Asked = Query<Vec<(String, String)>>;

/// What a search asks: of several questions the last.
fn question(Query(asked): &Asked) -> &str {
    asked.iter().rev().find(|(name, _)| name == "q").map_or("", |(_, q)| q)
}

/// `GET /?q=`.
async fn search(State(web): State<Web>, asked: Asked) -> Response {
    found(&web, question(&asked), Locale::En)
}

/// What a search finds, in one language.
fn found(web: &Web, q: &str, locale: Locale) -> Response {
    screen(&front::search(&web.site, q, locale, web.desk.now()))
}

/// `GET /accessibility`: the statement that the law asks for.
async fn accessibility(State(web): State<Web>) -> Response {
    screen(&statement::statement(&web.site, Locale::En))
}

/// `GET /accessibility/{locale}`.
async fn accessibility_in(State(web): State<Web>, Path(locale): Path<String>) -> Response {
    match Locale::parse(&locale) {
        Some(locale) => screen(&statement::statement(&web.site, locale)),
        None => not_found(&web, &locale, Locale::En),
    }
}

/// `GET /places/{locale}`: the letters that towns begin with.
async fn all_places(State(web): State<Web>, Path(locale): Path<String>) -> Response {
    match Locale::parse(&locale) {
        Some(locale) => screen(&places::places(&web.site, locale, None)),
        None => not_found(&web, &locale, Locale::En),
    }
}

/// `GET /places/{locale}/{letter}`: the places in towns that begin with a letter.
async fn places_of(State(web): State<Web>, Path((locale, text)): Path<(String, String)>) -> Response {
    match (Locale::parse(&locale), places::letter(&text)) {
        (Some(locale), Some(letter)) => screen(&places::places(&web.site, locale, Some(letter))),
        _ => not_found(&web, &text, Locale::En),
    }
}

/// The address with its language in lower case, where it is in another: as a code in the
/// wrong case, it is known what was meant.
fn in_lower_case(code: &str, rest: &str) -> Option<String> {
    let (first, after) = rest.split_once('/').map_or((rest, None), |(first, after)| (first, Some(after)));
    let lower = first.to_ascii_lowercase();
    let locale = Locale::parse(&lower).filter(|_| lower != first)?;
    let after = after.map(|after| format!("/{after}")).unwrap_or_default();
    OrgCode::parse(code).map(|code| format!("/{code}/{locale}{after}"))
}

/// Addresses that lead nowhere still offer a search.
pub async fn nowhere(State(web): State<Web>, uri: axum::http::Uri) -> Response {
    if let Some(address) = without_slash(&uri) {
        return Redirect::permanent(&address).into_response();
    }
    not_found(&web, uri.path().trim_matches('/').split('/').next().unwrap_or_default(), Locale::En)
}

/// The address without the slash at its end, which people type, and which a static copy
/// puts there. One that begins with two slashes would lead to another host.
fn without_slash(uri: &axum::http::Uri) -> Option<String> {
    let path = uri.path().strip_suffix('/')?.trim_end_matches('/');
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    (path.len() > 1 && !path.starts_with("//")).then(|| format!("{path}{query}"))
}

/// There is no such place; what was asked for goes into a search.
pub fn not_found(web: &Web, text: &str, locale: Locale) -> Response {
    let q = text.chars().take(100).collect();
    screen_with(StatusCode::NOT_FOUND, &NotFound { w: words::of(locale), nhs_logo: web.site.nhs_logo(), q })
}
