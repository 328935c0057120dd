//! Callbacks of providers. They come from elsewhere, so each is checked to be
//! genuine before it is read.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};

use super::Web;
use super::error::ApiError;
use crate::channels::twilio::{self, Keyword};
use crate::channels::{email, notify};
use crate::desk::receipts::Receipt;
use crate::domain::message;
use crate::domain::returned::Fate;
use crate::domain::subscriber::Channel;
use crate::secrets::same;

/// What callbacks prove themselves with. Without one, that provider's are
/// refused.
#[derive(Clone, Default)]
pub struct Secrets {
    /// The auth token, which signs.
    pub twilio: Option<Arc<str>>,
    /// Bearer tokens.
    pub notify: Option<Arc<str>>,
    pub email: Option<Arc<str>>,
}

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/hooks/twilio/status", post(twilio_status))
        .route("/hooks/twilio/inbound", post(twilio_inbound))
        .route("/hooks/notify/receipt", post(notify_receipt))
        .route("/hooks/email/bounce", post(email_bounce))
}

type Fields = Vec<(String, String)>;

/// Checks `X-Twilio-Signature` over the address that Twilio called, which is
/// ours as the world sees it, and the fields.
fn genuine(web: &Web, uri: &axum::http::Uri, headers: &HeaderMap, fields: &Fields) -> Result<(), ApiError> {
    let refused = || ApiError::new(StatusCode::FORBIDDEN, "The signature of this callback is not right.");
    let token = web.secrets.twilio.as_deref().ok_or_else(refused)?;
    let given = headers.get("x-twilio-signature").and_then(|v| v.to_str().ok()).ok_or_else(refused)?;
    let path = uri.path_and_query().map_or("", |p| p.as_str());
    let url = format!("{}{path}", web.desk.base_url);
    if twilio::verify_signature(token, &url, fields, given) { Ok(()) } else { Err(refused()) }
}

/// The fields of a form, whatever it says that it is: the signature tells whether
/// it is genuine.
fn form(body: &[u8]) -> Fields {
    url::form_urlencoded::parse(body).into_owned().collect()
}

fn field<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    fields.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
}

/// `POST /hooks/twilio/status`: what became of a message.
async fn twilio_status(
    State(web): State<Web>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, ApiError> {
    let fields = form(&body);
    genuine(&web, &uri, &headers, &fields)?;
    let status = field(&fields, "MessageStatus").or(field(&fields, "SmsStatus")).unwrap_or_default();
    let Some(told) = twilio::receipt_state(status, field(&fields, "ErrorCode")) else {
        return Ok(StatusCode::NO_CONTENT);
    };
    let ours = url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
        .find(|(name, _)| name == "delivery")
        .and_then(|(_, id)| id.parse().ok());
    let receipt = Receipt {
        provider: "twilio",
        delivery: ours,
        reference: field(&fields, "MessageSid").unwrap_or_default().to_owned(),
        state: told.state,
        reason: told.reason,
        fault: told.fault,
    };
    web.desk.receive(&receipt).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /hooks/twilio/inbound`: somebody texted back. STOP ends everything, at
/// once, and is confirmed by Twilio itself; so are START and HELP where Twilio
/// says that it has seen to them (`OptOutType`). A sentence that may ask to stop is answered too.
async fn twilio_inbound(
    State(web): State<Web>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let fields = form(&body);
    genuine(&web, &uri, &headers, &fields)?;
    let from = field(&fields, "From").unwrap_or_default();
    let (channel, number) = match from.strip_prefix("whatsapp:") {
        Some(number) => (Channel::WhatsApp, number),
        None => (Channel::Sms, from),
    };
    let seen_to = field(&fields, "OptOutType");
    let word = seen_to.unwrap_or_else(|| field(&fields, "Body").unwrap_or_default());
    let id = field(&fields, "MessageSid").or(field(&fields, "SmsMessageSid")).unwrap_or_default();
    let reply = match twilio::keyword(word) {
        Some(Keyword::Stop) => {
            web.desk.leave_by_text(channel, number, id).await?;
            None
        }
        Some(Keyword::StopInWords) => web.desk.leave_in_words(channel, number, id).await?,
        Some(Keyword::Start) => web.desk.return_by_text(channel, number, id).await?,
        Some(Keyword::Help) => Some(web.desk.help_by_text(channel, number).await?),
        Some(Keyword::Unsure) => web.desk.hint_by_text(channel, number).await?,
        Some(Keyword::Status) => {
            let site = Arc::clone(&web.site);
            let now = web.desk.now();
            let says = move |code: &_, w| {
                let facts = site.facts(code)?;
                Some(message::status(&facts, &facts.seen(now, site.checked_at()), w))
            };
            Some(web.desk.status_by_text(channel, number, says).await?)
        }
        None => None,
    };
    Ok(twiml(reply.filter(|_| seen_to.is_none())))
}

/// TwiML with a reply, or with none.
fn twiml(reply: Option<String>) -> Response {
    let words = reply.map(|text| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        format!("<Message>{text}</Message>")
    });
    let words = words.unwrap_or_default();
    let body = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>{words}</Response>");
    ([(header::CONTENT_TYPE, "text/xml; charset=utf-8")], body).into_response()
}

/// Checks a bearer token.
fn bearer(wanted: Option<&str>, headers: &HeaderMap) -> Result<(), ApiError> {
    let given = headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok());
    let given =
        given.and_then(|text| text.split_once(' ')).filter(|(kind, _)| kind.eq_ignore_ascii_case("bearer"));
    match (wanted, given) {
        (Some(wanted), Some((_, given))) if !wanted.is_empty() && same(wanted, given.trim()) => Ok(()),
        _ => Err(ApiError::new(StatusCode::UNAUTHORIZED, "The bearer token of this callback is not right.")),
    }
}

/// `POST /hooks/notify/receipt`: what became of a message at GOV.UK Notify,
/// which repeats a receipt after a 5xx and never after a 4xx.
async fn notify_receipt(
    State(web): State<Web>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, ApiError> {
    bearer(web.secrets.notify.as_deref(), &headers)?;
    let unread = |_| ApiError::new(StatusCode::BAD_REQUEST, "This is not a receipt of GOV.UK Notify.");
    let receipt: notify::Receipt = serde_json::from_slice(&body).map_err(unread)?;
    let Some((state, reason, fault)) = receipt.meaning() else { return Ok(StatusCode::NO_CONTENT) };
    let delivery = receipt.reference.as_deref().and_then(|id| id.parse().ok());
    let receipt = Receipt { provider: "notify", delivery, reference: receipt.id, state, reason, fault };
    web.desk.receive(&receipt).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /hooks/email/bounce`: a message as it came back, whole: a bounce
/// (RFC 3464) or a complaint (RFC 5965). Whatever else comes there, such as a
/// holiday reply, changes nothing.
async fn email_bounce(State(web): State<Web>, headers: HeaderMap, body: Bytes) -> Result<Response, ApiError> {
    bearer(web.secrets.email.as_deref(), &headers)?;
    let unread = || ApiError::new(StatusCode::BAD_REQUEST, "Send the whole message that came back.");
    let returned = email::read_returned(&body).ok_or_else(unread)?;
    let changed = web.desk.take_back(&returned).await?;
    let kind = match returned.fate {
        Fate::Failed { .. } => "failed",
        Fate::Delivered => "delivered",
        Fate::Complaint => "complaint",
        Fate::Nothing => "nothing",
    };
    Ok(Json(serde_json::json!({"kind": kind, "changed": changed})).into_response())
}
