//! Asking to be told, and leaving. Every change is a `POST`: mail scanners
//! follow links.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};

use super::Web;
use super::error::{PageError, screen, screen_with};
use super::public::not_found;
use super::views::form::{Choice, Errors};
use super::views::public::{CheckContact, ConfirmLink, Confirmed, Left, Manage, Place, StaleLink, Subscribe};
use crate::desk::DeskError;
use crate::desk::manage::Managed;
use crate::desk::subscribe::SignUp;
use crate::domain::org::{Org, OrgCode};
use crate::domain::subscriber::{Channel, Services};
use crate::words::{self, Locale, Words};

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/{code}/subscribe", get(form).post(sign_up))
        .route("/{code}/subscribe/confirm", post(confirm_code))
        .route("/s/{token}", get(manage).post(one_click))
        .route("/s/{token}/confirm", get(confirm_link).post(confirm_by_link))
        .route("/s/{token}/remove", post(remove))
        .route("/s/{token}/leave", post(leave))
        .route("/s/{token}/language", post(language))
}

fn place(org: &Org) -> Place {
    Place { code: org.code.to_string(), name: org.name.clone(), town: org.town.clone() }
}

/// The place that an address names.
pub(super) fn find(web: &Web, text: &str) -> Result<(OrgCode, Place), Box<Response>> {
    let nowhere = || Box::new(not_found(web, text, Locale::En));
    let code = OrgCode::parse(text).ok_or_else(nowhere)?;
    let facts = web.site.facts(&code).ok_or_else(nowhere)?;
    Ok((code, place(&facts.org)))
}

/// `GET /{CODE}/subscribe`.
async fn form(State(web): State<Web>, Path(code): Path<String>) -> Response {
    form_in(&web, &code, Locale::En)
}

/// `GET /{CODE}/{locale}/subscribe`.
pub fn form_in(web: &Web, code: &str, locale: Locale) -> Response {
    match find(web, code) {
        Ok((found, _)) if found.as_str() != code => {
            let between = if locale == Locale::En { String::new() } else { format!("/{locale}") };
            Redirect::permanent(&format!("/{found}{between}/subscribe")).into_response()
        }
        Ok((_, place)) => screen(&blank(web, place, locale)),
        Err(nowhere) => *nowhere,
    }
}

/// The form with nothing filled in.
pub(super) fn blank(web: &Web, place: Place, locale: Locale) -> Subscribe {
    let w = words::of(locale);
    let facts = OrgCode::parse(&place.code).and_then(|code| web.site.facts(&code));
    let services = facts.map(|f| Services::offered(&f.org)).unwrap_or_default();
    let not_set_up = !Channel::typed().any(|c| web.sends(c));
    Subscribe {
        w,
        services: services.iter().map(|l| Choice::new(l.as_str(), l.label(w))).collect(),
        nhs_logo: web.site.nhs_logo(),
        in_each: place.subscribe_in_each(),
        place,
        channel: String::new(),
        contact: String::new(),
        locale: locale.to_string(),
        not_set_up,
        offered: web.offered(),
        // Where nothing is set up, all is offered and said to be captured.
        device: not_set_up || web.sends(Channel::Push),
        push_key: web.desk.push_key().to_owned(),
        stops_by_link: web.desk.stops_by_link,
        errors: Errors::none(),
    }
}

/// What the sign-up form sends; `services` once for each that was ticked.
fn typed(fields: &[(String, String)]) -> SignUp {
    let all =
        |name: &str| fields.iter().filter(|(n, _)| n == name).map(|(_, v)| v.clone()).collect::<Vec<_>>();
    let one = |name: &str| all(name).into_iter().next();
    SignUp {
        channel: one("channel").unwrap_or_default(),
        contact: one("contact").unwrap_or_default(),
        locale: one("locale").unwrap_or_else(|| Locale::En.to_string()),
        services: all("services"),
    }
}

/// The same choices, with these ticked.
fn chosen(choices: Vec<Choice>, values: &[String]) -> Vec<Choice> {
    choices.into_iter().map(|c| Choice { chosen: values.contains(&c.value), ..c }).collect()
}

/// The words of the language that somebody chose.
fn spoken(locale: &str) -> &'static Words {
    words::of(Locale::parse(locale).unwrap_or_default())
}

/// `POST /{CODE}/subscribe`.
async fn sign_up(
    State(web): State<Web>,
    Path(code): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let (code, place) = match find(&web, &code) {
        Ok(found) => found,
        Err(nowhere) => return Ok(*nowhere),
    };
    let wanted = typed(&fields);
    match web.desk.subscribe(&code, &wanted).await {
        Ok(sent) => Ok(screen(&CheckContact {
            w: spoken(&wanted.locale),
            nhs_logo: web.site.nhs_logo(),
            place,
            captured: !web.sends(sent.channel),
            channel: sent.channel,
            contact: wanted.contact.trim().to_owned(),
            contact_id: sent.sign_up,
            code: String::new(),
            errors: Errors::none(),
        })),
        Err(DeskError::Invalid(errors)) => {
            let blank = blank(&web, place, Locale::parse(&wanted.locale).unwrap_or_default());
            let again = Subscribe {
                services: chosen(blank.services, &wanted.services),
                channel: wanted.channel,
                contact: wanted.contact,
                errors: errors.into(),
                ..blank
            };
            Ok(screen_with(StatusCode::UNPROCESSABLE_ENTITY, &again))
        }
        Err(error) => Err(error.into()),
    }
}

/// What the code form sends.
#[derive(serde::Deserialize)]
struct CodeForm {
    #[serde(default)]
    contact_id: String,
    #[serde(default)]
    code: String,
    /// The language of the page that asks.
    #[serde(default)]
    locale: String,
}

/// `POST /{CODE}/subscribe/confirm`.
async fn confirm_code(
    State(web): State<Web>,
    Path(code): Path<String>,
    Form(typed): Form<CodeForm>,
) -> Result<Response, PageError> {
    let (code, place) = match find(&web, &code) {
        Ok(found) => found,
        Err(nowhere) => return Ok(*nowhere),
    };
    let w = spoken(&typed.locale);
    match web.desk.confirm_by_code(&code, &typed.contact_id, &typed.code, w).await {
        Ok(managed) => Ok(screen(&confirmed(&web, &managed, place))),
        Err(DeskError::Invalid(errors)) => {
            let (channel, masked) = web.desk.sign_up(&typed.contact_id).await?;
            let again = CheckContact {
                w,
                nhs_logo: web.site.nhs_logo(),
                place,
                captured: !web.sends(channel),
                channel,
                contact: masked,
                contact_id: typed.contact_id,
                code: typed.code,
                errors: errors.into(),
            };
            Ok(screen_with(StatusCode::UNPROCESSABLE_ENTITY, &again))
        }
        Err(DeskError::NotFound(_)) => Ok(stale(&web)),
        Err(error) => Err(error.into()),
    }
}

pub(super) fn confirmed(web: &Web, managed: &Managed, place: Place) -> Confirmed {
    let manage_url = format!("{}/s/{}", web.desk.base_url, managed.token);
    Confirmed {
        w: words::of(managed.locale),
        nhs_logo: web.site.nhs_logo(),
        place,
        captured: !web.sends(managed.channel),
        channel: managed.channel,
        manage_url,
    }
}

fn stale(web: &Web) -> Response {
    screen_with(StatusCode::NOT_FOUND, &StaleLink { w: words::english(), nhs_logo: web.site.nhs_logo() })
}

/// `GET /s/{token}/confirm`: asks; changes nothing.
async fn confirm_link(State(web): State<Web>, Path(token): Path<String>) -> Result<Response, PageError> {
    match web.desk.look_at_confirmation(&token).await {
        Ok((managed, org)) => {
            let w = words::of(managed.locale);
            Ok(screen(&ConfirmLink {
                w,
                nhs_logo: web.site.nhs_logo(),
                token,
                place: place(&org),
                masked: managed.masked,
            }))
        }
        Err(DeskError::NotFound(_)) => Ok(stale(&web)),
        Err(error) => Err(error.into()),
    }
}

/// `POST /s/{token}/confirm`.
async fn confirm_by_link(State(web): State<Web>, Path(token): Path<String>) -> Result<Response, PageError> {
    match web.desk.confirm_by_link(&token).await {
        Ok((managed, org)) => Ok(screen(&confirmed(&web, &managed, place(&org)))),
        Err(DeskError::NotFound(_)) => Ok(stale(&web)),
        Err(error) => Err(error.into()),
    }
}

/// `GET /s/{token}`.
async fn manage(State(web): State<Web>, Path(token): Path<String>) -> Result<Response, PageError> {
    shown(&web, web.desk.manage(&token).await, None)
}

fn shown(web: &Web, managed: Result<Managed, DeskError>, done: Option<&str>) -> Result<Response, PageError> {
    let managed = match managed {
        Ok(managed) => managed,
        Err(DeskError::NotFound(_)) => return Ok(stale(web)),
        Err(error) => return Err(error.into()),
    };
    let w = words::of(managed.locale);
    if managed.organisations.is_empty() {
        return Ok(screen(&Left { w, nhs_logo: web.site.nhs_logo() }));
    }
    let place = |(code, name, services): (OrgCode, String, Services)| {
        let only: Vec<&str> = services.lines().iter().map(|line| line.label(w)).collect();
        let only = (!only.is_empty()).then(|| w.put("only-about", "services", only.join(", ")));
        (Place { code: code.to_string(), name, town: String::new() }, only)
    };
    Ok(screen(&Manage {
        w,
        nhs_logo: web.site.nhs_logo(),
        token: managed.token,
        masked: managed.masked,
        channel: managed.channel,
        places: managed.organisations.into_iter().map(place).collect(),
        done: done.map(|id| w.get(id).to_owned()).unwrap_or_default(),
    }))
}

/// `POST /s/{token}`: the one-click leaving that mail programs do by
/// themselves (RFC 8058). They do not show what comes back.
async fn one_click(State(web): State<Web>, Path(token): Path<String>) -> Result<Response, PageError> {
    left(&web, &token).await
}

/// `POST /s/{token}/leave`.
async fn leave(State(web): State<Web>, Path(token): Path<String>) -> Result<Response, PageError> {
    left(&web, &token).await
}

async fn left(web: &Web, token: &str) -> Result<Response, PageError> {
    let locale = web.desk.manage(token).await.map(|m| m.locale).unwrap_or_default();
    match web.desk.leave(token).await {
        Ok(()) => Ok(screen(&Left { w: words::of(locale), nhs_logo: web.site.nhs_logo() })),
        Err(DeskError::NotFound(_)) => Ok(stale(web)),
        Err(error) => Err(error.into()),
    }
}

/// Which language to use.
#[derive(serde::Deserialize)]
struct LanguageForm {
    #[serde(default)]
    locale: String,
}

/// `POST /s/{token}/language`.
async fn language(
    State(web): State<Web>,
    Path(token): Path<String>,
    Form(typed): Form<LanguageForm>,
) -> Result<Response, PageError> {
    let Some(locale) = Locale::parse(&typed.locale) else {
        return Ok(Redirect::to(&format!("/s/{token}")).into_response());
    };
    shown(&web, web.desk.speak(&token, locale).await, Some("language-changed"))
}

/// Which organisation to stop.
#[derive(serde::Deserialize)]
struct RemoveForm {
    #[serde(default)]
    organisation: String,
}

/// `POST /s/{token}/remove`.
async fn remove(
    State(web): State<Web>,
    Path(token): Path<String>,
    Form(typed): Form<RemoveForm>,
) -> Result<Response, PageError> {
    let Some(code) = OrgCode::parse(&typed.organisation) else {
        return Ok(Redirect::to(&format!("/s/{token}")).into_response());
    };
    shown(&web, web.desk.unsubscribe_from(&token, &code).await, Some("removed"))
}
