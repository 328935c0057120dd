//! Changing what waits for a second person: its words, those about 999 and 111,
//! and when the next update is promised.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::again::again;
use super::typed::Typed;
use super::{id, national, who, words};
use crate::desk::DeskError;
use crate::desk::laid::Laid;
use crate::desk::meanwhile::{Newer, Objection, is_unchanged};
use crate::desk::proposals::{self, Content};
use crate::domain::FieldError;
use crate::domain::incident::{Draft, Stage};
use crate::domain::line::Lines;
use crate::domain::time;
use crate::domain::written::Written;
use crate::store::proposals::Proposal;
use crate::web::Web;
use crate::web::error::{PageError, screen, screen_with};
use crate::web::extract::Staff;
use crate::web::views::Who;
use crate::web::views::approvals::{Edit, InTheWay};
use crate::web::views::form::{Choice, Text, chosen, next_update_choices};
use crate::words::english;

/// The words that can be changed on a screen: the title and the free text.
fn words_of(content: &Content) -> (Option<&Written>, Option<&Written>) {
    match content {
        Content::Declaration(d) => (Some(&d.title), d.draft.message.as_ref()),
        Content::Update(draft) => (None, draft.message.as_ref()),
        Content::Lines(draft) => (None, draft.message.as_ref()),
        Content::Messages(_) => (None, None),
        Content::Plan(plan) => (Some(&plan.what.title), plan.what.draft.message.as_ref()),
        Content::PlanChange(change) => (None, change.message.as_ref()),
    }
}

/// `GET /desk/approvals/{id}/edit`.
pub async fn edit_form(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(proposal): Path<String>,
) -> Result<Response, PageError> {
    let laid = web.desk.lay_out(&actor, id(&proposal)?).await?;
    let who = who(&web, &actor).await?;
    Ok(screen(&edited(&web, &laid, who, &Typed::default(), vec![])?))
}

/// The form, with what was typed over what waits.
fn edited(
    web: &Web,
    laid: &Laid,
    who: Who,
    typed: &Typed,
    errors: Vec<FieldError>,
) -> Result<Edit, PageError> {
    let (proposal, content) = (&laid.proposal, Content::of(&laid.proposal)?);
    let (title, message) = words_of(&content);
    let text = |name: &str, was: Option<&Written>| match typed.has(name) {
        true => typed.field(&who, name),
        false => Text::new(&who, was),
    };
    let draft = content.draft();
    let lines = match &content {
        Content::Lines(local) => Some(&local.lines),
        _ => draft.and_then(|d| d.lines.as_ref()),
    };
    let national = national::words_of(lines);
    let national = national.map(|(line, words)| {
        let field = national::field(line);
        let text = text(&field, Some(words));
        (field, line.label(english()), text)
    });
    Ok(Edit {
        id: proposal.id.to_string(),
        title: title.map(|t| text("title", Some(t))),
        message: text("message", message),
        national: national.collect(),
        next_update: draft.map(|d| next_updates(web, proposal, d, typed)).unwrap_or_default(),
        next_update_own: typed.get("next_update_own").to_owned(),
        says: says(draft, lines),
        objections: objections(laid),
        errors: errors.into(),
        who,
    })
}

/// Why it cannot be published as it is, and where the newer post is that stands in its way.
pub fn objections(laid: &Laid) -> Vec<InTheWay> {
    let newer = |o: &Objection| match &o.newer {
        Some(Newer::Update(id)) => format!("/desk/updates/{id}"),
        Some(Newer::Proposal(id)) => format!("/desk/approvals/{id}"),
        Some(Newer::Lines(code, at)) => {
            let at = at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true);
            format!("/desk/organisations/{code}/at?time={at}")
        }
        Some(Newer::Again) => again(&laid.proposal),
        None => String::new(),
    };
    let link = |o: &Objection| match o.newer {
        Some(Newer::Again) => "Propose it again in your own name",
        _ => "Look at the newer post",
    };
    let row = |o: &Objection| InTheWay { detail: o.detail.clone(), href: newer(o), link: link(o) };
    laid.objections.iter().map(row).collect()
}

/// What it says of how far it is and of lines.
fn says(draft: Option<&Draft>, lines: Option<&Lines>) -> Vec<String> {
    let stage = draft.and_then(|d| d.stage).map(|s| format!("How far it is: {}", s.label(english())));
    let lines = lines.into_iter().flat_map(|lines| &lines.0);
    stage.into_iter().chain(lines.map(|(line, setting)| words::setting(*line, setting))).collect()
}

/// As it was promised, or another time.
fn next_updates(web: &Web, proposal: &Proposal, draft: &Draft, typed: &Typed) -> Vec<Choice> {
    if draft.stage == Some(Stage::Resolved) {
        return vec![];
    }
    let now = web.desk.now();
    let due = proposals::renewed(draft, proposal.edited_at, now).or(draft.next_update_by);
    let label = due
        .map_or("At the usual time".to_owned(), |at| format!("As it is: {}", time::near(at, now, english())));
    let mut all = next_update_choices("");
    all.insert(0, Choice::new("", label));
    chosen(all, typed.get("next_update_by"))
}

/// What waits, with what was typed in the form.
fn retyped(
    web: &Web,
    proposal: &Proposal,
    typed: &Typed,
    errors: &mut Vec<FieldError>,
) -> Result<Content, PageError> {
    let (now, mut content) = (web.desk.now(), Content::of(proposal)?);
    let title = typed.written("title").unwrap_or_default();
    match &mut content {
        Content::Declaration(d) => d.title = title,
        Content::Plan(plan) => {
            plan.what.title = title;
            plan.what.draft.message = typed.written("message");
        }
        Content::PlanChange(change) => change.message = typed.written("message"),
        Content::Lines(draft) => {
            draft.message = typed.written("message");
            national::reworded(&mut draft.lines, typed, errors);
        }
        Content::Update(_) | Content::Messages(_) => {}
    }
    if let Some(draft) = content.draft_mut() {
        draft.message = typed.written("message");
        let renewed = proposals::renewed(draft, proposal.edited_at, now);
        draft.next_update_by = typed.next_update(now, errors).or(renewed).or(draft.next_update_by);
    }
    if let Some(lines) = content.draft_mut().and_then(|d| d.lines.as_mut()) {
        national::reworded(lines, typed, errors);
    }
    Ok(content)
}

/// `POST /desk/approvals/{id}/edit`.
pub async fn edit(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(proposal): Path<String>,
    typed: Typed,
) -> Result<Response, PageError> {
    let proposal = web.desk.proposal(&actor, id(&proposal)?).await?;
    let mut errors = Vec::new();
    let content = retyped(&web, &proposal, &typed, &mut errors)?;
    // A form that is saved as it was changes nothing, and settles nothing that was said since.
    let is_same = errors.is_empty() && is_unchanged(&proposal, &content, web.desk.now())?;
    if is_same {
        return Ok(Redirect::to(&format!("/desk/approvals/{}", proposal.id)).into_response());
    }
    let done = match errors.is_empty() {
        true => web.desk.edit_proposal(&actor, proposal.id, content).await,
        false => Err(DeskError::Invalid(errors)),
    };
    match done {
        Ok(_) => Ok(Redirect::to(&format!("/desk/approvals/{}", proposal.id)).into_response()),
        Err(DeskError::Invalid(errors)) => {
            let laid = web.desk.lay_out(&actor, proposal.id).await?;
            let again = edited(&web, &laid, who(&web, &actor).await?, &typed, errors)?;
            Ok(screen_with(StatusCode::UNPROCESSABLE_ENTITY, &again))
        }
        Err(error) => Err(error.into()),
    }
}
