//! Whom to ask at a site.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::typed::{Asked, Typed};
use super::{id, who};
use crate::desk::DeskError;
use crate::desk::duties::{DutyDraft, OnDuty};
use crate::domain::FieldError;
use crate::domain::org::OrgCode;
use crate::domain::user::Actor;
use crate::web::Web;
use crate::web::error::{PageError, screen, screen_with};
use crate::web::extract::Staff;
use crate::web::views::contacts::{Contacts, Row};
use crate::web::views::form::{Choice, chosen};

/// Whose it is about: the own organisation, or one below it.
pub fn place(actor: &Actor, typed: &Typed) -> Result<OrgCode, PageError> {
    match typed.text("organisation") {
        None => Ok(actor.organisation.clone()),
        Some(text) => OrgCode::parse(&text).ok_or(DeskError::NotFound("This organisation").into()),
    }
}

async fn view(
    web: &Web,
    actor: &Actor,
    code: &OrgCode,
    typed: &DutyDraft,
    errors: Vec<FieldError>,
) -> Result<Contacts, PageError> {
    let all = web.desk.on_duty(actor, code).await?;
    let channels = vec![Choice::new("sms", "Text message to a mobile phone"), Choice::new("email", "Email")];
    Ok(Contacts {
        who: who(web, actor).await?,
        place_code: code.to_string(),
        place: web.desk.name_of(code).await?,
        done: String::new(),
        rows: all.into_iter().map(row).collect(),
        channels: chosen(channels, if typed.channel.is_empty() { "sms" } else { &typed.channel }),
        contact: typed.contact.clone(),
        called: typed.label.clone(),
        errors: errors.into(),
    })
}

fn row(c: OnDuty) -> Row {
    Row {
        id: c.id.to_string(),
        label: c.label,
        channel: c.channel.label(),
        masked: c.masked,
        takes_messages: c.takes_messages,
    }
}

/// `GET /desk/contacts?organisation=CODE`.
pub async fn show(
    State(web): State<Web>,
    Staff(actor): Staff,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let code = place(&actor, &asked)?;
    let done = match asked.get("done") {
        "saved" => "Saved. It is asked when a problem reaches you.",
        "removed" => "Removed. Nothing more goes there.",
        _ => "",
    };
    let seen = view(&web, &actor, &code, &DutyDraft::default(), vec![]).await?;
    Ok(screen(&Contacts { done: done.into(), ..seen }))
}

fn back(code: &OrgCode, done: &str) -> Response {
    Redirect::to(&format!("/desk/contacts?organisation={code}&done={done}")).into_response()
}

/// `POST /desk/contacts`.
pub async fn put(State(web): State<Web>, Staff(actor): Staff, typed: Typed) -> Result<Response, PageError> {
    let code = place(&actor, &typed)?;
    let text = |name: &str| typed.get(name).to_owned();
    let draft = DutyDraft { channel: text("channel"), contact: text("contact"), label: text("label") };
    match web.desk.put_on_duty(&actor, &code, &draft).await {
        Ok(_) => Ok(back(&code, "saved")),
        Err(DeskError::Invalid(errors)) => {
            let again = view(&web, &actor, &code, &draft, errors).await?;
            Ok(screen_with(StatusCode::UNPROCESSABLE_ENTITY, &again))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /desk/contacts/{id}/remove`.
pub async fn remove(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(contact): Path<String>,
    typed: Typed,
) -> Result<Response, PageError> {
    let code = place(&actor, &typed)?;
    web.desk.end_duty(&actor, &code, id(&contact)?).await?;
    Ok(back(&code, "removed"))
}
