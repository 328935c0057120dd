//! The pharmacies that make up the prescriptions of a surgery.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

use super::contacts::place;
use super::typed::{Asked, Typed};
use super::{to_desk, who};
use crate::desk::DeskError;
use crate::domain::FieldError;
use crate::domain::org::{Org, OrgCode, OrgKind, OrgStatus};
use crate::domain::user::Actor;
use crate::web::Web;
use crate::web::error::{PageError, screen, screen_with};
use crate::web::extract::Staff;
use crate::web::views::pharmacies::{Pharmacies, Row};

/// How many pharmacies are offered to choose from.
const OFFERED: usize = 10;

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/desk/pharmacies", get(show).post(add))
        .route("/desk/pharmacies/{code}/remove", get(to_desk).post(remove))
}

/// `GET /desk/pharmacies?organisation=CODE`.
async fn show(
    State(web): State<Web>,
    Staff(actor): Staff,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let code = place(&actor, &asked)?;
    let done = match asked.get("done") {
        "added" => "Added. A problem here shows on its page now.",
        "removed" => "Removed. A problem here shows on its page no longer.",
        _ => "",
    };
    let seen = view(&web, &actor, &code, "", (&[], vec![])).await?;
    Ok(screen(&Pharmacies { done: done.into(), ..seen }))
}

/// `POST /desk/pharmacies`.
async fn add(State(web): State<Web>, Staff(actor): Staff, typed: Typed) -> Result<Response, PageError> {
    let code = place(&actor, &typed)?;
    let text = typed.get("pharmacy").trim();
    let (meant, mut found) = find(&web, text);
    let standing = web.desk.pharmacies(&actor, &code).await?;
    let is_there = |org: &Arc<Org>| standing.iter().any(|s| s.code == org.code);
    let all_there = !found.is_empty() && found.iter().all(is_there);
    found.retain(|org| !is_there(org));
    let errors = match meant {
        Some(one) => match web.desk.add_pharmacy(&actor, &code, &one).await {
            Ok(()) => return Ok(back(&code, "added")),
            Err(DeskError::Invalid(errors)) => {
                found.clear();
                errors
            }
            Err(error) => return Err(error.into()),
        },
        None if all_there => vec![FieldError::new("/pharmacy", "This pharmacy is in your list already.")],
        None => vec![FieldError::new("/pharmacy", not_one(text, found.len()))],
    };
    let again = view(&web, &actor, &code, text, (&found, errors)).await?;
    Ok(screen_with(StatusCode::UNPROCESSABLE_ENTITY, &again))
}

/// Why what was typed does not mean one pharmacy.
fn not_one(text: &str, found: usize) -> String {
    match found {
        _ if text.is_empty() => "Enter the name or the code of a pharmacy.".into(),
        0 => format!("We found no pharmacy for \"{text}\". Try its code, or its postcode."),
        _ => "Choose the pharmacy that you mean from the list below.".into(),
    }
}

/// The pharmacy that a text means, where it is a code or the whole name of one
/// alone; and all that it may mean. A search forgives mistakes, so what it found
/// is asked back.
fn find(web: &Web, text: &str) -> (Option<OrgCode>, Vec<Arc<Org>>) {
    if text.is_empty() {
        return (None, vec![]);
    }
    let all = web.site.search().find(text).into_iter().filter(|org| org.kind == OrgKind::Pharmacy);
    let mut all: Vec<Arc<Org>> = all.filter(|org| org.status == OrgStatus::Active).collect();
    let is_meant =
        |org: &&Arc<Org>| org.code.as_str().eq_ignore_ascii_case(text) || org.name.eq_ignore_ascii_case(text);
    let mut meant = all.iter().filter(is_meant).map(|org| org.code.clone());
    let one = meant.next().filter(|_| meant.next().is_none());
    all.truncate(OFFERED);
    (one, all)
}

/// `POST /desk/pharmacies/{code}/remove`.
async fn remove(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(pharmacy): Path<String>,
    typed: Typed,
) -> Result<Response, PageError> {
    let code = place(&actor, &typed)?;
    let pharmacy = OrgCode::parse(&pharmacy).ok_or(DeskError::NotFound("This pharmacy"))?;
    web.desk.remove_pharmacy(&actor, &code, &pharmacy).await?;
    Ok(back(&code, "removed"))
}

fn back(code: &OrgCode, done: &str) -> Response {
    Redirect::to(&format!("/desk/pharmacies?organisation={code}&done={done}")).into_response()
}

async fn view(
    web: &Web,
    actor: &Actor,
    code: &OrgCode,
    typed: &str,
    (found, errors): (&[Arc<Org>], Vec<FieldError>),
) -> Result<Pharmacies, PageError> {
    let all = web.desk.pharmacies(actor, code).await?;
    Ok(Pharmacies {
        who: who(web, actor).await?,
        place_code: code.to_string(),
        place: web.desk.name_of(code).await?,
        done: String::new(),
        rows: all.iter().map(row).collect(),
        typed: typed.to_owned(),
        found: found.iter().map(row).collect(),
        errors: errors.into(),
    })
}

fn row(org: &Arc<Org>) -> Row {
    let parts = [&org.address, &org.town, &org.postcode].into_iter().filter(|part| !part.is_empty());
    Row {
        code: org.code.to_string(),
        name: org.name.clone(),
        place: parts.cloned().collect::<Vec<_>>().join(", "),
        is_closed: org.status == OrgStatus::Closed,
    }
}
