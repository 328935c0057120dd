//! Which services a place has.

use std::collections::BTreeSet;

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

use super::contacts::place;
use super::typed::{Asked, Typed};
use super::who;
use crate::desk::DeskError;
use crate::desk::services::asked_about;
use crate::domain::line::Line;
use crate::web::Web;
use crate::web::error::{PageError, screen};
use crate::web::extract::Staff;
use crate::web::views::form::Choice;
use crate::web::views::services::Services;
use crate::words::english;

pub fn routes() -> Router<Web> {
    Router::new().route("/desk/services", get(show).post(put))
}

/// `GET /desk/services?organisation=CODE`.
async fn show(
    State(web): State<Web>,
    Staff(actor): Staff,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let org = web.desk.place(&actor, &place(&actor, &asked)?).await?;
    let who = who(&web, &actor).await?;
    if !who.may_publish() {
        return Err(DeskError::Denied.into());
    }
    let choice =
        |line: Line| Choice { chosen: org.has(line), ..Choice::new(line.as_str(), line.label(english())) };
    Ok(screen(&Services {
        who,
        place_code: org.code.to_string(),
        place: org.name.clone(),
        is_saved: asked.get("done") == "saved",
        services: asked_about(&org).into_iter().map(choice).collect(),
    }))
}

/// `POST /desk/services`: what is not ticked, the place does not have.
async fn put(State(web): State<Web>, Staff(actor): Staff, typed: Typed) -> Result<Response, PageError> {
    let code = place(&actor, &typed)?;
    let org = web.desk.place(&actor, &code).await?;
    let has = typed.all("service");
    let lacks: BTreeSet<Line> =
        asked_about(&org).into_iter().filter(|line| !has.contains(&line.as_str())).collect();
    web.desk.set_lacks(&actor, &code, lacks).await?;
    Ok(Redirect::to(&format!("/desk/services?organisation={code}&done=saved")).into_response())
}
