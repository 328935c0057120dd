//! Reading what staff typed. Every mistake is told at once, and what was typed
//! stays.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use uuid::Uuid;

use super::national;
use crate::desk::local::LocalDraft;
use crate::desk::places::Place;
use crate::domain::FieldError;
use crate::domain::incident::{Ahead, Draft, Stage, check_time};
use crate::domain::line::{Line, Lines, Session, Setting};
use crate::domain::org::OrgCode;
use crate::domain::written::Written;
use crate::web::views::Who;
use crate::web::views::form::{OWN_TIME, Text, read_session};

const CHOOSE: &str = "Choose one of the answers.";
/// The fields that go from one screen of a post to the next.
const CARRIED: &[&str] = &[
    "system",
    "title",
    "title_in.cy",
    "reach",
    "scope",
    "organisations",
    "kind",
    "state",
    "message",
    "message_in.cy",
    "next_update_by",
    "next_update_own",
    "level",
    "starts",
    "ends",
    "repeat",
    "days",
    "until",
    "remind",
    "preset",
    "also",
    "again",
];
/// The moment that a preview promised, so that publishing promises the same.
const PROMISED: &str = "next_update_at";

/// The next update is due as their hours have it.
pub const USUAL: &str = "usual";

/// The fields of a form, or of a query.
#[derive(Debug, Clone, Default)]
pub struct Typed(Vec<(String, String)>);

impl<S: Send + Sync> FromRequest<S> for Typed {
    type Rejection = BytesRejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, BytesRejection> {
        Ok(Self::parse(&Bytes::from_request(request, state).await?))
    }
}

/// What stands behind the `?`.
pub struct Asked(pub Typed);

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(Typed::parse(parts.uri.query().unwrap_or_default().as_bytes())))
    }
}

impl Typed {
    fn parse(bytes: &[u8]) -> Self {
        Self(url::form_urlencoded::parse(bytes).into_owned().collect())
    }

    /// Fields that nobody has typed yet.
    pub fn of(fields: Vec<(&str, String)>) -> Self {
        Self(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// Whether the form had this field.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(n, _)| n == name)
    }

    /// These, and of the others those that are not among them.
    pub fn over(mut self, other: Self) -> Self {
        let missing: Vec<_> = other.0.into_iter().filter(|(name, _)| !self.has(name)).collect();
        self.0.extend(missing);
        self
    }

    /// The first value of a field as it was typed; empty when there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value.as_str())
    }

    /// Every value of a field, such as ticked boxes.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(n, _)| n == name).map(|(_, value)| value.as_str()).collect()
    }

    /// A text without the blanks around it; `None` when nothing is left.
    pub fn text(&self, name: &str) -> Option<String> {
        let text = self.get(name).replace("\r\n", "\n");
        Some(text.trim().to_owned()).filter(|t| !t.is_empty())
    }

    /// What somebody wrote, in English and where the form asked for it in Welsh.
    pub fn written(&self, name: &str) -> Option<Written> {
        Written::typed(self.text(name), self.text(&format!("{name}_in.cy")))
    }

    /// The same, to ask for it again.
    pub fn field(&self, who: &Who, name: &str) -> Text {
        let welsh = || self.get(&format!("{name}_in.cy")).to_owned();
        Text { english: self.get(name).to_owned(), welsh: who.writes_welsh.then(welsh) }
    }

    pub fn id(&self, name: &str) -> Option<Uuid> {
        Uuid::parse_str(self.get(name)).ok()
    }

    /// The state that was chosen for a line; `None` when the form had no lines.
    pub fn line(&self, line: Line) -> Option<&str> {
        let asked = self.0.iter().any(|(name, _)| name.starts_with("lines."));
        asked.then(|| self.get(&format!("lines.{line}")))
    }

    /// The same with another answer about a line that was asked about, for all day or
    /// for one session.
    pub fn with_line(mut self, line: Line, state: &str, session: &str) -> Self {
        let (name, when) = (format!("lines.{line}"), format!("when.{line}"));
        for (_, value) in self.0.iter_mut().filter(|(n, _)| *n == name) {
            state.clone_into(value);
        }
        self.0.retain(|(n, _)| *n != when);
        self.0.extend(Some((when, session.to_owned())).filter(|_| !session.is_empty()));
        self
    }

    /// The fields to hide in the preview, so that nothing must be typed again.
    /// `due` is when the next update was promised, if anything was asked about that.
    pub fn carried(&self, due: Option<DateTime<Utc>>) -> Vec<(String, String)> {
        let ours = |name: &str| {
            CARRIED.contains(&name) || ["lines.", "when.", "words-"].iter().any(|part| name.starts_with(part))
        };
        let mut out: Vec<(String, String)> = self.0.iter().filter(|(n, _)| ours(n)).cloned().collect();
        let due = due.filter(|_| self.has("next_update_by"));
        out.extend(due.map(|at| (PROMISED.to_owned(), at.to_rfc3339())));
        out.push(("once".into(), Uuid::new_v4().to_string()));
        out
    }

    /// What an update says.
    pub fn draft(&self, now: DateTime<Utc>, errors: &mut Vec<FieldError>) -> Draft {
        let stage = Some(self.get("state")).filter(|s| !s.is_empty()).map(Stage::parse);
        if stage == Some(None) {
            errors.push(FieldError::new("/state", CHOOSE));
        }
        Draft {
            stage: stage.flatten(),
            lines: self.lines(errors),
            message: self.written("message"),
            next_update_by: self.next_update(now, errors),
            preset: self.id("preset"),
        }
    }

    /// What an organisation says about itself.
    pub fn local(&self, now: DateTime<Utc>, errors: &mut Vec<FieldError>) -> LocalDraft {
        let expires_at = match self.get("expires") {
            "" => None,
            "24h" => Some(now + Duration::hours(24)),
            "7d" => Some(now + Duration::days(7)),
            other => ahead(other, now).or_else(|| {
                errors.push(FieldError::new("/expires", CHOOSE));
                None
            }),
        };
        let lines = self.lines(errors).unwrap_or_default();
        LocalDraft { lines, message: self.written("message"), phone: self.text("phone"), expires_at }
    }

    /// Lines of a preset that the form does not ask about, as it carries them.
    pub fn also(&self) -> Option<Lines> {
        let carried = self.text("also")?;
        let mut lines = serde_json::from_str(&carried).ok().and_then(|value| Lines::parse(&value).ok())?;
        // Who says so is for us to know.
        lines.0.values_mut().for_each(|setting| setting.by = None);
        Some(lines)
    }

    /// `None` when the form had no lines at all.
    pub fn lines(&self, errors: &mut Vec<FieldError>) -> Option<Lines> {
        let mut lines = None;
        for (name, value) in &self.0 {
            let Some(key) = name.strip_prefix("lines.") else { continue };
            let all = lines.get_or_insert_with(Lines::default);
            let line = Line::parse(key);
            match (line, line.and_then(|l| l.state(value))) {
                (Some(_), _) if value.is_empty() => {}
                (Some(line), Some(_)) if line.is_national() => {
                    all.0.extend(national::setting(self, line, value, errors).map(|s| (line, s)));
                }
                (Some(line), Some(state)) => {
                    let session = self.session(line, errors);
                    all.0.insert(line, Setting { session, ..Setting::new(state) });
                }
                (Some(line), None) => errors.push(FieldError::new(format!("/lines/{line}"), CHOOSE)),
                (None, _) => errors.push(FieldError::new("", "This form does not know one of the lines.")),
            }
        }
        for (line, setting) in self.also().unwrap_or_default().0 {
            lines.get_or_insert_with(Lines::default).0.entry(line).or_insert(setting);
        }
        lines
    }

    /// The session that a line holds for; `None` for all day.
    fn session(&self, line: Line, errors: &mut Vec<FieldError>) -> Option<(Session, NaiveDate)> {
        let value = self.get(&format!("when.{line}"));
        let session = read_session(value).filter(|_| line.has_sessions());
        if session.is_none() && !value.is_empty() {
            errors.push(FieldError::new(format!("/when/{line}"), CHOOSE));
        }
        session
    }

    /// When the next update is promised; `None` for the usual time.
    pub fn next_update(&self, now: DateTime<Utc>, errors: &mut Vec<FieldError>) -> Option<DateTime<Utc>> {
        if let Ok(at) = DateTime::parse_from_rfc3339(self.get(PROMISED)) {
            return Some(at.with_timezone(&Utc));
        }
        let value = self.get("next_update_by");
        if value == OWN_TIME {
            let at = super::plan::wall(self.get("next_update_own"));
            if at.is_none() {
                errors.push(FieldError::new("/next_update_own", "Enter a date and a time."));
            }
            let mut wrong = Vec::new();
            check_time("/next_update_own", at, now, &mut wrong);
            let is_wrong = !wrong.is_empty();
            errors.extend(wrong);
            return at.filter(|_| !is_wrong);
        }
        let at = ahead(value, now);
        if at.is_none() && !["", USUAL].contains(&value) {
            errors.push(FieldError::new("/next_update_by", CHOOSE));
        }
        at
    }

    /// Where a post applies, as those who may choose have chosen it.
    pub fn place(&self, own: &OrgCode, errors: &mut Vec<FieldError>) -> Option<Place> {
        match self.get("reach") {
            "named" => Some(Place::Named(self.codes(errors))),
            "" | "area" => {
                let typed = self.text("scope");
                let code = typed.as_deref().map_or(Some(own.clone()), OrgCode::parse);
                if code.is_none() {
                    errors.push(FieldError::new("/scope", "Choose one of the areas."));
                }
                code.map(Place::Area)
            }
            _ => {
                errors.push(FieldError::new("/reach", CHOOSE));
                None
            }
        }
    }

    fn codes(&self, errors: &mut Vec<FieldError>) -> Vec<OrgCode> {
        let mut codes = Vec::new();
        let words = self.get("organisations").split(|c: char| c.is_whitespace() || ",;".contains(c));
        for word in words.filter(|w| !w.is_empty()) {
            match OrgCode::parse(word) {
                Some(code) => codes.push(code),
                None => {
                    let short: String = word.chars().take(20).collect();
                    let detail = format!("\"{short}\" is not an organisation code, such as Z90101.");
                    errors.push(FieldError::new("/organisations", detail));
                }
            }
        }
        codes
    }
}

/// The moment that a choice stands for.
fn ahead(choice: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    Ahead::parse(choice).map(|ahead| ahead.from(now))
}
