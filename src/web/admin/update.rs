//! Saying how an incident goes on, and taking an update back.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use uuid::Uuid;

use super::post::previewed;
use super::presets;
use super::questions::Before;
use super::typed::{Asked, Typed};
use super::{id, national, who, words};
use crate::desk::DeskError;
use crate::domain::FieldError;
use crate::domain::approval::Reason;
use crate::domain::channel::Channel;
use crate::domain::incident::{Stage, Target};
use crate::domain::time;
use crate::domain::user::Actor;
use crate::web::Web;
use crate::web::error::{PageError, screen, screen_with};
use crate::web::extract::Staff;
use crate::web::views::form::{Choice, chosen};
use crate::web::views::post::{Update, Withdraw};
use crate::words::english;

/// The questions, answered with what stands now.
async fn asked(
    web: &Web,
    actor: &Actor,
    incident: Uuid,
    typed: &Typed,
    errors: Vec<FieldError>,
) -> Result<Update, PageError> {
    let incident = web.desk.incident_to_update(actor, incident).await?;
    let (who, ground) = (who(web, actor).await?, web.desk.ground(actor).await?);
    let system = incident.target.system().and_then(|key| web.desk.catalogue.get(key));
    let preset = presets::chosen(web, actor, typed).await?;
    let preset_lines = preset.as_ref().map(|p| &p.content.lines);
    let stage = Stage::parse(typed.get("state")).unwrap_or_else(|| incident.stage());
    let stands = incident.lines_if(stage, web.desk.usual_lines(&incident));
    let kinds = ground.kinds(system.map(AsRef::as_ref));
    let lines = preset_lines.map_or_else(|| stands.clone(), |p| stands.overlaid(p, web.desk.now()));
    let is_of_a_system = matches!(incident.target, Target::System { .. });
    let theirs = national::theirs(actor, ground.org.kind);
    let (national, _) = &national::asked(&theirs, is_of_a_system, &stands);
    let before = Before { kinds: &kinds, lines: &lines, stands: true, stage, preset: preset_lines, national };
    let stages = Stage::ALL.iter().map(|s| Choice::new(s.as_str(), s.label(english()))).collect();
    Ok(Update {
        incident: incident.id.to_string(),
        is_over: !incident.is_open(),
        title: incident.title.english.clone(),
        unreal: incident.kind.unreal(),
        stages: chosen(stages, stage.as_str()),
        made_for: stage,
        presets: presets::to_fill_in(web, actor, &incident).await?,
        preset: preset.as_ref().map(presets::filled),
        questions: before.questions(&who, typed, web.desk.now(), web.desk.usual_promise(actor).await?),
        errors: errors.into(),
        who,
    })
}

/// `GET /desk/incidents/{id}/update?state=&preset=`.
pub async fn form(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(incident): Path<String>,
    Asked(typed): Asked,
) -> Result<Response, PageError> {
    let typed = presets::fill(&web, &actor, typed).await?;
    Ok(screen(&asked(&web, &actor, id(&incident)?, &typed, vec![]).await?))
}

/// `POST /desk/incidents/{id}/edit`: back from the preview.
pub async fn edit(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(incident): Path<String>,
    typed: Typed,
) -> Result<Response, PageError> {
    Ok(screen(&asked(&web, &actor, id(&incident)?, &typed, vec![]).await?))
}

async fn refused(
    web: &Web,
    actor: &Actor,
    incident: Uuid,
    typed: &Typed,
    errors: Vec<FieldError>,
) -> Result<Response, PageError> {
    let again = asked(web, actor, incident, typed, errors).await?;
    Ok(screen_with(StatusCode::UNPROCESSABLE_ENTITY, &again))
}

/// What was typed, with the lines of the stage that was chosen.
async fn followed(web: &Web, actor: &Actor, incident: Uuid, typed: Typed) -> Result<Typed, PageError> {
    let Some(stage) = Stage::parse(typed.get("state")) else { return Ok(typed) };
    let incident = web.desk.incident_to_update(actor, incident).await?;
    let relapses = incident.is_relapse(stage);
    // A preset brings its own; but "as usual" that nobody chose does not stay with a relapse.
    let preset = presets::chosen(web, actor, &typed).await?;
    if !typed.get("preset").is_empty() && !relapses {
        return Ok(typed);
    }
    let ground = web.desk.ground(actor).await?;
    let system = incident.target.system().and_then(|key| web.desk.catalogue.get(key));
    let (kinds, preset) =
        (ground.kinds(system.map(AsRef::as_ref)), preset.as_ref().map(|p| &p.content.lines));
    let made_for = Stage::parse(typed.get("made_for")).unwrap_or_else(|| incident.stage());
    let lines = |stage| incident.lines_if(stage, web.desk.usual_lines(&incident));
    let (was, is) = (lines(made_for), lines(stage));
    let before = Before { kinds: &kinds, lines: &was, stands: true, stage: made_for, preset, national: &[] };
    Ok(before.follow(typed, &Before { lines: &is, stage, ..before }, relapses))
}

/// `POST /desk/incidents/{id}/preview`: changes nothing.
pub async fn preview(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(incident): Path<String>,
    typed: Typed,
) -> Result<Response, PageError> {
    let incident = id(&incident)?;
    let mut errors = Vec::new();
    let typed = followed(&web, &actor, incident, typed).await?;
    let draft = typed.draft(web.desk.now(), &mut errors);
    match web.desk.preview_update(&actor, incident, &draft).await {
        Ok(preview) if errors.is_empty() => {
            let to = |what: &str| format!("/desk/incidents/{incident}/{what}");
            let who = who(&web, &actor).await?;
            Ok(screen(&previewed(
                (&web, who),
                &preview,
                typed.carried(preview.due()),
                &to("update"),
                &to("edit"),
            )))
        }
        Ok(_) => refused(&web, &actor, incident, &typed, errors).await,
        Err(DeskError::Invalid(more)) => {
            errors.extend(more);
            refused(&web, &actor, incident, &typed, errors).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /desk/incidents/{id}/update`.
pub async fn publish(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(incident): Path<String>,
    typed: Typed,
) -> Result<Response, PageError> {
    let incident = id(&incident)?;
    let mut errors = Vec::new();
    let draft = typed.draft(web.desk.now(), &mut errors);
    if !errors.is_empty() {
        return refused(&web, &actor, incident, &typed, errors).await;
    }
    let work = async { Ok(web.desk.post_update(&actor, incident, &draft).await?.update) };
    match web.desk.once(&actor, typed.id("once"), work).await {
        Ok(update) => {
            web.desk.use_again(&actor, typed.id("again")).await?;
            Ok(Redirect::to(&format!("/desk/updates/{update}/done")).into_response())
        }
        Err(DeskError::Invalid(errors)) => refused(&web, &actor, incident, &typed, errors).await,
        Err(error) => Err(error.into()),
    }
}

/// The form for a correction.
async fn withdrawing(
    web: &Web,
    actor: &Actor,
    update: Uuid,
    typed: &Typed,
    errors: Vec<FieldError>,
) -> Result<Withdraw, PageError> {
    let told = web.desk.told(actor, update).await?;
    web.desk.incident_to_update(actor, told.incident.id).await?;
    let system = told.incident.target.system().and_then(|key| web.desk.catalogue.get(key));
    // Accounts get the correction too, but nobody counts them as people.
    let reached: i64 = told.reached.iter().filter(|(c, _)| c.is_personal()).map(|(_, n)| n).sum();
    let unclear = |channel: &Channel| told.unclear.get(channel).copied().unwrap_or(0);
    // What was captured is posted nowhere.
    let is_post = |channel: &Channel| !channel.is_personal() && web.sends(*channel);
    let posted = told.reached.iter().filter(|(c, n)| is_post(c) && **n > unclear(c));
    let perhaps = told.unclear.iter().filter(|(c, n)| is_post(c) && **n > 0);
    let captured: Vec<&str> =
        told.reached.keys().filter(|c| !web.sends(**c)).map(|c| c.about().noun).collect();
    let reviewed = web.desk.reasons_for_correction(actor, update).await?;
    let who = who(web, actor).await?;
    Ok(Withdraw {
        correction: typed.field(&who, "correction"),
        who,
        update: update.to_string(),
        title: told.incident.title.english.clone(),
        unreal: told.incident.kind.unreal(),
        said: words::said(&told.update, system.map(AsRef::as_ref)),
        at: time::near(told.update.published_at, web.desk.now(), english()),
        reached: u64::try_from(reached).unwrap_or(0) + told.staff_told,
        posted: posted.map(|(c, _)| c.label()).collect::<Vec<_>>().join(", "),
        perhaps: perhaps.map(|(c, _)| c.label()).collect::<Vec<_>>().join(", "),
        captured: match captured.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
            _ => captured.concat(),
        },
        is_withdrawn: told.update.withdrawn_at.is_some(),
        is_correction: told.update.corrects.is_some(),
        incident: told.incident.id.to_string(),
        built_in: english().get("what-we-told-was-wrong"),
        is_national: reviewed.contains(&Reason::NationalLine),
        reviewed: reviewed.iter().map(|r| r.text()).collect(),
        errors: errors.into(),
    })
}

/// `GET /desk/updates/{id}/withdraw`.
pub async fn withdraw_form(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(update): Path<String>,
) -> Result<Response, PageError> {
    Ok(screen(&withdrawing(&web, &actor, id(&update)?, &Typed::default(), vec![]).await?))
}

/// `POST /desk/updates/{id}/withdraw`: with the built-in sentence, or words of
/// one's own.
pub async fn withdraw(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(update): Path<String>,
    typed: Typed,
) -> Result<Response, PageError> {
    let update = id(&update)?;
    let own = typed.get("words") != "built_in";
    let correction = own.then(|| typed.written("correction").unwrap_or_default());
    match web.desk.withdraw(&actor, update, correction.as_ref()).await {
        Ok(posted) => Ok(Redirect::to(&format!("/desk/updates/{}/done", posted.update)).into_response()),
        Err(DeskError::Invalid(errors)) => {
            let again = withdrawing(&web, &actor, update, &typed, errors).await?;
            Ok(screen_with(StatusCode::UNPROCESSABLE_ENTITY, &again))
        }
        // Pressed twice, or a correction: the update's own screen says what became of it.
        Err(DeskError::Conflict(_)) => Ok(Redirect::to(&format!("/desk/updates/{update}")).into_response()),
        Err(error) => Err(error.into()),
    }
}
