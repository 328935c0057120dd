//! What a page said at any moment.

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde_json::Value;

use super::plan::{wall, wall_text};
use super::typed::{Asked, Typed};
use super::who;
use crate::desk::DeskError;
use crate::desk::past_page::{Change, PastPage};
use crate::domain::FieldError;
use crate::domain::org::OrgCode;
use crate::domain::time;
use crate::domain::user::Actor;
use crate::page::form::{Form, Wanted};
use crate::web::Web;
use crate::web::error::{PageError, no_store, screen, screen_with};
use crate::web::extract::Staff;
use crate::web::views::form::{Choice, chosen};
use crate::web::views::record as view;
use crate::words::{Locale, english};

/// The page's `status.json` at that moment: what every form of it says.
pub fn status(web: &Web, page: &PastPage) -> Value {
    let wanted = Wanted::english(Form::StatusJson);
    let bytes = web.site.as_of(&page.facts, wanted, page.at, page.since);
    serde_json::from_slice(&bytes).unwrap_or_default()
}

/// The page for patients at that moment, in English.
pub fn html(web: &Web, page: &PastPage) -> String {
    let bytes = web.site.as_of(&page.facts, Wanted::english(Form::Html), page.at, page.since);
    String::from_utf8_lossy(&bytes).into_owned()
}

fn code(text: &str) -> Result<OrgCode, PageError> {
    OrgCode::parse(text).ok_or_else(|| DeskError::NotFound("This organisation").into())
}

/// The field `turn`: which of the two times is meant that the clock shows twice, when it goes
/// back.
const BEFORE: &str = "before";
const AFTER: &str = "after";

/// A moment: as `datetime-local` writes it, with `turn`, or RFC 3339 from a link.
fn moment(asked: &Typed) -> Option<DateTime<Utc>> {
    let text = asked.get("time");
    let exact = DateTime::parse_from_rfc3339(text).ok().map(|t| t.to_utc());
    exact.or_else(|| {
        let first = wall(text)?;
        let second = time::twice(first).map(|[_, second]| second);
        Some(second.filter(|_| asked.get("turn") == AFTER).unwrap_or(first))
    })
}

/// Before or after the clocks went back, of a time that comes twice; empty of any other.
fn turns(at: DateTime<Utc>) -> Vec<Choice> {
    let Some([first, _]) = time::twice(at) else { return Vec::new() };
    let all = vec![
        Choice::new(BEFORE, "Before the clocks went back (BST)"),
        Choice::new(AFTER, "After the clocks went back (GMT)"),
    ];
    chosen(all, if at == first { BEFORE } else { AFTER })
}

fn texts(
    value: &Value,
    list: &str,
    read: impl Fn(&Value) -> Option<(String, String)>,
) -> Vec<(String, String)> {
    value[list].as_array().into_iter().flatten().filter_map(read).collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn lines(status: &Value) -> Vec<(String, String)> {
    let speaker = |l: &Value| text(l.pointer("/spoken_by/name").unwrap_or(&l["said_by"]["name"]));
    texts(status, "lines", |l| Some((text(&l["text"]), speaker(l))))
}

/// What else stood there, in our sentences or in somebody's own, by whose name.
fn words(page: &PastPage, status: &Value) -> Vec<(String, String)> {
    let mut out = texts(status, "messages", |m| Some((text(&m["text"]), text(&m["said_by"]))));
    for incident in status["incidents"].as_array().into_iter().flatten() {
        for update in incident["updates"].as_array().into_iter().flatten() {
            let back = if update["withdrawn"] == true { ", taken back" } else { "" };
            let at = DateTime::parse_from_rfc3339(update["published_at"].as_str().unwrap_or_default());
            let at = at.map(|t| time::near(t.to_utc(), page.at, english())).unwrap_or_default();
            out.push((text(&update["text"]), format!("{}, {at}{back}", text(&incident["title"]))));
        }
    }
    out.extend(texts(status, "planned", |p| Some((text(&p["text"]), text(&p["title"])))));
    out
}

fn change(web: &Web, page: &PastPage) -> Change {
    let status = status(web, page);
    let mut all: Vec<String> = lines(&status).into_iter().map(|(line, _)| line).collect();
    all.extend(words(page, &status).into_iter().map(|(words, by)| format!("{words} ({by})")));
    let late = freshness(&status);
    Change {
        at: page.at,
        headline: format!("{} {late}", text(&status["headline"]["text"])).trim().into(),
        lines: all,
    }
}

fn freshness(status: &Value) -> &'static str {
    match status["freshness"].as_str() {
        Some("overdue") => "The next update was late.",
        Some("expired") => "What had been said no longer held.",
        _ => "",
    }
}

async fn said(web: &Web, actor: &Actor, code: &OrgCode, at: DateTime<Utc>) -> Result<view::Said, DeskError> {
    let page = web.desk.page_at(actor, code, at).await?;
    let status = status(web, &page);
    let changes = web.desk.changes_of_day(actor, code, at, |p| change(web, p)).await?;
    let asked = changes.iter().rposition(|c| c.at <= at);
    let exact = |at: DateTime<Utc>| at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true);
    let shown = |(n, c): (usize, &Change)| view::Change {
        at: time::clock_with_seconds(c.at),
        href: format!("/desk/organisations/{code}/at?time={}", exact(c.at)),
        headline: c.headline.clone(),
        lines: c.lines.clone(),
        is_asked: Some(n) == asked,
    };
    Ok(view::Said {
        at: time::full(at, english()),
        headline: text(&status["headline"]["text"]),
        freshness: freshness(&status),
        lines: lines(&status),
        words: words(&page, &status),
        others: Locale::ALL
            .iter()
            .filter(|locale| **locale != Locale::En)
            .map(|locale| {
                let page = format!("/desk/organisations/{code}/at/page?time={}&lang={locale}", exact(at));
                (page, locale.own_name(), locale.as_str())
            })
            .collect(),
        page: format!("/desk/organisations/{code}/at/page?time={}", exact(at)),
        changes: changes.iter().enumerate().map(shown).collect(),
    })
}

/// `GET /desk/organisations/{CODE}/at?time=`.
pub async fn show(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(organisation): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let code = code(&organisation)?;
    // Whoever may not see it learns nothing, not even with a wrong time.
    let seen = web.desk.organisation(&actor, &code).await?;
    let view = |time: String, at: Option<DateTime<Utc>>, said, errors: Vec<FieldError>, who| view::PastPage {
        who,
        code: code.to_string(),
        name: seen.facts.org.name.clone(),
        turns: at.map(turns).unwrap_or_default(),
        time,
        said,
        errors: errors.into(),
    };
    let who = who(&web, &actor).await?;
    let at = match asked.get("time") {
        "" => Ok(web.desk.now()),
        _ => moment(&asked).ok_or_else(|| DeskError::field("/time", "Enter the day and the time.")),
    };
    let found = match at {
        Ok(at) => said(&web, &actor, &code, at).await.map(|said| (at, said)),
        Err(error) => Err(error),
    };
    match found {
        Ok((at, said)) => Ok(screen(&view(wall_text(at), Some(at), Some(said), vec![], who))),
        Err(DeskError::Invalid(errors)) => {
            let again = view(asked.get("time").to_owned(), moment(&asked), None, errors, who);
            Ok(screen_with(StatusCode::UNPROCESSABLE_ENTITY, &again))
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /desk/organisations/{CODE}/at/page?time=&form=&lang=`: the very bytes.
pub async fn page(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(organisation): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let wanted = wanted(&asked).ok_or(DeskError::NotFound("This form of the page"))?;
    let at = moment(&asked).ok_or_else(|| DeskError::field("/time", "Enter the day and the time."))?;
    let page = web.desk.page_at(&actor, &code(&organisation)?, at).await?;
    let bytes = web.site.as_of(&page.facts, wanted, page.at, page.since);
    let content_type = [(header::CONTENT_TYPE, wanted.form.content_type())];
    Ok((content_type, no_store(), bytes).into_response())
}

/// The patient page in English, unless another form or language is named.
fn wanted(asked: &Typed) -> Option<Wanted> {
    let locale = match asked.get("lang") {
        "" => Locale::En,
        text => Locale::parse(text)?,
    };
    Some(Wanted { form: Form::parse(asked.get("form"))?, locale })
}
