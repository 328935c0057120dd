//! Command centres: the list, making one, changing, ending, agreeing.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use uuid::Uuid;

use super::typed::{Asked, Typed};
use super::{who, words};
use crate::desk::DeskError;
use crate::desk::centre_growth::SaidFor;
use crate::desk::centres::{SeenCentre, SeenMember};
use crate::domain::FieldError;
use crate::domain::centre::{CentreDraft, PersonDraft, PersonKey, Standing};
use crate::domain::org::OrgCode;
use crate::domain::time;
use crate::domain::user::{Actor, Role};
use crate::store::centres::Person;
use crate::web::Web;
use crate::web::board::dates;
use crate::web::error::{PageError, screen, screen_with};
use crate::web::extract::Staff;
use crate::web::views::centres::{Centre, Centres, Form, Member, Row, Said};
use crate::words::english;

fn code(text: &str) -> Result<OrgCode, PageError> {
    OrgCode::parse(text).ok_or_else(|| DeskError::NotFound("This centre").into())
}

/// Reads what was typed. Mistakes in a list stand beside the list.
fn read(typed: &Typed, errors: &mut Vec<FieldError>) -> CentreDraft {
    let mut day = |name: &str| {
        let text = typed.text(name)?;
        let day = text.parse().ok();
        if day.is_none() {
            errors.push(FieldError::new(format!("/{name}"), "Enter a day, such as 19 7 2024."));
        }
        day
    };
    let (first_day, last_day) = (day("first_day"), day("last_day"));
    let (mut members, mut people) = (Vec::new(), Vec::new());
    for text in typed.get("members").split([',', '\n', ' ']).map(str::trim).filter(|t| !t.is_empty()) {
        match OrgCode::parse(text) {
            Some(code) => members.push(code),
            None => errors.push(FieldError::new("/members", format!("\"{text}\" is not a code."))),
        }
    }
    for line in typed.get("people").lines().map(str::trim).filter(|l| !l.is_empty()) {
        match person(line) {
            Some(person) => people.push(person),
            None => {
                let detail = format!("\"{line}\" has no role. Write for example: sam@example.org publisher");
                errors.push(FieldError::new("/people", detail));
            }
        }
    }
    let name = typed.text("name").unwrap_or_default();
    CentreDraft { name, lead: None, members, first_day, last_day, people }
}

/// "sam@example.org publisher", "Sam's token, approver".
fn person(line: &str) -> Option<PersonDraft> {
    let (who, role) = line.rsplit_once([' ', ','])?;
    let (who, role) =
        (who.trim().trim_end_matches(',').to_owned(), Role::parse(&role.trim().to_lowercase())?);
    let by_id = Uuid::parse_str(&who).ok().map(PersonKey::Id);
    let key = by_id.unwrap_or(if who.contains('@') { PersonKey::Email(who) } else { PersonKey::Token(who) });
    Some(PersonDraft { who: key, role })
}

/// The line that names somebody again: of two tokens with one name, by its id.
fn named(person: &Person) -> String {
    let key = person.email.clone().unwrap_or_else(|| person.actor.to_string());
    format!("{key} {}", person.role)
}

fn beside(errors: Vec<FieldError>) -> Vec<FieldError> {
    let list = |e: &FieldError| e.pointer.split('/').nth(1).unwrap_or_default().to_owned();
    errors.into_iter().map(|e| FieldError::new(format!("/{}", list(&e)), e.detail)).collect()
}

fn typed_form(typed: &Typed) -> Form {
    let field = |name: &str| typed.get(name).to_owned();
    Form {
        name: field("name"),
        members: field("members"),
        first_day: field("first_day"),
        last_day: field("last_day"),
        people: field("people"),
    }
}

fn row(seen: &SeenCentre) -> Row {
    let (tag, colour) = match seen.standing {
        Standing::Planned => ("Planned", "blue"),
        Standing::Open => ("Open", "green"),
        Standing::Ended => ("Ended", "grey"),
    };
    Row {
        code: seen.centre.code.to_string(),
        name: seen.centre.name.clone(),
        tag,
        colour,
        when: format!("{}, led by {}", dates(&seen.centre), seen.lead_name),
        is_asked: seen.members.iter().any(|m| m.may_answer && m.agreed_at.is_none()),
    }
}

async fn listed(web: &Web, actor: &Actor, form: Form, errors: Vec<FieldError>) -> Result<Centres, PageError> {
    let all = web.desk.centres(actor).await?;
    Ok(Centres {
        who: who(web, actor).await?,
        rows: all.iter().map(row).collect(),
        form,
        errors: errors.into(),
        once: Uuid::new_v4().to_string(),
    })
}

/// `GET /desk/centres`.
pub async fn list(State(web): State<Web>, Staff(actor): Staff) -> Result<Response, PageError> {
    Ok(screen(&listed(&web, &actor, Form::default(), vec![]).await?))
}

/// `POST /desk/centres`.
pub async fn make(State(web): State<Web>, Staff(actor): Staff, typed: Typed) -> Result<Response, PageError> {
    let mut errors = Vec::new();
    let draft = read(&typed, &mut errors);
    if errors.is_empty() {
        let id = typed.id("once").unwrap_or_else(Uuid::new_v4);
        match web.desk.make_centre(&actor, id, &draft).await {
            Ok(made) => {
                let to = format!("/desk/centres/{}?done=made", made.centre.code);
                return Ok(Redirect::to(&to).into_response());
            }
            Err(DeskError::Invalid(more)) => errors = beside(more),
            Err(error) => return Err(error.into()),
        }
    }
    let again = listed(&web, &actor, typed_form(&typed), errors).await?;
    Ok(screen_with(StatusCode::UNPROCESSABLE_ENTITY, &again))
}

/// What stands for all of it, as whoever agrees to be in it has to know it.
fn said(said: &SaidFor) -> Said {
    let lines = said.lines.0.iter().map(|(line, setting)| words::stands(*line, setting));
    Said { title: said.title.clone(), is_planned: said.is_planned, lines: lines.collect() }
}

async fn seen(
    web: &Web,
    actor: &Actor,
    code: &OrgCode,
    typed: Option<&Typed>,
    errors: Vec<FieldError>,
) -> Result<Centre, PageError> {
    let seen = web.desk.centre(actor, code).await?;
    let member = |m: &SeenMember| Member {
        code: m.code.to_string(),
        name: m.name.clone(),
        stands: match m.agreed_at {
            Some(at) => format!("In it since {}", time::near(at, web.desk.now(), english())),
            None => format!("Asked at {}", time::near(m.asked_at, web.desk.now(), english())),
        },
        is_asked: m.agreed_at.is_none(),
        may_answer: m.may_answer,
    };
    let lines = |all: Vec<String>| all.join("\n");
    let stands = || Form {
        name: seen.centre.name.clone(),
        members: lines(seen.members.iter().map(|m| m.code.to_string()).collect()),
        first_day: seen.centre.first_day.to_string(),
        last_day: seen.centre.last_day.map(|d| d.to_string()).unwrap_or_default(),
        people: lines(seen.people.iter().map(named).collect()),
    };
    Ok(Centre {
        who: who(web, actor).await?,
        done: "",
        row: row(&seen),
        members: seen.members.iter().map(member).collect(),
        people: seen.people.iter().map(|p| (p.name.clone(), p.role.label().to_owned())).collect(),
        said: seen.said.iter().map(said).collect(),
        may_change: seen.may_change,
        form: typed.map_or_else(stands, typed_form),
        errors: errors.into(),
    })
}

/// `GET /desk/centres/{code}?done=`.
pub async fn one(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(text): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let done = match asked.get("done") {
        "made" => "The centre is made. Members that are not yours are asked now.",
        "saved" => "The centre is changed.",
        "ended" => "The centre has ended.",
        "answered" => "Your answer is saved.",
        _ => "",
    };
    Ok(screen(&Centre { done, ..seen(&web, &actor, &code(&text)?, None, vec![]).await? }))
}

/// `POST /desk/centres/{code}`.
pub async fn change(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(text): Path<String>,
    typed: Typed,
) -> Result<Response, PageError> {
    let code = code(&text)?;
    let mut errors = Vec::new();
    let draft = read(&typed, &mut errors);
    if errors.is_empty() {
        match web.desk.change_centre(&actor, &code, &draft).await {
            Ok(_) => return Ok(Redirect::to(&format!("/desk/centres/{code}?done=saved")).into_response()),
            Err(DeskError::Invalid(more)) => errors = beside(more),
            Err(error) => return Err(error.into()),
        }
    }
    let again = seen(&web, &actor, &code, Some(&typed), errors).await?;
    Ok(screen_with(StatusCode::UNPROCESSABLE_ENTITY, &again))
}

/// `POST /desk/centres/{code}/end`.
pub async fn end(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(text): Path<String>,
) -> Result<Response, PageError> {
    let code = code(&text)?;
    web.desk.end_centre(&actor, &code).await?;
    Ok(Redirect::to(&format!("/desk/centres/{code}?done=ended")).into_response())
}

/// `POST /desk/centres/{code}/members/{member}`: `answer` is agree or decline.
pub async fn answer(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path((text, member)): Path<(String, String)>,
    typed: Typed,
) -> Result<Response, PageError> {
    let (code, member) = (code(&text)?, code(&member)?);
    web.desk.answer_centre(&actor, &code, &member, typed.get("answer") == "agree").await?;
    // Who left may not be among those who see it any more.
    let to = match web.desk.centre(&actor, &code).await {
        Ok(_) => format!("/desk/centres/{code}?done=answered"),
        Err(_) => "/desk/centres".to_owned(),
    };
    Ok(Redirect::to(&to).into_response())
}
