//! The one screen of suppliers and partner bodies, and the screen that lets a
//! partner body in.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::Duration;
use uuid::Uuid;

use super::typed::{Asked, Typed};
use super::{id, who};
use crate::desk::DeskError;
use crate::desk::statements::PartnerDraft;
use crate::domain::FieldError;
use crate::domain::org::OrgKind;
use crate::domain::statement::{SpeakerKind, Statement, StatementDraft};
use crate::domain::system::{System, SystemKey};
use crate::domain::time;
use crate::domain::user::Actor;
use crate::domain::written::Written;
use crate::web::Web;
use crate::web::error::{PageError, screen, screen_with};
use crate::web::extract::{Staff, Voice};
use crate::web::views::form::{Choice, chosen};
use crate::web::views::statements::{Partner, Partners, Said, Speak};
use crate::words::english;

async fn spoken(
    web: &Web,
    actor: &Actor,
    typed: &Typed,
    errors: Vec<FieldError>,
) -> Result<Speak, PageError> {
    let speaker = web.desk.speaks_for(actor).await?;
    let is_supplier = speaker.kind == SpeakerKind::Supplier;
    let mut systems: Vec<Choice> = match is_supplier {
        true => vec![],
        false => vec![Choice::new("", "Your whole area")],
    };
    let theirs = web.desk.systems_of(&speaker);
    systems.extend(theirs.iter().map(|s| Choice::new(s.key.as_str(), s.name.as_str())));
    let hours = vec![
        Choice::new("4", "4 hours"),
        Choice::new("24", "1 day"),
        Choice::new("168", "1 week"),
        Choice::new("720", "30 days"),
    ];
    let all = web.desk.own_statements(actor).await?;
    Ok(Speak {
        person: actor.name.clone(),
        name: speaker.name,
        is_supplier,
        done: "",
        systems: chosen(systems, typed.get("system")),
        hours: chosen(hours, Some(typed.get("hours")).filter(|h| !h.is_empty()).unwrap_or("24")),
        message: typed.get("message").to_owned(),
        said: (0..all.len()).map(|i| said(web, &all, i)).collect(),
        errors: errors.into(),
        once: Uuid::new_v4().to_string(),
    })
}

/// One of what was said; a newer word on the same took its place.
fn said(web: &Web, all: &[Statement], i: usize) -> Said {
    let (it, now) = (&all[i], web.desk.now());
    let is_replaced = all[..i].iter().any(|newer| newer.system == it.system);
    let stands = it.stands(now) && !is_replaced;
    let (tag, colour) = match (it.taken_back_at.is_some(), is_replaced, stands) {
        (true, ..) => ("Taken back", "grey"),
        (_, true, _) => ("Replaced", "grey"),
        (.., true) => ("Stands", "green"),
        _ => ("Run out", "grey"),
    };
    let near = |at| time::near(at, now, english());
    let system = it.system.as_ref().and_then(|key| web.desk.catalogue.get(key));
    Said {
        id: it.id.to_string(),
        about: system.map(|s| s.name.clone()).unwrap_or_default(),
        text: it.message.english.clone(),
        when: format!("Said at {}, holds until {}", near(it.made_at), near(it.until)),
        tag,
        colour,
        may_take_back: stands,
    }
}

/// `GET /speak`.
pub async fn show(
    State(web): State<Web>,
    Voice(actor): Voice,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let done = match asked.get("done") {
        "said" => "Your words are published.",
        "taken" => "You took it back.",
        _ => "",
    };
    Ok(screen(&Speak { done, ..spoken(&web, &actor, &Typed::default(), vec![]).await? }))
}

/// `POST /speak`.
pub async fn speak(State(web): State<Web>, Voice(actor): Voice, typed: Typed) -> Result<Response, PageError> {
    let hours: i64 = typed.get("hours").parse().unwrap_or(24);
    let draft = StatementDraft {
        system: typed.text("system").map(|key| SystemKey::new(&key)),
        message: Written::from(typed.text("message").unwrap_or_default().as_str()),
        until: Some(web.desk.now() + Duration::hours(hours.clamp(1, 720))),
    };
    let work = async { Ok(web.desk.state(&actor, &draft).await?.id) };
    match web.desk.once(&actor, typed.id("once"), work).await {
        Ok(_) => Ok(Redirect::to("/speak?done=said").into_response()),
        Err(DeskError::Invalid(errors)) => {
            let again = spoken(&web, &actor, &typed, errors).await?;
            Ok(screen_with(StatusCode::UNPROCESSABLE_ENTITY, &again))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /speak/{id}/take-back`.
pub async fn unsay(
    State(web): State<Web>,
    Voice(actor): Voice,
    Path(statement): Path<String>,
) -> Result<Redirect, PageError> {
    web.desk.unsay(&actor, id(&statement)?).await?;
    Ok(Redirect::to("/speak?done=taken"))
}

async fn listed(
    web: &Web,
    actor: &Actor,
    typed: &Typed,
    errors: Vec<FieldError>,
) -> Result<Partners, PageError> {
    let mut rows = Vec::new();
    for partner in web.desk.partners(actor).await? {
        let Some(area) = &partner.area else { continue };
        let kinds: Vec<&str> = area.kinds.iter().map(|k| plural(*k)).collect();
        let at = web.desk.name_of(&area.scope).await?;
        let systems = partner.follows.iter().filter_map(|key| web.desk.catalogue.get(key));
        let systems: Vec<&str> = systems.map(|s| s.name.as_str()).collect();
        rows.push(Partner {
            id: partner.id.to_string(),
            shown: format!("Shown at {} of {at}", kinds.join(", ")),
            told: match systems.is_empty() {
                true => "It is told of every problem there".to_owned(),
                false => format!("It is told of problems there with {}", systems.join(", ")),
            },
            code: partner.code.map(|code| code.to_string()).unwrap_or_default(),
            key: partner.key,
            name: partner.name,
        });
    }
    let kinds = OrgKind::ALL.iter().filter(|k| k.sees_patients());
    let ticked = typed.all("kinds");
    let kind = |k: &OrgKind| {
        let chosen = ticked.contains(&k.as_str());
        Choice { chosen, ..Choice::new(k.as_str(), upper_first(plural(*k))) }
    };
    let wanted = typed.all("follows");
    let follow = |system: &Arc<System>| {
        let chosen = wanted.contains(&system.key.as_str());
        Choice { chosen, ..Choice::new(system.key.as_str(), system.name.as_str()) }
    };
    Ok(Partners {
        who: who(web, actor).await?,
        done: "",
        rows,
        key: typed.get("key").to_owned(),
        called: typed.get("name").to_owned(),
        kinds: kinds.map(kind).collect(),
        follows: web.desk.catalogue.iter().map(follow).collect(),
        errors: errors.into(),
    })
}

fn plural(kind: OrgKind) -> &'static str {
    match kind {
        OrgKind::Practice => "GP surgeries",
        OrgKind::Branch => "branch surgeries",
        OrgKind::Pharmacy => "pharmacies",
        OrgKind::Trust => "hospital trusts",
        OrgKind::TrustSite => "hospitals",
        _ => "other places",
    }
}

fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// `GET /desk/partners`.
pub async fn partners(
    State(web): State<Web>,
    Staff(actor): Staff,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let done = match asked.get("done") {
        "admitted" => "The partner body is let in.",
        "ended" => "Its word is taken away. Pages do not show it any more.",
        _ => "",
    };
    Ok(screen(&Partners { done, ..listed(&web, &actor, &Typed::default(), vec![]).await? }))
}

/// `POST /desk/partners`.
pub async fn admit(State(web): State<Web>, Staff(actor): Staff, typed: Typed) -> Result<Response, PageError> {
    let draft = PartnerDraft {
        key: typed.text("key").unwrap_or_default(),
        name: typed.text("name").unwrap_or_default(),
        scope: None,
        kinds: typed.all("kinds").into_iter().filter_map(OrgKind::parse).collect(),
        follows: typed.all("follows").into_iter().map(SystemKey::new).collect(),
    };
    match web.desk.admit_partner(&actor, &draft).await {
        Ok(_) => Ok(Redirect::to("/desk/partners?done=admitted").into_response()),
        Err(DeskError::Invalid(errors)) => {
            let again = listed(&web, &actor, &typed, errors).await?;
            Ok(screen_with(StatusCode::UNPROCESSABLE_ENTITY, &again))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /desk/partners/{id}/end`.
pub async fn end(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(partner): Path<String>,
) -> Result<Redirect, PageError> {
    web.desk.end_partner(&actor, id(&partner)?).await?;
    Ok(Redirect::to("/desk/partners?done=ended"))
}
