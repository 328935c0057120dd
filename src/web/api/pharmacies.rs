//! Which pharmacies make up the prescriptions of a surgery.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::bodies::Problem;
use super::{answer, body, code};
use crate::domain::org::OrgCode;
use crate::domain::user::Actor;
use crate::web::Web;
use crate::web::error::ApiError;
use crate::web::extract::Program;

/// The pharmacies that make up the prescriptions of a surgery.
#[derive(Serialize, ToSchema)]
pub struct Pharmacies {
    /// Their codes, such as `["FZ901", "FZ902"]`.
    pub pharmacies: Vec<String>,
}

/// The pharmacies that make up the prescriptions of a surgery
#[utoipa::path(get, path = "/api/v1/organisations/{code}/pharmacies", params(("code" = String, Path)),
    responses((status = 200, body = Pharmacies), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn show(
    State(web): State<Web>,
    Program(who): Program,
    Path(text): Path<String>,
) -> Result<Response, ApiError> {
    shown(&web, &who, &code(&text)?).await
}

/// Say which pharmacies make up the prescriptions of a surgery, in place of those that stood
///
/// While an incident reaches the surgery and its prescriptions are not as usual,
/// the pages of these pharmacies say that they are slower. The same call again
/// changes nothing.
#[utoipa::path(put, path = "/api/v1/organisations/{code}/pharmacies", request_body = Pharmacies, params(("code" = String, Path)),
    responses((status = 200, body = Pharmacies), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn set(
    State(web): State<Web>,
    Program(who): Program,
    Path(text): Path<String>,
    bytes: Bytes,
) -> Result<Response, ApiError> {
    let code = code(&text)?;
    let mut fields = body::Fields::new(&body::json(&bytes)?, &["pharmacies"])?;
    let wanted = fields.codes("pharmacies");
    if wanted.is_none() && fields.is_right() {
        fields.wrong("pharmacies", "Give a list of codes. An empty list takes them all back.");
    }
    web.desk.set_pharmacies(&who, &code, &fields.done(wanted.unwrap_or_default())?).await?;
    shown(&web, &who, &code).await
}

async fn shown(web: &Web, who: &Actor, code: &OrgCode) -> Result<Response, ApiError> {
    let mut pharmacies: Vec<String> =
        web.desk.pharmacies(who, code).await?.iter().map(|org| org.code.to_string()).collect();
    pharmacies.sort();
    Ok(answer(StatusCode::OK, json!(Pharmacies { pharmacies })))
}
