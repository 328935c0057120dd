//! What went wrong, as people and programs read it. Only this file knows
//! status codes.

use askama::Template;
use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde_json::json;

use super::views::problem::Problem;
use crate::desk::DeskError;
use crate::domain::FieldError;
use crate::page::paper::Paper;
use crate::store::StoreError;

/// Renders a screen; a template that fails is our fault.
pub fn screen(template: &impl Template) -> Response {
    screen_with(StatusCode::OK, template)
}

/// Renders a screen with a status.
pub fn screen_with(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => (status, no_store(), Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "a screen could not be made");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// A file that the browser keeps, and nobody else.
pub fn file(content_type: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let name = format!("attachment; filename=\"{name}\"");
    let headers = [(header::CONTENT_TYPE, content_type.to_owned()), (header::CONTENT_DISPOSITION, name)];
    (headers, no_store(), bytes).into_response()
}

/// A record as PDF; a drawing that fails is our fault.
pub fn pdf(name: &str, paper: &Paper) -> Response {
    match paper.pdf() {
        Ok(bytes) => file("application/pdf", name, bytes),
        Err(error) => {
            tracing::error!(%error, "a record could not be drawn");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Screens of one person are kept by nobody.
pub fn no_store() -> [(header::HeaderName, &'static str); 1] {
    [(header::CACHE_CONTROL, "no-store")]
}

fn status(error: &DeskError) -> StatusCode {
    match error {
        DeskError::Denied | DeskError::Second => StatusCode::FORBIDDEN,
        DeskError::NotFound(_) => StatusCode::NOT_FOUND,
        DeskError::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        DeskError::Conflict(_) => StatusCode::CONFLICT,
        DeskError::Store(StoreError::Database(_)) => StatusCode::SERVICE_UNAVAILABLE,
        DeskError::Store(_) | DeskError::Seal(_) | DeskError::Key(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn log(error: &DeskError) {
    if status(error).is_server_error() {
        tracing::error!(%error, "a request failed");
    }
}

/// An error on a screen.
#[derive(Debug)]
pub enum PageError {
    Desk(DeskError),
    /// Nobody is signed in: where they wanted to go, and whether something that
    /// they sent is lost.
    SignIn(String, bool),
    /// Somebody who speaks for a supplier or a partner body opened what is for
    /// staff.
    Speaks,
}

impl From<DeskError> for PageError {
    fn from(error: DeskError) -> Self {
        Self::Desk(error)
    }
}

impl From<StoreError> for PageError {
    fn from(error: StoreError) -> Self {
        Self::Desk(error.into())
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let error = match self {
            Self::SignIn(next, lost) => {
                let mut query = url::form_urlencoded::Serializer::new(String::new());
                query.append_pair("next", &next);
                if lost {
                    query.append_pair("lost", "yes");
                }
                let query = query.finish();
                return Redirect::to(&format!("/sign-in?{query}")).into_response();
            }
            Self::Speaks => return Redirect::to("/speak").into_response(),
            Self::Desk(error) => error,
        };
        log(&error);
        let problem = match &error {
            DeskError::Denied => Problem::not_allowed(),
            DeskError::NotFound(_) => Problem::not_here(),
            DeskError::Store(StoreError::Database(_)) => Problem::unavailable(),
            DeskError::Invalid(errors) => said(errors.iter().map(|e| e.detail.clone()).collect()),
            DeskError::Conflict(text) => said(vec![text.clone()]),
            DeskError::Second => said(vec![error.to_string()]),
            _ => Problem::broken(),
        };
        screen_with(status(&error), &problem)
    }
}

fn said(sentences: Vec<String>) -> Problem {
    Problem {
        title: "This could not be done".into(),
        sentences,
        onward: ("/desk".into(), "Go back to your desk".into()),
    }
}

/// An error in the API, as problem details (RFC 9457).
#[derive(Debug)]
pub struct ApiError {
    status: StatusCode,
    title: String,
    detail: String,
    errors: Vec<FieldError>,
}

impl ApiError {
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        let title = status.canonical_reason().unwrap_or("Error").to_owned();
        Self { status, title, detail: detail.into(), errors: Vec::new() }
    }

    /// The database cannot be reached.
    pub fn unavailable() -> Self {
        let detail = "The database cannot be reached. Nothing was changed. Try again in a minute.";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, detail)
    }

    /// Wrong fields.
    pub fn fields(errors: Vec<FieldError>) -> Self {
        let mut it = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "Some fields need another look.");
        it.errors = errors;
        it
    }
}

impl From<DeskError> for ApiError {
    fn from(error: DeskError) -> Self {
        log(&error);
        let status = status(&error);
        match error {
            DeskError::Invalid(errors) => Self::fields(errors),
            DeskError::Store(StoreError::Database(_)) => Self::unavailable(),
            error if status.is_server_error() => {
                tracing::debug!(%error, "not told");
                Self::new(status, "Something went wrong on our side. Nothing was changed.")
            }
            error => Self::new(status, error.to_string()),
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        DeskError::from(error).into()
    }
}

impl ApiError {
    /// Status and body, for keeping as a first answer.
    pub fn parts(&self) -> (StatusCode, String) {
        let mut body = json!({
            "type": "about:blank",
            "title": self.title,
            "status": self.status.as_u16(),
            "detail": self.detail,
        });
        if !self.errors.is_empty() {
            body["errors"] = json!(self.errors);
        }
        (self.status, body.to_string())
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, body) = self.parts();
        let json: serde_json::Value = serde_json::from_str(&body).unwrap_or_default();
        let mut response = (status, no_store(), Json(json)).into_response();
        let problem = http::HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, problem);
        if status == StatusCode::UNAUTHORIZED {
            let bearer = http::HeaderValue::from_static("Bearer");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, bearer);
        }
        response
    }
}
