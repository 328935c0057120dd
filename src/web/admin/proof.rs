//! Who got which words of an update, and the proof of it for a review.

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use futures_util::stream;

use super::typed::Asked;
use super::{id, who};
use crate::desk::sending::{Group, Proof};
use crate::domain::subscriber::Channel;
use crate::domain::time;
use crate::web::Web;
use crate::web::error::{PageError, screen};
use crate::web::extract::Staff;
use crate::web::views::sending as view;
use crate::words::english;

fn group(group: &Group, now: DateTime<Utc>) -> view::Group {
    let (subject, text) = match &group.message {
        Some(m) if group.channel == Channel::Email => (m.subject.clone(), m.text_for(group.channel)),
        Some(m) => (String::new(), m.text_for(group.channel)),
        None => (String::new(), "These words are not written yet.".into()),
    };
    view::Group {
        name: group.name.clone(),
        channel: group.channel.label(),
        language: crate::words::Locale::parse(&group.locale).unwrap_or_default(),
        readers: group.readers,
        waiting: group.waiting,
        until: group.until.map(|at| time::near(at, now, english())),
        parts: group.parts,
        subject,
        text,
    }
}

/// `GET /desk/updates/{id}/texts?screen=`.
pub async fn texts(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(update): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let update = id(&update)?;
    let number: u32 = asked.get("screen").parse().unwrap_or(0);
    let (groups, more) = web.desk.groups(&actor, update, number).await?;
    Ok(screen(&view::Texts {
        who: who(&web, &actor).await?,
        update: update.to_string(),
        groups: groups.iter().map(|g| group(g, web.desk.now())).collect(),
        next: more.then(|| format!("/desk/updates/{update}/texts?screen={}", number + 1)),
    }))
}

/// `GET /desk/updates/{id}/deliveries.csv`: the proof for a review, as long as
/// it is.
pub async fn proof(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(update): Path<String>,
) -> Result<Response, PageError> {
    let update = id(&update)?;
    let (first, next) = web.desk.proof(&actor, update, None).await?;
    let head = Bytes::from(format!("{}\r\n{}", Proof::HEAD, lines(&first)));
    let rest = stream::unfold(next, move |next| {
        let (web, actor) = (web.clone(), actor.clone());
        async move {
            let found = web.desk.proof(&actor, update, Some(next?)).await;
            Some(match found {
                Ok((rows, next)) => (Ok(Bytes::from(lines(&rows))), next),
                // Half a proof must not look like a whole one.
                Err(error) => (Err(std::io::Error::other(error.to_string())), None),
            })
        }
    });
    let all = stream::StreamExt::chain(stream::iter([Ok(head)]), rest);
    let name = format!("attachment; filename=\"deliveries-{update}.csv\"");
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, Body::from_stream(all)).into_response())
}

fn lines(rows: &[Proof]) -> String {
    rows.iter().map(|row| row.line() + "\r\n").collect()
}
