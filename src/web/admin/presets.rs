//! Presets: reading, writing, agreeing, and filling forms in from them.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

use super::questions::Before;
use super::typed::{Asked, Typed};
use super::{id, to_desk, who, words};
use crate::desk::DeskError;
use crate::desk::presets::Seen;
use crate::domain::FieldError;
use crate::domain::hours::Promise;
use crate::domain::incident::{Ahead, Incident, Stage};
use crate::domain::line::Lines;
use crate::domain::preset::{Content, Preset, Readiness, review_after};
use crate::domain::system::SystemKey;
use crate::domain::time::{self, london};
use crate::domain::user::{Action, Actor};
use crate::domain::written::Written;
use crate::store::audit::hex;
use crate::web::Web;
use crate::web::error::{PageError, screen, screen_with};
use crate::web::extract::Staff;
use crate::web::views::form::{Choice, chosen as marked};
use crate::web::views::post::Filled;
use crate::web::views::presets::{Edit, Preset as Shown, Presets, Row};
use crate::words::english;

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/desk/presets", get(list))
        .route("/desk/presets/new", get(new_form).post(add))
        .route("/desk/presets/{id}", get(one))
        .route("/desk/presets/{id}/edit", get(edit_form).post(edit))
        .route("/desk/presets/{id}/{verb}", get(to_desk).post(decide))
}

fn tag(readiness: Readiness) -> (&'static str, &'static str) {
    match readiness {
        Readiness::Draft => ("Draft", "grey"),
        Readiness::Approved => ("Approved", "green"),
        Readiness::ReviewOverdue => ("Review overdue", "red"),
    }
}

fn meaning(readiness: Readiness) -> &'static str {
    match readiness {
        Readiness::Draft => {
            "It fills in a post. Nobody may publish it alone yet where two people are needed."
        }
        Readiness::Approved => "In an emergency one person may publish exactly these words alone.",
        Readiness::ReviewOverdue => {
            "Somebody has to look at it again. Until then nobody may publish it alone where two people are needed."
        }
    }
}

fn row(web: &Web, actor: &Actor, seen: &Seen) -> Row {
    let (tag, colour) = tag(seen.readiness);
    let is_own = seen.preset.organisation == actor.organisation;
    Row {
        id: seen.preset.id.to_string(),
        name: seen.preset.content.name.clone(),
        about: title(web, &seen.preset.content).english,
        of: if is_own { String::new() } else { seen.of.clone() },
        tag,
        colour,
    }
}

/// What patients read as its title.
fn title(web: &Web, content: &Content) -> Written {
    let system = content.system.as_ref().and_then(|key| web.desk.catalogue.get(key));
    match system {
        Some(system) if content.title.is_blank() => system.title(),
        _ => content.title.clone(),
    }
}

/// What is offered to somebody: their organisation's own, and the others.
pub async fn offered(web: &Web, actor: &Actor) -> Result<(Vec<Row>, Vec<Row>), PageError> {
    let all = web.desk.presets(actor, &actor.organisation).await?;
    let (own, above): (Vec<_>, Vec<_>) =
        all.iter().partition(|s| s.preset.organisation == actor.organisation);
    let rows = |all: Vec<&Seen>| all.into_iter().map(|s| row(web, actor, s)).collect();
    Ok((rows(own), rows(above)))
}

/// Their organisation's own ones that stand like this.
pub async fn own(web: &Web, actor: &Actor, readiness: Readiness) -> Result<Vec<Row>, PageError> {
    let all = web.desk.presets(actor, &actor.organisation).await?;
    let own = all.iter().filter(|s| s.preset.organisation == actor.organisation);
    Ok(own.filter(|s| s.readiness == readiness).map(|s| row(web, actor, s)).collect())
}

/// `GET /desk/presets`.
async fn list(
    State(web): State<Web>,
    Staff(actor): Staff,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let (own, from_above) = offered(&web, &actor).await?;
    let done = match asked.get("done") {
        "removed" => "Removed. What was published from it stays.",
        _ => "",
    };
    Ok(screen(&Presets { own, from_above, done: done.into(), who: who(&web, &actor).await? }))
}

/// Who did what to it, a sentence each.
fn history(preset: &Preset, now: chrono::DateTime<chrono::Utc>) -> Vec<String> {
    let near = |at| time::near(at, now, english());
    let mut all = vec![format!("{} wrote it at {}.", preset.author.name, near(preset.made_at))];
    if preset.edited_at > preset.made_at {
        all.push(format!("{} changed it at {}.", preset.editor.name, near(preset.edited_at)));
    }
    if let Some(approved) = &preset.approved {
        all.push(format!("{} approved it at {}.", approved.by.name, near(approved.at)));
    }
    all.push(format!("Look at it again by {}.", time::date(preset.content.review_by, english())));
    all
}

/// `GET /desk/presets/{id}`.
async fn one(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(preset): Path<String>,
) -> Result<Response, PageError> {
    let seen = web.desk.preset(&actor, id(&preset)?).await?;
    let content = &seen.preset.content;
    let title = title(&web, content);
    let welsh = |text: Option<&Written>| text.and_then(Written::welsh).unwrap_or_default().to_owned();
    let is_offered = web.desk.presets(&actor, &actor.organisation).await?;
    let is_offered = is_offered.iter().any(|s| s.preset.id == seen.preset.id);
    Ok(screen(&Shown {
        row: row(&web, &actor, &seen),
        hash: hex(&seen.preset.content_hash),
        meaning: meaning(seen.readiness),
        history: history(&seen.preset, web.desk.now()),
        title_in_welsh: if content.title.is_blank() { String::new() } else { welsh(Some(&title)) },
        title: title.english,
        lines: content.lines.0.iter().map(|(line, setting)| words::setting(*line, setting)).collect(),
        message: words::written(content.message.as_ref()),
        message_in_welsh: welsh(content.message.as_ref()),
        next_update: content.next_update.map_or("at the usual time", in_words),
        may_edit: seen.may_edit,
        may_approve: seen.may_approve,
        is_own: seen.is_own,
        may_post: is_offered && actor.has_role_for(Action::Publish),
        who: who(&web, &actor).await?,
    }))
}

/// The promise within a sentence.
fn in_words(ahead: Ahead) -> &'static str {
    match ahead {
        Ahead::OneHour => "1 hour later",
        Ahead::TwoHours => "2 hours later",
        Ahead::FourHours => "4 hours later",
        Ahead::EndOfDay => "at the end of the day, 6:30pm",
        Ahead::Tomorrow => "tomorrow, 9am",
        Ahead::NextWeek => "a week later, 9am",
    }
}

/// A form's fields as a preset answers them, but for the lines.
fn fields(content: &Content) -> Vec<(&'static str, String)> {
    let system = content.system.as_ref().map(ToString::to_string).unwrap_or_default();
    let message = content.message.clone().unwrap_or_default();
    let welsh = |text: &Written| text.welsh().unwrap_or_default().to_owned();
    vec![
        ("system", system),
        ("title", content.title.english.clone()),
        ("title_in.cy", welsh(&content.title)),
        ("message", message.english.clone()),
        ("message_in.cy", welsh(&message)),
        ("next_update_by", content.next_update.map(|a| a.to_string()).unwrap_or_default()),
    ]
}

/// A form that was opened with `?preset=ID`, filled in.
pub async fn fill(web: &Web, actor: &Actor, typed: Typed) -> Result<Typed, PageError> {
    match typed.id("preset") {
        Some(id) if !typed.has("title") => {
            let preset = web.desk.preset(actor, id).await?.preset;
            Ok(typed.over(Typed::of(fields(&preset.content))))
        }
        _ => Ok(typed),
    }
}

/// The preset that a form was filled in from; `None` when it is gone by now.
pub async fn chosen(web: &Web, actor: &Actor, typed: &Typed) -> Result<Option<Preset>, PageError> {
    let Some(id) = typed.id("preset") else { return Ok(None) };
    match web.desk.preset(actor, id).await {
        Ok(seen) => Ok(Some(seen.preset)),
        Err(DeskError::NotFound(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

pub fn filled(preset: &Preset) -> Filled {
    Filled { id: preset.id.to_string(), name: preset.content.name.clone() }
}

/// What an update of an incident can be filled in from: names and addresses.
pub async fn to_fill_in(
    web: &Web,
    actor: &Actor,
    incident: &Incident,
) -> Result<Vec<(String, String)>, PageError> {
    let all = web.desk.presets(actor, &actor.organisation).await?;
    let fits = |s: &&Seen| {
        let system = s.preset.content.system.as_ref();
        system.is_none() || system == incident.target.system()
    };
    let to = |s: &Seen| format!("/desk/incidents/{}/update?preset={}", incident.id, s.preset.id);
    Ok(all.iter().filter(fits).map(|s| (s.preset.content.name.clone(), to(s))).collect())
}

/// The form, with what was typed, and what is wrong with it.
async fn asked(
    web: &Web,
    actor: &Actor,
    preset: Option<&Preset>,
    typed: &Typed,
    errors: Vec<FieldError>,
) -> Result<Edit, PageError> {
    let who = who(web, actor).await?;
    let kinds = web.desk.ground(actor).await?.kinds(None);
    let said = preset.map(|p| &p.content.lines);
    let nothing = Lines::default();
    let lines = said.unwrap_or(&nothing);
    let stage = Stage::Investigating;
    let before = Before { kinds: &kinds, lines, stands: false, stage, preset: said, national: &[] };
    let questions = before.questions(&who, typed, web.desk.now(), Promise::usual(web.desk.now()));
    let mut questions = questions.without_sessions();
    questions.next_update_own = None;
    let mut times: Vec<Choice> = Ahead::ALL.iter().map(|a| Choice::new(a.as_str(), a.label())).collect();
    times.insert(0, Choice::new("", "At the usual time"));
    questions.next_update = marked(times, typed.get("next_update_by"));
    let mut systems: Vec<Choice> =
        web.desk.catalogue.iter().map(|s| Choice::new(s.key.as_str(), s.name.as_str())).collect();
    systems.insert(0, Choice::new("", "Something else"));
    Ok(Edit {
        id: preset.map(|p| p.id.to_string()).unwrap_or_default(),
        hash: match typed.get("hash") {
            "" => preset.map(|p| hex(&p.content_hash)).unwrap_or_default(),
            started_from => started_from.to_owned(),
        },
        called: typed.get("name").to_owned(),
        systems: marked(systems, typed.get("system")),
        title: typed.field(&who, "title"),
        questions,
        review_by: typed.get("review_by").to_owned(),
        errors: errors.into(),
        who,
    })
}

/// What the form says; of a form with a mistake in its shape, every mistake.
async fn read(
    web: &Web,
    actor: &Actor,
    typed: &Typed,
) -> Result<Result<Content, Vec<FieldError>>, PageError> {
    let mut errors = Vec::new();
    let next_update = Some(typed.get("next_update_by")).filter(|v| !v.is_empty()).map(Ahead::parse);
    if next_update == Some(None) {
        errors.push(FieldError::new("/next_update_by", "Choose one of the answers."));
    }
    let review_by = typed.get("review_by").trim().parse();
    if review_by.is_err() {
        errors.push(FieldError::new("/review_by", "Enter a day, such as 2026-07-19."));
    }
    let content = Content {
        name: typed.get("name").to_owned(),
        system: typed.text("system").map(|key| SystemKey::new(&key)),
        title: typed.written("title").unwrap_or_default(),
        lines: typed.lines(&mut errors).unwrap_or_default(),
        message: typed.written("message"),
        next_update: next_update.flatten(),
        review_by: review_by.unwrap_or_default(),
    };
    if errors.is_empty() {
        return Ok(Ok(content));
    }
    let writes_welsh = who(web, actor).await?.writes_welsh;
    for more in content.check(london(web.desk.now()).date_naive(), writes_welsh) {
        if !errors.iter().any(|e| e.pointer == more.pointer) {
            errors.push(more);
        }
    }
    Ok(Err(errors))
}

/// `GET /desk/presets/new`.
async fn new_form(State(web): State<Web>, Staff(actor): Staff) -> Result<Response, PageError> {
    let today = london(web.desk.now()).date_naive();
    let typed = Typed::of(vec![("review_by", review_after(today).to_string())]);
    Ok(screen(&asked(&web, &actor, None, &typed, vec![]).await?))
}

/// `POST /desk/presets/new`.
async fn add(State(web): State<Web>, Staff(actor): Staff, typed: Typed) -> Result<Response, PageError> {
    let saved = match read(&web, &actor, &typed).await? {
        Ok(content) => web.desk.add_preset(&actor, &actor.organisation, content).await,
        Err(wrong) => Err(DeskError::Invalid(wrong)),
    };
    after(&web, &actor, None, &typed, saved).await
}

/// `GET /desk/presets/{id}/edit`.
async fn edit_form(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(preset): Path<String>,
) -> Result<Response, PageError> {
    let seen = web.desk.preset(&actor, id(&preset)?).await?;
    if !seen.may_edit {
        return Err(DeskError::Denied.into());
    }
    let content = &seen.preset.content;
    let today = london(web.desk.now()).date_naive();
    let review_by = if content.review_by > today { content.review_by } else { review_after(today) };
    let mut all = fields(content);
    all.extend([("name", content.name.clone()), ("review_by", review_by.to_string())]);
    Ok(screen(&asked(&web, &actor, Some(&seen.preset), &Typed::of(all), vec![]).await?))
}

/// `POST /desk/presets/{id}/edit`.
async fn edit(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(preset): Path<String>,
    typed: Typed,
) -> Result<Response, PageError> {
    let preset = web.desk.preset(&actor, id(&preset)?).await?.preset;
    let saved = match read(&web, &actor, &typed).await? {
        Ok(content) => web.desk.edit_preset(&actor, preset.id, content, typed.text("hash").as_deref()).await,
        Err(wrong) => Err(DeskError::Invalid(wrong)),
    };
    after(&web, &actor, Some(&preset), &typed, saved).await
}

/// The preset that was saved, or the form again with its mistakes.
async fn after(
    web: &Web,
    actor: &Actor,
    preset: Option<&Preset>,
    typed: &Typed,
    saved: Result<Preset, DeskError>,
) -> Result<Response, PageError> {
    match saved {
        Ok(preset) => Ok(Redirect::to(&format!("/desk/presets/{}", preset.id)).into_response()),
        Err(DeskError::Invalid(errors)) => {
            let again = asked(web, actor, preset, typed, errors).await?;
            Ok(screen_with(StatusCode::UNPROCESSABLE_ENTITY, &again))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /desk/presets/{id}/{verb}`: approve, remove.
async fn decide(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path((preset, verb)): Path<(String, String)>,
    typed: Typed,
) -> Result<Redirect, PageError> {
    let id = id(&preset)?;
    match verb.as_str() {
        "approve" => {
            web.desk.approve_preset(&actor, id, Some(typed.get("hash"))).await?;
            Ok(Redirect::to(&format!("/desk/presets/{id}")))
        }
        "remove" => {
            web.desk.remove_preset(&actor, id).await?;
            Ok(Redirect::to("/desk/presets?done=removed"))
        }
        _ => Err(DeskError::NotFound("This page").into()),
    }
}
