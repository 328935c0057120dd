//! Writing what was learned, once an incident is over.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::typed::Typed;
use super::{id, who};
use crate::desk::DeskError;
use crate::domain::FieldError;
use crate::domain::user::Actor;
use crate::web::Web;
use crate::web::error::{PageError, screen, screen_with};
use crate::web::extract::Staff;
use crate::web::views::form::Text;
use crate::web::views::post::Note;

/// The form, with what was typed, else what stands there.
async fn asked(
    web: &Web,
    actor: &Actor,
    incident: &str,
    typed: Option<&Typed>,
    errors: Vec<FieldError>,
) -> Result<Note, PageError> {
    let incident = web.desk.incident_to_update(actor, id(incident)?).await?;
    let who = who(web, actor).await?;
    let before = incident.note.as_ref().map(|n| &n.message);
    Ok(Note {
        message: typed.map_or_else(|| Text::new(&who, before), |t| t.field(&who, "message")),
        who,
        incident: incident.id.to_string(),
        title: incident.title.english.clone(),
        is_open: incident.is_open(),
        page_url: format!("/{}/incidents/{}", incident.declared_by, incident.id),
        errors: errors.into(),
    })
}

/// `GET /desk/incidents/{id}/note`.
pub async fn form(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(incident): Path<String>,
) -> Result<Response, PageError> {
    Ok(screen(&asked(&web, &actor, &incident, None, vec![]).await?))
}

/// `POST /desk/incidents/{id}/note`.
pub async fn publish(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(incident): Path<String>,
    typed: Typed,
) -> Result<Response, PageError> {
    let message = typed.written("message").unwrap_or_default();
    match web.desk.add_note(&actor, id(&incident)?, &message).await {
        Ok(_) => Ok(Redirect::to("/desk?done=note").into_response()),
        Err(DeskError::Invalid(errors)) => {
            let again = asked(&web, &actor, &incident, Some(&typed), errors).await?;
            Ok(screen_with(StatusCode::UNPROCESSABLE_ENTITY, &again))
        }
        Err(error) => Err(error.into()),
    }
}
