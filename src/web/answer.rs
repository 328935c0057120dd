//! `/c/{token}`: one site's answer to one incident, by the link that it was
//! sent. No sign-in, no script; every change is a `POST`, for mail scanners
//! follow links.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

use super::Web;
use super::admin::typed::{Asked, Typed};
use super::error::{PageError, screen, screen_with};
use super::views::answer::{Ask, Kept, LineTaps, Stale, who_answered, who_hears};
use crate::desk::DeskError;
use crate::desk::answers::{Question, Tap};
use crate::domain::incident::{Answer, Kind};
use crate::domain::line::Line;
use crate::domain::time;
use crate::words::english;

pub fn routes() -> Router<Web> {
    Router::new().route("/c/{token}", get(show).post(answer))
}

/// `GET /c/{token}`: says what was reported, and asks; changes nothing.
async fn show(
    State(web): State<Web>,
    Path(token): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    match web.desk.question(&token).await {
        Ok(question) => Ok(screen(&view(&web, token, &question, asked.get("done") == "1"))),
        Err(DeskError::NotFound(_)) => Ok(screen_with(StatusCode::NOT_FOUND, &Stale)),
        Err(error) => Err(error.into()),
    }
}

fn view(web: &Web, token: String, q: &Question, done: bool) -> Ask {
    let now = web.desk.now();
    let near = |at| time::near(at, now, english());
    let incident = &q.incident;
    let newest = incident.standing().next_back();
    let answered = q.response.as_ref();
    let colour = |kind| if kind == Kind::Live { "" } else { "purple" };
    Ask {
        token,
        mark: incident.kind.word(),
        colour: colour(incident.kind),
        warning: incident.kind.warning(),
        site: q.site.name.clone(),
        title: incident.title.english.clone(),
        declared_by: q.declared_by.clone(),
        since: near(incident.created_at),
        said: newest.and_then(|u| u.message.as_ref()).map(|m| m.english.clone()).unwrap_or_default(),
        is_over: !q.is_open(),
        is_withdrawn: incident.was_mistaken(),
        is_awaited: q.is_awaited,
        done: done && answered.is_some(),
        answered: answered.map(|r| (r.answer, who_answered(r, now))),
        kept: Kept::of(q.stood.as_ref(), &q.site.code, "you"),
        lines: lines(q),
        readers: match incident.kind {
            Kind::Live => who_hears(q.readers),
            _ => String::new(),
        },
        until: near(q.until),
        page_url: match incident.kind {
            Kind::Live => format!("/{}", q.site.code),
            _ => String::new(),
        },
    }
}

/// The lines of the site with the states that may be pressed, and which of them it has set.
fn lines(q: &Question) -> Vec<LineTaps> {
    let own = |l: &Line| !l.is_national() && q.site.has(*l);
    let stands = q.stood.as_ref().filter(|(_, stands)| *stands).map(|(said, _)| &said.lines);
    let set = |l: Line| stands.and_then(|lines| lines.get(l)).map(|s| s.state.key);
    let taps = |line: Line| LineTaps {
        label: line.label(english()),
        states: line
            .states()
            .iter()
            .filter(|state| q.answer_with(state).is_some())
            .map(|s| (format!("{line}:{}", s.key), s.label(english()), set(line) == Some(s.key)))
            .collect(),
    };
    Line::ALL.iter().copied().filter(own).map(taps).collect()
}

/// What was pressed: `answer=affected` or `line=phones:down`.
fn tap(typed: &Typed) -> Option<Tap> {
    if let Some(answer) = Answer::parse(typed.get("answer")) {
        return Some(Tap::Answer(answer));
    }
    let (line, state) = typed.get("line").split_once(':')?;
    let line = Line::parse(line)?;
    Some(Tap::Line(line, line.state(state)?))
}

/// `POST /c/{token}`.
async fn answer(
    State(web): State<Web>,
    Path(token): Path<String>,
    typed: Typed,
) -> Result<Response, PageError> {
    let Some(tap) = tap(&typed) else {
        return Ok(Redirect::to(&format!("/c/{token}")).into_response());
    };
    match web.desk.answer_by_link(&token, tap).await {
        Ok(_) => Ok(Redirect::to(&format!("/c/{token}?done=1")).into_response()),
        // The page says that it is over.
        Err(DeskError::Conflict(_)) => Ok(Redirect::to(&format!("/c/{token}")).into_response()),
        Err(DeskError::NotFound(_)) => Ok(screen_with(StatusCode::NOT_FOUND, &Stale)),
        Err(error) => Err(error.into()),
    }
}
