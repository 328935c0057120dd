//! Command centres.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::bodies::{CentreBody, MemberBody, Problem};
use super::idempotency::Post;
use super::{answer, body};
use crate::desk::DeskError;
use crate::desk::centres::SeenCentre;
use crate::domain::centre::{CentreDraft, PersonDraft, PersonKey};
use crate::domain::org::OrgCode;
use crate::domain::time::rfc3339;
use crate::domain::user::Role;
use crate::web::Web;
use crate::web::error::ApiError;
use crate::web::extract::Program;

fn code(text: &str) -> Result<OrgCode, ApiError> {
    OrgCode::parse(text).ok_or_else(|| DeskError::NotFound("This centre").into())
}

fn draft(value: &Value) -> Result<CentreDraft, ApiError> {
    let known = &["name", "lead", "members", "first_day", "last_day", "people"];
    let mut fields = body::Fields::new(value, known)?;
    let people = value.get("people").and_then(Value::as_array);
    if people.is_none() && value.get("people").is_some_and(|p| !p.is_null()) {
        fields.wrong("people", "Give this as a list.");
    }
    let people: Vec<_> = people.into_iter().flatten().enumerate().collect();
    let people = people.into_iter().filter_map(|(i, p)| person(&mut fields, i, p)).collect();
    let draft = CentreDraft {
        name: fields.text("name").unwrap_or_default(),
        lead: fields.code("lead"),
        members: fields.codes("members").unwrap_or_default(),
        first_day: fields.date("first_day"),
        last_day: fields.date("last_day"),
        people,
    };
    fields.done(draft)
}

/// `{"email", "role"}`, `{"token", "role"}` or `{"id", "role"}`.
fn person(fields: &mut body::Fields, i: usize, value: &Value) -> Option<PersonDraft> {
    let name = format!("people/{i}");
    let Ok(mut inner) = body::Fields::new(value, &["email", "token", "id", "name", "role"]) else {
        fields.wrong(&name, "Give this as an object with an email, a token or an id, and a role.");
        return None;
    };
    let roles: Vec<_> = Role::ALL.iter().map(|r| r.as_str()).collect();
    let role = inner.word("role", &roles, Role::parse).unwrap_or(Role::Publisher);
    let who = inner.id("id").map(PersonKey::Id);
    let who = who.or_else(|| inner.text("email").map(PersonKey::Email));
    let who = who.or_else(|| inner.text("token").map(PersonKey::Token));
    if who.is_none() && inner.is_right() {
        inner.wrong("email", "Give an email, the name of a token, or an id.");
    }
    fields.absorb(&name, inner);
    Some(PersonDraft { who: who?, role })
}

/// Make a command centre: a set of organisations with a name and dates
///
/// Members at or below the token's organisation are in at once. Others are asked, and are in when a coordinator
/// of theirs agrees. Its `id` serves as a scope everywhere.
#[utoipa::path(post, path = "/api/v1/centres", request_body = CentreBody,
    responses((status = 201), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub async fn make(post: Post) -> Result<Response, ApiError> {
    post.once(|desk, actor, sent| async move {
        let draft = draft(&body::json(&sent)?)?;
        let made = desk.make_centre(&actor, desk.new_id(), &draft).await?;
        Ok((StatusCode::CREATED, centre_json(&made)))
    })
    .await
}

/// The command centres that they lead, are in, are asked into, or act for
#[utoipa::path(get, path = "/api/v1/centres", responses((status = 200)))]
pub async fn list(State(web): State<Web>, Program(who): Program) -> Result<Response, ApiError> {
    let all: Vec<Value> = web.desk.centres(&who).await?.iter().map(centre_json).collect();
    Ok(answer(StatusCode::OK, json!({"centres": all})))
}

/// One command centre
#[utoipa::path(get, path = "/api/v1/centres/{id}", params(("id" = String, Path)),
    responses((status = 200), (status = 404, body = Problem)))]
pub async fn one(
    State(web): State<Web>,
    Program(who): Program,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    Ok(answer(StatusCode::OK, centre_json(&web.desk.centre(&who, &code(&id)?).await?)))
}

/// Change a command centre to exactly this, its members and people as well
#[utoipa::path(put, path = "/api/v1/centres/{id}", request_body = CentreBody, params(("id" = String, Path)),
    responses((status = 200), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn change(
    State(web): State<Web>,
    Program(who): Program,
    Path(id): Path<String>,
    bytes: Bytes,
) -> Result<Response, ApiError> {
    let draft = draft(&body::json(&bytes)?)?;
    let changed = web.desk.change_centre(&who, &code(&id)?, &draft).await?;
    Ok(answer(StatusCode::OK, centre_json(&changed)))
}

/// End a command centre now: its people may do nothing more for it
#[utoipa::path(post, path = "/api/v1/centres/{id}/end", params(("id" = String, Path)),
    responses((status = 200), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn end(Path(id): Path<String>, post: Post) -> Result<Response, ApiError> {
    let id = code(&id)?;
    post.once(|desk, actor, _| async move {
        desk.end_centre(&actor, &id).await?;
        Ok((StatusCode::OK, centre_json(&desk.centre(&actor, &id).await?)))
    })
    .await
}

/// Say for an organisation whether it is in a command centre
#[utoipa::path(put, path = "/api/v1/centres/{id}/members/{code}", request_body = MemberBody, params(("id" = String, Path), ("code" = String, Path)),
    responses((status = 200), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn answer_for(
    State(web): State<Web>,
    Program(who): Program,
    Path((id, member)): Path<(String, String)>,
    bytes: Bytes,
) -> Result<Response, ApiError> {
    let mut fields = body::Fields::new(&body::json(&bytes)?, &["answer"])?;
    let read = |text: &str| match text {
        "agree" => Some(true),
        "decline" => Some(false),
        _ => None,
    };
    let agrees = fields.word("answer", &["agree", "decline"], read);
    if agrees.is_none() && fields.is_right() {
        fields.wrong("answer", "Say agree or decline.");
    }
    let agrees = fields.done(agrees)?.unwrap_or_default();
    let member = OrgCode::parse(&member).ok_or(DeskError::NotFound("This organisation"))?;
    web.desk.answer_centre(&who, &code(&id)?, &member, agrees).await?;
    Ok(answer(
        StatusCode::OK,
        json!({"organisation": member, "answer": if agrees { "agree" } else { "decline" }}),
    ))
}

fn centre_json(seen: &SeenCentre) -> Value {
    let member = |m: &crate::desk::centres::SeenMember| {
        let state = if m.agreed_at.is_some() { "agreed" } else { "asked" };
        json!({"code": m.code, "name": m.name, "state": state, "asked_at": rfc3339(m.asked_at),
               "agreed_at": m.agreed_at.map(rfc3339)})
    };
    let members: Vec<Value> = seen.members.iter().map(member).collect();
    let person = |p: &crate::store::centres::Person| json!({"id": p.actor, "name": p.name, "role": p.role});
    let people: Vec<Value> = seen.people.iter().map(person).collect();
    let centre = &seen.centre;
    json!({
        "id": centre.code,
        "name": centre.name,
        "lead": {"code": centre.lead, "name": seen.lead_name},
        "state": seen.standing,
        "first_day": centre.first_day,
        "last_day": centre.last_day,
        "members": members,
        "people": people,
    })
}
