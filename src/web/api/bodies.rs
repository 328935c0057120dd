//! The shapes of what is sent, for the description alone: `body` reads it by
//! hand, so that every mistake gets its pointer.
#![expect(dead_code, reason = "they describe; nothing is made of them")]

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa::openapi::schema::{Object, ObjectBuilder, Type};
use uuid::Uuid;

use crate::domain::incident::{Answer, Kind, Stage};

/// One of these words.
fn one_of(words: Vec<&'static str>) -> Object {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).build()
}

fn kinds() -> Object {
    one_of(Kind::ALL.iter().map(|k| k.as_str()).collect())
}

fn stages() -> Object {
    one_of(Stage::ALL.iter().map(|s| s.as_str()).collect())
}

fn answers() -> Object {
    one_of(Answer::ALL.iter().map(|a| a.as_str()).collect())
}

/// A new incident.
#[derive(ToSchema)]
pub struct IncidentBody {
    /// What is not working; may be left out when `system` is given.
    pub title: Option<String>,
    /// The same in other languages.
    pub title_in: Option<BTreeMap<String, String>>,
    /// Key, name or alias of a system of the catalogue.
    pub system: Option<String>,
    /// Reaches everybody at or below it; the token's organisation by default.
    pub scope: Option<String>,
    /// Reaches exactly these.
    pub organisations: Option<Vec<String>>,
    /// `live` by default.
    #[schema(schema_with = kinds)]
    pub kind: Option<String>,
    /// NHS England's incident level.
    #[schema(minimum = 1, maximum = 4)]
    pub level: Option<u8>,
    /// `investigating`, `identified`, `limited`, `catching_up`, `monitoring`.
    #[schema(schema_with = stages)]
    pub state: Option<String>,
    /// A state for each line, or an object with `state` and, where the line
    /// has them, `words`, `session` and `day`.
    pub lines: Option<BTreeMap<String, Value>>,
    pub message: Option<String>,
    /// The same in other languages, such as `{"cy": "…"}`. Organisations in
    /// Wales give Welsh.
    pub message_in: Option<BTreeMap<String, String>>,
    /// By default two hours from now, and not past the closing time of whoever
    /// speaks, where their hours are known.
    pub next_update_by: Option<DateTime<Utc>>,
    /// A preset that says what is left out here.
    pub preset: Option<Uuid>,
}

/// How an incident goes on.
#[derive(ToSchema)]
pub struct UpdateBody {
    #[schema(schema_with = stages)]
    pub state: Option<String>,
    pub lines: Option<BTreeMap<String, Value>>,
    pub message: Option<String>,
    /// The same in other languages, such as `{"cy": "…"}`. Organisations in
    /// Wales give Welsh.
    pub message_in: Option<BTreeMap<String, String>>,
    pub next_update_by: Option<DateTime<Utc>>,
    /// A preset that says what is left out here.
    pub preset: Option<Uuid>,
}

/// Whether those who have not answered are asked.
#[derive(ToSchema)]
pub struct AskingBody {
    /// `on` asks them now, and again; `off` stops.
    pub asking: String,
}

/// A contact point of staff on duty.
#[derive(ToSchema)]
pub struct ContactBody {
    /// An email address, or a UK mobile number.
    pub contact: String,
    /// `email` or `sms`.
    pub channel: String,
    /// What it is called, such as "Front desk mobile".
    pub label: String,
}

/// Planned downtime.
#[derive(ToSchema)]
pub struct PlannedBody {
    /// What will not work; may be left out when `system` is given.
    pub title: Option<String>,
    /// The same in other languages.
    pub title_in: Option<BTreeMap<String, String>>,
    /// Key, name or alias of a system of the catalogue.
    pub system: Option<String>,
    /// Reaches everybody at or below it; the token's organisation by default.
    pub scope: Option<String>,
    /// Reaches exactly these.
    pub organisations: Option<Vec<String>>,
    /// What holds while it lasts; the system's own lines by default.
    pub lines: Option<BTreeMap<String, Value>>,
    pub message: Option<String>,
    /// The same in other languages, such as `{"cy": "…"}`. Organisations in
    /// Wales give Welsh.
    pub message_in: Option<BTreeMap<String, String>>,
    /// The first window, or the only one.
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub repeat: Option<RepeatBody>,
    /// How many hours before each window people are reminded: 24 by default,
    /// 0 for never.
    pub remind_hours: Option<u16>,
}

/// How a window comes back: at the same time on the clock in London.
#[derive(ToSchema)]
pub struct RepeatBody {
    /// `weekly` or `monthly`.
    pub frequency: String,
    /// Weekly: every so many weeks; 1 by default.
    pub interval: Option<u8>,
    /// Weekly: the days, such as `sunday`; the first window's among them.
    pub days: Option<Vec<String>>,
    /// Monthly: `first`, `second`, `third`, `fourth` or `last`.
    pub week: Option<String>,
    /// Monthly: the day, such as `sunday`.
    pub day: Option<String>,
    /// The last day on which a window may begin, such as 2024-07-19; it goes
    /// on without.
    pub until: Option<String>,
}

/// It takes longer.
#[derive(ToSchema)]
pub struct ExtensionBody {
    pub ends_at: DateTime<Utc>,
    pub message: Option<String>,
    /// The same in other languages, such as `{"cy": "…"}`. Organisations in
    /// Wales give Welsh.
    pub message_in: Option<BTreeMap<String, String>>,
}

/// It is done.
#[derive(ToSchema)]
pub struct EndBody {
    pub message: Option<String>,
    /// The same in other languages, such as `{"cy": "…"}`. Organisations in
    /// Wales give Welsh.
    pub message_in: Option<BTreeMap<String, String>>,
}

/// It is called off.
#[derive(ToSchema)]
pub struct CancellationBody {
    /// The day on which the window begins, such as 2024-07-19; everything that
    /// is not over by default.
    pub occurrence: Option<String>,
    pub message: Option<String>,
    /// The same in other languages, such as `{"cy": "…"}`. Organisations in
    /// Wales give Welsh.
    pub message_in: Option<BTreeMap<String, String>>,
}

/// Why an update is taken back.
#[derive(ToSchema)]
pub struct WithdrawalBody {
    /// What everybody whom the update may have reached is told.
    ///
    /// Where an update with the same words would need a second person, it goes
    /// out all the same; everybody who answers for the place is alarmed, and
    /// somebody else has to look at it within the hour.
    pub correction: Option<String>,
    /// The same in other languages.
    pub correction_in: Option<BTreeMap<String, String>>,
    /// Instead of words of one's own: "What we told you before was wrong."
    pub built_in: Option<bool>,
}

/// An approval; may be empty, unless it was changed after it was proposed.
#[derive(ToSchema)]
pub struct ApprovalBody {
    /// The `hash` of what was looked at. When it has been changed since, the
    /// approval is refused.
    pub hash: Option<String>,
}

/// Why something was refused, or published alone.
#[derive(ToSchema)]
pub struct ReasonBody {
    /// A few words, at most 500 characters.
    pub reason: String,
}

/// What was learned from an incident.
#[derive(ToSchema)]
pub struct NoteBody {
    /// Plain text, shown under the incident as "What we learned".
    pub message: String,
    /// The same in other languages.
    pub message_in: Option<BTreeMap<String, String>>,
}

/// A decision, for the log.
#[derive(ToSchema)]
pub struct DecisionBody {
    /// What it is about; the organisation's day by default.
    pub incident: Option<Uuid>,
    /// When it was made; now by default. Entered well after that, it is marked
    /// as late.
    pub made_at: Option<DateTime<Utc>>,
    /// Name and role; the token's name by default.
    pub decided_by: Option<String>,
    pub decision: String,
    pub reason: String,
    /// What else was considered, and why not.
    pub refused: Option<Vec<String>>,
    /// The entry that this one puts right.
    pub corrects: Option<Uuid>,
}

/// A set of organisations with a name and dates.
#[derive(ToSchema)]
pub struct CentreBody {
    pub name: String,
    /// The organisation whose coordinators change it; the token's by default.
    pub lead: Option<String>,
    /// Organisations; each covers what stands below it.
    pub members: Vec<String>,
    /// Today by default.
    pub first_day: Option<NaiveDate>,
    /// Open when left out. People may act until its end, in London.
    pub last_day: Option<NaiveDate>,
    pub people: Option<Vec<CentrePersonBody>>,
}

/// Somebody who acts for a centre: an email, the name of a token, or an id.
#[derive(ToSchema)]
pub struct CentrePersonBody {
    pub email: Option<String>,
    pub token: Option<String>,
    pub id: Option<Uuid>,
    /// `viewer`, `publisher` (by default), `approver` or `coordinator`.
    pub role: Option<String>,
}

/// What an organisation says to being in a centre.
#[derive(ToSchema)]
pub struct MemberBody {
    /// `agree` or `decline`.
    pub answer: String,
}

/// The word of a supplier or a partner body.
#[derive(ToSchema)]
pub struct StatementBody {
    pub message: String,
    /// The same in other languages, such as `{"cy": "…"}`.
    pub message_in: Option<BTreeMap<String, String>>,
    /// How long it counts; 24 hours by default, 31 days at most.
    pub until: Option<DateTime<Utc>>,
}

/// A partner body.
#[derive(ToSchema)]
pub struct PartnerBody {
    /// A word for commands, such as `counter-federation`.
    pub key: String,
    pub name: String,
    /// Where its word is shown; the token's organisation by default.
    pub scope: Option<String>,
    /// At which places: `practice`, `branch`, `pharmacy`, `trust`, `trust_site`.
    pub kinds: Vec<String>,
    /// The systems of whose incidents it is told; of all in its area when left out.
    pub follows: Option<Vec<String>>,
}

/// Something that is counted until all of it is done.
#[derive(ToSchema)]
pub struct CounterBody {
    /// Such as "Windows servers".
    pub name: String,
    /// What they are called, such as "servers".
    pub unit: String,
    /// How many there are in all.
    pub total: i64,
    /// How many are done; 0 by default.
    pub done: Option<i64>,
    /// When that was counted; now by default.
    pub at: Option<DateTime<Utc>>,
}

/// How far it has come.
#[derive(ToSchema)]
pub struct ReadingBody {
    pub done: i64,
    /// As before by default.
    pub total: Option<i64>,
    /// Now by default.
    pub at: Option<DateTime<Utc>>,
}

/// When situation reports are due: at set hours on the clock in London.
#[derive(ToSchema)]
pub struct RhythmBody {
    /// 0 to 23; none for no more reports.
    pub hours: Vec<u8>,
    /// Only on this day, such as `monday`; every day by default.
    pub day: Option<String>,
}

/// What a person adds to a report when it is signed off.
#[derive(ToSchema)]
pub struct SignOffBody {
    /// The `as_at` of the figures that were read.
    pub as_at: DateTime<Utc>,
    pub summary: String,
    /// What the supplier said last, and when. What is left out stays as it is
    /// in the draft.
    pub supplier: Option<String>,
    pub risks: Option<String>,
    pub patients: Option<String>,
    pub partners: Option<String>,
}

/// One organisation's answer. What is left out stands with `affected` and `busy`; what is empty goes.
#[derive(ToSchema)]
pub struct ResponseBody {
    #[schema(schema_with = answers)]
    pub answer: String,
    pub lines: Option<BTreeMap<String, Value>>,
    pub message: Option<String>,
    /// The same in other languages, such as `{"cy": "…"}`. Organisations in
    /// Wales give Welsh.
    pub message_in: Option<BTreeMap<String, String>>,
}

/// Local facts.
#[derive(ToSchema)]
pub struct LinesBody {
    pub lines: BTreeMap<String, Value>,
    pub message: Option<String>,
    /// The same in other languages, such as `{"cy": "…"}`. Organisations in
    /// Wales give Welsh.
    pub message_in: Option<BTreeMap<String, String>>,
    /// A number to use instead of the usual one.
    pub phone: Option<String>,
    /// 24 hours from now by default.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Credentials. `mastodon`: `base_url`, `access_token`. `bluesky`: `service`
/// (`https://bsky.social` by default), `identifier`, `app_password`. `x`:
/// `consumer_key`, `consumer_secret`, `access_token`, `access_token_secret`.
/// `facebook`: `page_id`, `access_token`. `slack`, `teams`, `discord` and
/// `webhook`: `url`, and a `name` where there are several.
#[derive(ToSchema)]
pub struct AccountBody {
    /// The server; for `x` and `facebook` only where something stands before it.
    pub base_url: Option<String>,
    pub access_token: Option<String>,
    pub service: Option<String>,
    pub identifier: Option<String>,
    pub app_password: Option<String>,
    pub consumer_key: Option<String>,
    pub consumer_secret: Option<String>,
    pub access_token_secret: Option<String>,
    pub page_id: Option<String>,
    pub url: Option<String>,
    pub name: Option<String>,
}

/// A mistake, as problem details (RFC 9457).
#[derive(ToSchema)]
pub struct Problem {
    pub title: String,
    pub status: u16,
    pub detail: String,
    pub errors: Option<Vec<ProblemField>>,
}

#[derive(ToSchema)]
pub struct ProblemField {
    /// JSON pointer, such as `/lines/attend`.
    pub pointer: String,
    pub detail: String,
}
