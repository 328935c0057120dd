//! Reading what is said of one line, as the contract writes it.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::{Line, MAX_WORDS, Session, Setting};
use crate::domain::written::Written;

pub(super) fn one(key: &str, value: &Value) -> Result<(Line, Setting), String> {
    let line = Line::parse(key).ok_or_else(|| format!("There is no line called \"{key}\"."))?;
    let (state_key, object) = match value {
        Value::String(s) => (s.as_str(), None),
        Value::Object(o) => match o.get("state") {
            Some(Value::String(s)) => (s.as_str(), Some(o)),
            _ => return Err("Give the state of the line as text.".into()),
        },
        _ => return Err("Give the state of the line as text.".into()),
    };
    let state = line.state(state_key).ok_or_else(|| {
        let all: Vec<_> = line.states().iter().map(|s| s.key).collect();
        format!("\"{state_key}\" is not a state of this line. Use {}.", all.join(", "))
    })?;
    let mut setting = Setting::new(state);
    if let Some(object) = object {
        read_details(line, object, &mut setting)?;
    }
    if state.key == "changed" && setting.words.is_none() {
        return Err("Say in \"words\" what patients should do.".into());
    }
    Ok((line, setting))
}

/// What may stand beside a line's state.
const DETAILS: &[&str] = &["state", "words", "words_in", "session", "day", "since", "exception", "spoken_by"];

fn read_details(line: Line, object: &Map<String, Value>, setting: &mut Setting) -> Result<(), String> {
    if let Some(unknown) = object.keys().find(|key| !DETAILS.contains(&key.as_str())) {
        return Err(format!("\"{unknown}\" is not known here. Use {}.", DETAILS.join(", ")));
    }
    let is_given = |key: &str| object.get(key).is_some_and(|v| !v.is_null());
    if is_given("day") && !is_given("session") {
        return Err("Say which session of the day: morning or afternoon.".into());
    }
    if let Some(words) = object.get("words").filter(|v| !v.is_null()) {
        let words = words.as_str().map(str::trim).filter(|w| !w.is_empty());
        let mut words = Written::from(words.ok_or("Give the words as text.")?);
        if let Some(others) = object.get("words_in").filter(|v| !v.is_null()) {
            let wrong = "Give the words in other languages as an object, such as {\"cy\": \"…\"}.";
            words.others = serde_json::from_value(others.clone()).map_err(|_| wrong)?;
            words = words.trimmed();
        }
        if !line.is_national() {
            return Err("Only the 111 and 999 lines take words.".into());
        }
        let all = std::iter::once(&words.english).chain(words.others.values());
        if all.map(|text| text.chars().count()).any(|length| length > MAX_WORDS) {
            return Err(format!("Use at most {MAX_WORDS} characters."));
        }
        setting.words = Some(words);
    }
    if let Some(session) = object.get("session").filter(|v| !v.is_null()) {
        if !line.has_sessions() {
            return Err("Only hospital services have sessions.".into());
        }
        let session =
            session.as_str().and_then(Session::parse).ok_or("Use morning or afternoon for the session.")?;
        let day = object.get("day").and_then(Value::as_str).and_then(|d| d.parse().ok());
        setting.session = Some((session, day.ok_or("Give the day of the session as year-month-day.")?));
    }
    if let Some(exception) = object.get("exception").filter(|v| !v.is_null()) {
        setting.is_exception = exception.as_bool().ok_or("Use true or false for the exception.")?;
        if setting.is_exception && (line.is_national() || setting.state.severity > 0) {
            return Err("Only a line that is as usual can be an exception, and not 111 or 999.".into());
        }
    }
    if let Some(by) = object.get("spoken_by").filter(|v| !v.is_null()) {
        let by = serde_json::from_value(by.clone());
        setting.by = Some(by.map_err(|_| "Give who spoke as an object with a code and a name.")?);
    }
    if let Some(since) = object.get("since").and_then(Value::as_str) {
        setting.since = DateTime::parse_from_rfc3339(since).ok().map(|t| t.with_timezone(&Utc));
    }
    Ok(())
}
