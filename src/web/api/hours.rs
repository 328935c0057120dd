//! When organisations are open.

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::bodies::Problem;
use super::{answer, body, code};
use crate::desk::Desk;
use crate::domain::hours::{Different, Hours, Span, promise};
use crate::domain::recurrence::Day;
use crate::domain::time::rfc3339;
use crate::web::Web;
use crate::web::error::ApiError;
use crate::web::extract::Program;

/// When an organisation is open, on the clock in London.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes; nothing is made of it")]
pub struct HoursBody {
    /// For each day, `monday` to `sunday`, at most two times of opening, such as
    /// `[["08:00", "12:30"], ["14:00", "18:30"]]`. A day that is left out is
    /// closed.
    pub week: BTreeMap<String, Vec<(String, String)>>,
    /// Days that are different, by date, each with its `spans` (none for closed)
    /// and, for staff, a word `why`.
    pub except: Option<BTreeMap<String, Value>>,
    /// Whether a bank holiday of England and Wales is a day like others; false
    /// by default.
    pub open_on_bank_holidays: Option<bool>,
}

fn spans(value: Option<&Value>) -> Option<Vec<Span>> {
    value.map_or(Some(vec![]), |v| serde_json::from_value(v.clone()).ok())
}

fn read(value: &Value) -> Result<Hours, ApiError> {
    const SPANS: &str = "Give a list of times of opening, such as [[\"08:00\", \"18:30\"]].";
    let mut fields = body::Fields::new(value, &["week", "except", "open_on_bank_holidays"])?;
    let mut hours = Hours::default();
    let days: Vec<&str> = Day::ALL.iter().map(|d| d.as_str()).collect();
    if let Some(week) = fields.object("week", &days) {
        fields.absorb("week", week);
    }
    for day in Day::ALL {
        match spans(value.pointer(&format!("/week/{day}"))) {
            Some(spans) => drop(hours.week.insert(*day, spans)),
            None => fields.wrong(&format!("week/{day}"), SPANS),
        }
    }
    let except = value.get("except").filter(|v| !v.is_null());
    if except.is_some_and(|v| !v.is_object()) {
        fields.wrong("except", "Give this as an object of dates.");
    }
    for (date, different) in except.and_then(Value::as_object).into_iter().flatten() {
        let why = different.get("why").and_then(Value::as_str).unwrap_or_default().to_owned();
        match (date.parse::<NaiveDate>(), spans(different.get("spans")).filter(|_| different.is_object())) {
            (Ok(day), Some(spans)) => drop(hours.except.insert(day, Different { spans, why })),
            (Err(_), _) => fields.wrong(&format!("except/{date}"), "Give the day as year-month-day."),
            (_, None) => fields.wrong(&format!("except/{date}"), SPANS),
        }
    }
    match value.get("open_on_bank_holidays") {
        None | Some(Value::Null) => {}
        Some(Value::Bool(open)) => hours.open_on_bank_holidays = *open,
        Some(_) => fields.wrong("open_on_bank_holidays", "Give this as true or false."),
    }
    fields.done(hours)
}

fn shown(desk: &Desk, hours: Option<&Hours>) -> Response {
    let now = desk.now();
    let next = promise(hours, now).at();
    let body = json!({
        "hours": hours,
        "open": hours.map(|h| h.is_open(now)),
        "next_update_by": rfc3339(next),
    });
    answer(StatusCode::OK, body)
}

/// When an organisation is open, whether it is now, and by when a post made now promises the next update
#[utoipa::path(get, path = "/api/v1/organisations/{code}/hours", params(("code" = String, Path)),
    responses((status = 200), (status = 404, body = Problem)))]
pub async fn show(
    State(web): State<Web>,
    Program(who): Program,
    Path(text): Path<String>,
) -> Result<Response, ApiError> {
    let hours = web.desk.hours(&who, &code(&text)?).await?;
    Ok(shown(&web.desk, hours.as_ref()))
}

/// Say when an organisation is open, in place of what stood
///
/// Hours on no day at all take everything back: then the next update is due
/// two hours after each post.
#[utoipa::path(put, path = "/api/v1/organisations/{code}/hours", request_body = HoursBody, params(("code" = String, Path)),
    responses((status = 200), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn set(
    State(web): State<Web>,
    Program(who): Program,
    Path(text): Path<String>,
    bytes: Bytes,
) -> Result<Response, ApiError> {
    let hours = read(&body::json(&bytes)?)?;
    let hours = web.desk.set_hours(&who, &code(&text)?, hours).await?;
    Ok(shown(&web.desk, hours.as_ref()))
}
