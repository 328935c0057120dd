//! The staff API, `/api/v1`: JSON, bearer tokens, problem details, idempotent
//! `POST`s. The description at `/api/openapi.json` is made from this code.

mod accounts;
mod approvals;
mod asking;
mod bodies;
mod body;
mod calls;
mod centres;
mod contacts;
mod decisions;
mod hours;
mod idempotency;
mod incidents;
mod organisations;
mod pharmacies;
mod planned;
mod planned_body;
mod presets;
mod reads;
mod record;
mod recovery;
pub mod reports;
mod schema;
mod services;
mod statements;

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::calls::Parameters;
pub use self::calls::plain_rejections;
use self::schema::BearerToken;
use super::Web;
use super::error::ApiError;
use crate::desk::DeskError;
use crate::domain::line::Lines;
use crate::domain::org::OrgCode;
use crate::domain::time::rfc3339;
use crate::domain::written::Written;
use crate::words::Locale;

#[derive(OpenApi)]
#[openapi(
    info(title = "Signpost staff API", description = "Post incidents and updates, answer them, set local lines, plan downtime, and read where everything stands. Times are RFC 3339 in UTC. Errors are problem details (RFC 9457)."),
    modifiers(&BearerToken),
    security(("token" = []))
)]
struct Description;

/// The organisation that an address names.
fn code(text: &str) -> Result<OrgCode, ApiError> {
    OrgCode::parse(text).ok_or_else(|| DeskError::NotFound("This organisation").into())
}

pub fn routes() -> Router<Web> {
    let (router, mut description) = OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(incidents::declare, reads::incidents))
        .routes(routes!(incidents::preview))
        .routes(routes!(reads::incident))
        .routes(routes!(incidents::post_update))
        .routes(routes!(incidents::withdraw))
        .routes(routes!(approvals::list))
        .routes(routes!(approvals::approve))
        .routes(routes!(approvals::refuse))
        .routes(routes!(approvals::break_glass))
        .routes(routes!(approvals::review))
        .routes(routes!(approvals::edit))
        .routes(routes!(incidents::note))
        .routes(routes!(planned::plan, planned::list))
        .routes(routes!(planned::one))
        .routes(routes!(planned::extend))
        .routes(routes!(planned::end))
        .routes(routes!(planned::cancel))
        .routes(routes!(organisations::respond))
        .routes(routes!(organisations::set_lines))
        .routes(routes!(asking::confirm))
        .routes(routes!(asking::show, asking::set))
        .routes(routes!(contacts::put, contacts::list))
        .routes(routes!(contacts::remove))
        .routes(routes!(accounts::put))
        .routes(routes!(accounts::list))
        .routes(routes!(accounts::remove))
        .routes(routes!(accounts::check))
        .routes(routes!(accounts::start))
        .routes(routes!(accounts::rotate))
        .routes(routes!(accounts::replay))
        .routes(routes!(hours::show, hours::set))
        .routes(routes!(pharmacies::show, pharmacies::set))
        .routes(routes!(services::show, services::set))
        .routes(routes!(presets::add, presets::list))
        .routes(routes!(presets::edit, presets::remove))
        .routes(routes!(presets::approve))
        .routes(routes!(reads::organisation))
        .routes(routes!(reads::deliveries))
        .routes(routes!(reads::board))
        .routes(routes!(reads::log, decisions::decide))
        .routes(routes!(decisions::list))
        .routes(routes!(decisions::one))
        .routes(routes!(centres::make, centres::list))
        .routes(routes!(centres::one, centres::change))
        .routes(routes!(centres::end))
        .routes(routes!(centres::answer_for))
        .routes(routes!(statements::about_system))
        .routes(routes!(statements::about_area, statements::own))
        .routes(routes!(statements::unsay))
        .routes(routes!(statements::admit, statements::partners))
        .routes(routes!(statements::end))
        .routes(routes!(recovery::start, recovery::list))
        .routes(routes!(recovery::count))
        .routes(routes!(reports::draft, reports::list))
        .routes(routes!(reports::set_rhythm))
        .routes(routes!(reports::one))
        .routes(routes!(reports::sign))
        .routes(routes!(record::at))
        .routes(routes!(record::export))
        .split_for_parts();
    description.info.license = None;
    let mut description = serde_json::to_value(&description).unwrap_or_default();
    calls::describe_answers(&mut description);
    calls::describe_refusals(&mut description);
    let (known, text) = (Parameters::described(&description), description.to_string());
    router
        .route_layer(from_fn_with_state(known, calls::known_parameters))
        .route("/api/openapi.json", get(move || openapi(text.clone())))
        .route("/api/{*rest}", axum::routing::any(unknown))
}

async fn openapi(text: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}

async fn unknown(State(_): State<Web>) -> ApiError {
    ApiError::new(StatusCode::NOT_FOUND, "There is no such call. /api/openapi.json lists them.")
}

/// Lines as they go out: times with milliseconds, as everywhere.
fn lines(lines: &Lines) -> Value {
    let mut all = json!(lines);
    for (line, setting) in &lines.0 {
        if let Some(since) = setting.since {
            all[line.as_str()]["since"] = json!(rfc3339(since));
        }
    }
    all
}

/// A free text as it goes out: in English, and beside it in other languages.
fn in_english(text: Option<&Written>) -> Option<&str> {
    text.map(|t| t.english.as_str())
}

fn in_others(text: Option<&Written>) -> BTreeMap<Locale, &str> {
    let all = text.into_iter().flat_map(|t| &t.others);
    all.map(|(locale, text)| (*locale, text.as_str())).collect()
}

/// A JSON answer.
fn answer(status: StatusCode, body: serde_json::Value) -> Response {
    (status, super::error::no_store(), Json(body)).into_response()
}
