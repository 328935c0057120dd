//! Reading JSON bodies by hand, so that every mistake is told at once, each
//! with the pointer of its field.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::calls::pointer;
use crate::desk::incidents::Declaration;
use crate::desk::local::LocalDraft;
use crate::desk::responses::ResponseDraft;
use crate::domain::FieldError;
use crate::domain::incident::{Answer, Draft, Kind, Stage};
use crate::domain::line::Lines;
use crate::domain::org::OrgCode;
use crate::domain::written::Written;
use crate::web::error::ApiError;
use crate::words::Locale;

/// The fields of one object, and the mistakes found so far.
pub struct Fields {
    map: Map<String, Value>,
    errors: Vec<FieldError>,
}

/// The body as JSON; an empty body is an empty object.
pub fn json(bytes: &[u8]) -> Result<Value, ApiError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Ok(Value::Object(Map::new()));
    }
    serde_json::from_slice(bytes).map_err(|e| {
        let (line, column) = (e.line(), e.column());
        ApiError::new(
            StatusCode::BAD_REQUEST,
            format!("The body is not JSON (line {line}, column {column})."),
        )
    })
}

impl Fields {
    /// Takes an object apart; fields that are not among `known` are mistakes.
    pub fn new(value: &Value, known: &[&str]) -> Result<Self, ApiError> {
        let Value::Object(map) = value else {
            return Err(ApiError::new(StatusCode::BAD_REQUEST, "The body must be a JSON object."));
        };
        let errors = map
            .keys()
            .filter(|k| !known.contains(&k.as_str()))
            .map(|k| {
                FieldError::new(
                    pointer(k),
                    format!("There is no field \"{k}\" here. Use {}.", known.join(", ")),
                )
            })
            .collect();
        Ok(Self { map: map.clone(), errors })
    }

    pub fn wrong(&mut self, name: &str, detail: impl Into<String>) {
        let pointer = if name.is_empty() { String::new() } else { format!("/{name}") };
        self.errors.push(FieldError::new(pointer, detail));
    }

    fn get(&self, name: &str) -> Option<Value> {
        self.map.get(name).filter(|v| !v.is_null()).cloned()
    }

    pub fn text(&mut self, name: &str) -> Option<String> {
        match self.get(name)? {
            Value::String(text) => Some(text),
            _ => {
                self.wrong(name, "Give this as text.");
                None
            }
        }
    }

    /// Yes or no; no when nothing was said.
    pub fn flag(&mut self, name: &str) -> bool {
        match self.get(name) {
            Some(Value::Bool(yes)) => yes,
            Some(_) => {
                self.wrong(name, "Give true or false.");
                false
            }
            None => false,
        }
    }

    /// A free text, with the same in other languages: `"message"` and
    /// `"message_in": {"cy": "…"}`.
    pub fn written(&mut self, name: &str) -> Option<Written> {
        let (english, in_others) = (self.text(name), format!("{name}_in"));
        let known: Vec<_> = Locale::ALL.iter().filter(|l| **l != Locale::En).map(|l| l.as_str()).collect();
        let mut others = BTreeMap::new();
        if let Some(mut inner) = self.object(&in_others, &known) {
            for key in &known {
                others.extend(Locale::parse(key).zip(inner.text(key)));
            }
            self.absorb(&in_others, inner);
        }
        if english.is_none() && others.is_empty() {
            return None;
        }
        Some(Written { english: english.unwrap_or_default(), others })
    }

    pub fn id(&mut self, name: &str) -> Option<Uuid> {
        let text = self.text(name)?;
        let id = Uuid::parse_str(&text).ok();
        if id.is_none() {
            self.wrong(name, format!("\"{text}\" is not an id."));
        }
        id
    }

    pub fn texts(&mut self, name: &str) -> Option<Vec<String>> {
        let value = self.get(name)?;
        let texts = serde_json::from_value(value).ok();
        if texts.is_none() {
            self.wrong(name, "Give this as a list of texts.");
        }
        texts
    }

    pub fn code(&mut self, name: &str) -> Option<OrgCode> {
        let text = self.text(name)?;
        let code = OrgCode::parse(&text);
        if code.is_none() {
            self.wrong(name, format!("\"{text}\" is not an organisation code."));
        }
        code
    }

    pub fn codes(&mut self, name: &str) -> Option<Vec<OrgCode>> {
        let Value::Array(list) = self.get(name)? else {
            self.wrong(name, "Give this as a list of codes.");
            return None;
        };
        let mut out = Vec::new();
        for (i, value) in list.iter().enumerate() {
            match value.as_str().and_then(OrgCode::parse) {
                Some(code) => out.push(code),
                None => self.wrong(&format!("{name}/{i}"), format!("{value} is not an organisation code.")),
            }
        }
        Some(out)
    }

    /// One of a few words.
    pub fn word<T>(&mut self, name: &str, all: &[&str], parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = self.text(name)?;
        let parsed = parse(&text);
        if parsed.is_none() {
            self.wrong(name, format!("\"{text}\" is not known here. Use {}.", all.join(", ")));
        }
        parsed
    }

    pub fn time(&mut self, name: &str) -> Option<DateTime<Utc>> {
        let text = self.text(name)?;
        let time = DateTime::parse_from_rfc3339(&text).ok();
        if time.is_none() {
            self.wrong(name, "Give the time as RFC 3339, such as 2024-07-19T09:40:00Z.");
        }
        time.map(|t| t.with_timezone(&Utc))
    }

    fn small(&mut self, name: &str) -> Option<u8> {
        let value = self.get(name)?;
        let number = value.as_u64().and_then(|n| u8::try_from(n).ok());
        if number.is_none() {
            self.wrong(name, "Give this as a number from 1 to 4.");
        }
        number
    }

    pub fn number(&mut self, name: &str, least: u16, most: u16) -> Option<u16> {
        let value = self.get(name)?;
        let number = value.as_u64().and_then(|n| u16::try_from(n).ok());
        let number = number.filter(|n| (least..=most).contains(n));
        if number.is_none() {
            self.wrong(name, format!("Give this as a number from {least} to {most}."));
        }
        number
    }

    /// How many there are of something.
    pub fn count(&mut self, name: &str, most: i64) -> Option<i64> {
        let value = self.get(name)?;
        let number = value.as_i64().filter(|n| (0..=most).contains(n));
        if number.is_none() {
            self.wrong(name, format!("Give this as a whole number from 0 to {most}."));
        }
        number
    }

    /// A day, such as 2024-07-19.
    pub fn date(&mut self, name: &str) -> Option<NaiveDate> {
        let text = self.text(name)?;
        let date = text.parse().ok();
        if date.is_none() {
            self.wrong(name, "Give the day as year-month-day, such as 2024-07-19.");
        }
        date
    }

    /// Several of a few words.
    pub fn words<T>(
        &mut self,
        name: &str,
        all: &[&str],
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<Vec<T>> {
        let Value::Array(list) = self.get(name)? else {
            self.wrong(name, "Give this as a list.");
            return None;
        };
        let mut out = Vec::new();
        for (i, value) in list.iter().enumerate() {
            match value.as_str().and_then(&parse) {
                Some(word) => out.push(word),
                None => self.wrong(
                    &format!("{name}/{i}"),
                    format!("{value} is not known here. Use {}.", all.join(", ")),
                ),
            }
        }
        Some(out)
    }

    /// The fields of an object inside this one. What is wrong in it comes back
    /// with [`Fields::absorb`].
    pub fn object(&mut self, name: &str, known: &[&str]) -> Option<Fields> {
        let inner = Fields::new(&self.get(name)?, known).ok();
        if inner.is_none() {
            self.wrong(name, "Give this as an object.");
        }
        inner
    }

    /// Takes over the mistakes of an inner object, below its own pointer.
    pub fn absorb(&mut self, name: &str, inner: Fields) {
        let below = inner.errors.into_iter();
        self.errors.extend(below.map(|e| FieldError::new(format!("/{name}{}", e.pointer), e.detail)));
    }

    pub fn is_right(&self) -> bool {
        self.errors.is_empty()
    }

    pub fn lines(&mut self, name: &str) -> Option<Lines> {
        match Lines::parse(&self.get(name)?) {
            Ok(mut lines) => {
                // Since when a line holds, and who says so, is for us to know.
                lines.0.values_mut().for_each(|s| (s.since, s.by) = (None, None));
                Some(lines)
            }
            Err(errors) => {
                self.errors.extend(errors);
                None
            }
        }
    }

    fn draft(&mut self) -> Draft {
        let stages: Vec<_> = Stage::ALL.iter().map(|s| s.as_str()).collect();
        Draft {
            stage: self.word("state", &stages, Stage::parse),
            lines: self.lines("lines"),
            message: self.written("message"),
            next_update_by: self.time("next_update_by"),
            preset: self.id("preset"),
        }
    }

    /// The mistakes, if there were any.
    pub fn done<T>(self, value: T) -> Result<T, ApiError> {
        if self.errors.is_empty() { Ok(value) } else { Err(ApiError::fields(self.errors)) }
    }
}

/// What a declaration asks, and the mistakes in its shape. The desk finds the
/// others; both are told together where the shape allows.
pub fn declaration(value: &Value) -> Result<Declaration, ApiError> {
    let known = &[
        "title",
        "title_in",
        "system",
        "scope",
        "organisations",
        "kind",
        "level",
        "state",
        "lines",
        "message",
        "message_in",
        "next_update_by",
        "preset",
    ];
    let mut fields = Fields::new(value, known)?;
    let kinds: Vec<_> = Kind::ALL.iter().map(|k| k.as_str()).collect();
    let declaration = Declaration {
        title: fields.written("title").unwrap_or_default(),
        system: fields.text("system"),
        scope: fields.code("scope"),
        organisations: fields.codes("organisations"),
        kind: fields.word("kind", &kinds, Kind::parse),
        level: fields.small("level"),
        draft: fields.draft(),
    };
    fields.done(declaration)
}

pub fn update(value: &Value) -> Result<Draft, ApiError> {
    let known = &["state", "lines", "message", "message_in", "next_update_by", "preset"];
    let mut fields = Fields::new(value, known)?;
    let draft = fields.draft();
    if draft == Draft::default() && fields.errors.is_empty() {
        fields.wrong("", "Say at least one of state, lines, message, next_update_by or preset.");
    }
    fields.done(draft)
}

/// What everybody is told about an update that is taken back; `None` for the
/// built-in sentence.
pub fn correction(value: &Value) -> Result<Option<Written>, ApiError> {
    let mut fields = Fields::new(value, &["correction", "correction_in", "built_in"])?;
    let (text, built_in) = (fields.written("correction"), fields.flag("built_in"));
    if fields.errors.is_empty() {
        match (&text, built_in) {
            (None, false) => fields.wrong("correction", "Say what was wrong, for everybody who was told."),
            (Some(_), true) => {
                fields.wrong("correction", "Leave this out, or do not ask for the built-in words.");
            }
            _ => {}
        }
    }
    fields.done(text)
}

/// The hash of what was looked at, if it was sent.
pub fn approval(value: &Value) -> Result<Option<String>, ApiError> {
    let mut fields = Fields::new(value, &["hash"])?;
    let hash = fields.text("hash");
    fields.done(hash)
}

/// Why something is refused, or done alone.
pub fn reason(value: &Value) -> Result<String, ApiError> {
    let mut fields = Fields::new(value, &["reason"])?;
    let reason = fields.text("reason");
    fields.done(reason.unwrap_or_default())
}

pub fn note(value: &Value) -> Result<Written, ApiError> {
    let mut fields = Fields::new(value, &["message", "message_in"])?;
    let text = fields.written("message");
    if text.is_none() && fields.errors.is_empty() {
        fields.wrong("message", "Say what you learned, for patients to read.");
    }
    fields.done(text.unwrap_or_default())
}

pub fn response(value: &Value) -> Result<ResponseDraft, ApiError> {
    let mut fields = Fields::new(value, &["answer", "lines", "message", "message_in"])?;
    let answers: Vec<_> = Answer::ALL.iter().map(|a| a.as_str()).collect();
    let answer = fields.word("answer", &answers, Answer::parse);
    if answer.is_none() && fields.errors.is_empty() {
        fields.wrong("answer", format!("Give an answer: {}.", answers.join(", ")));
    }
    let draft = ResponseDraft {
        answer: answer.unwrap_or(Answer::Affected),
        lines: fields.lines("lines"),
        message: fields.written("message"),
    };
    fields.done(draft)
}

pub fn local(value: &Value) -> Result<LocalDraft, ApiError> {
    let mut fields = Fields::new(value, &["lines", "message", "message_in", "phone", "expires_at"])?;
    let lines = fields.lines("lines");
    if lines.is_none() && fields.errors.is_empty() {
        fields.wrong(
            "lines",
            "Give the lines, such as {\"phones\": \"down\"}. An empty object takes them all back.",
        );
    }
    let draft = LocalDraft {
        lines: lines.unwrap_or_default(),
        message: fields.written("message"),
        phone: fields.text("phone"),
        expires_at: fields.time("expires_at"),
    };
    fields.done(draft)
}
