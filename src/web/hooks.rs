//! Callbacks of providers. They come from elsewhere, so each is checked to be
//! genuine before it is read.

use axum::Router;
use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum_extra::extract::Form;

use super::Web;
use super::error::ApiError;
use crate::channels::sms::{self, Keyword};
use crate::desk::receipts::Receipt;

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/hooks/twilio/status", post(twilio_status))
        .route("/hooks/twilio/inbound", post(twilio_inbound))
}

type Fields = Vec<(String, String)>;

/// Checks `X-Twilio-Signature` over the address that Twilio called, which is
/// ours as the world sees it, and the fields.
fn genuine(web: &Web, uri: &axum::http::Uri, headers: &HeaderMap, fields: &Fields) -> Result<(), ApiError> {
    let refused = || ApiError::new(StatusCode::FORBIDDEN, "The signature of this callback is not right.");
    let token = web.twilio_token.as_deref().ok_or_else(refused)?;
    let given = headers.get("x-twilio-signature").and_then(|v| v.to_str().ok()).ok_or_else(refused)?;
    let path = uri.path_and_query().map_or("", |p| p.as_str());
    let url = format!("{}{path}", web.desk.base_url);
    if sms::verify_signature(token, &url, fields, given) { Ok(()) } else { Err(refused()) }
}

fn field<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    fields.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
}

/// `POST /hooks/twilio/status`: what became of a message.
async fn twilio_status(
    State(web): State<Web>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Result<StatusCode, ApiError> {
    genuine(&web, &uri, &headers, &fields)?;
    let status = field(&fields, "MessageStatus").or(field(&fields, "SmsStatus")).unwrap_or_default();
    let Some((state, reason)) = sms::receipt_state(status, field(&fields, "ErrorCode")) else {
        return Ok(StatusCode::NO_CONTENT);
    };
    let ours = url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
        .find(|(name, _)| name == "delivery")
        .and_then(|(_, id)| id.parse().ok());
    let reference = field(&fields, "MessageSid").unwrap_or_default().to_owned();
    web.desk.receive(&Receipt { delivery: ours, reference, state, reason }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /hooks/twilio/inbound`: STOP leaves everything, at once. Twilio
/// confirms STOP itself, so the answer says nothing more.
async fn twilio_inbound(
    State(web): State<Web>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Result<Response, ApiError> {
    genuine(&web, &uri, &headers, &fields)?;
    let from = field(&fields, "From").unwrap_or_default();
    let said_stop = field(&fields, "OptOutType") == Some("STOP")
        || sms::keyword(field(&fields, "Body").unwrap_or_default()) == Some(Keyword::Stop);
    if said_stop {
        web.desk.leave_by_text(from).await?;
    }
    let empty = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>";
    Ok(([(header::CONTENT_TYPE, "text/xml; charset=utf-8")], empty).into_response())
}
