//! Posting: questions, preview, published. Only the last changes anything.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::presets;
use super::questions::Before;
use super::typed::{Asked, Typed};
use super::{id, national, who, words};
use crate::desk::DeskError;
use crate::desk::incidents::Declaration;
use crate::desk::places::Ground;
use crate::desk::preview::{OpenAlready, Preview, ToDo};
use crate::desk::proposals;
use crate::domain::FieldError;
use crate::domain::approval::Standing;
use crate::domain::help;
use crate::domain::incident::{Kind, Stage};
use crate::domain::line::{Line, Lines};
use crate::domain::sms;
use crate::domain::subscriber::Channel;
use crate::domain::system::{System, SystemKey};
use crate::domain::time;
use crate::domain::user::Actor;
use crate::web::Web;
use crate::web::error::{PageError, screen, screen_with};
use crate::web::extract::Staff;
use crate::web::views;
use crate::web::views::form::{Choice, chosen};
use crate::words::english;

/// The system that a form is about: none for "Something else".
pub fn system<'a>(web: &'a Web, typed: &Typed) -> Result<Option<&'a System>, PageError> {
    let key = typed.get("system");
    if key.is_empty() {
        return Ok(None);
    }
    let found = web.desk.catalogue.get(&SystemKey::new(key));
    found.map(|s| Some(s.as_ref())).ok_or_else(|| DeskError::NotFound("This system").into())
}

/// The questions, with what was typed and what is wrong with it.
async fn asked(
    web: &Web,
    actor: &Actor,
    typed: &Typed,
    errors: Vec<FieldError>,
) -> Result<views::post::Post, PageError> {
    let (who, ground) = (who(web, actor).await?, web.desk.ground(actor).await?);
    let system = system(web, typed)?;
    let preset = presets::chosen(web, actor, typed).await?;
    let preset_lines = preset.as_ref().map(|p| &p.content.lines);
    let lines = preset_lines.or(system.map(|s| &s.lines)).cloned().unwrap_or_default();
    let kinds = ground.kinds(system);
    // Whoever reports a fault seldom knows what is wrong.
    let stage = Stage::Investigating;
    let theirs = national::theirs(actor, ground.org.kind);
    let (asked, elsewhere) = national::asked(&theirs, system.is_some(), &Lines::default());
    let national = &asked;
    let before =
        Before { kinds: &kinds, lines: &lines, stands: false, stage, preset: preset_lines, national };
    Ok(views::post::Post {
        already: already(web, actor, system).await?,
        system: system.map(|s| s.key.to_string()).unwrap_or_default(),
        system_name: system.map(|s| s.name.clone()).unwrap_or_default(),
        impact: system.map(|s| s.impact.clone()).unwrap_or_default(),
        preset: preset.as_ref().map(presets::filled),
        title: typed.field(&who, "title"),
        questions: before.questions(&who, typed, web.desk.now(), web.desk.usual_promise(actor).await?),
        national_is_elsewhere: elsewhere,
        kinds: match ground.scopes.is_empty() {
            true => vec![],
            false => views::post::kind_choices(typed.get("kind")),
        },
        levels: if ground.org.kind.sees_patients() { vec![] } else { levels(typed.get("level")) },
        reach: reach(&ground, typed),
        errors: errors.into(),
        who,
    })
}

/// NHS England's incident levels, as the EPRR framework has them.
fn levels(value: &str) -> Vec<Choice> {
    let all = (1..=4).map(|n: u8| Choice::new(n.to_string(), level(n)));
    chosen(std::iter::once(Choice::new("", "None")).chain(all).collect(), value)
}

/// One of the levels.
pub fn level(level: u8) -> &'static str {
    match level {
        1 => "1: one organisation copes",
        2 => "2: a board coordinates",
        3 => "3: a region coordinates",
        _ => "4: national command",
    }
}

/// What is open about the same system, so that nobody says it twice unawares.
async fn already(
    web: &Web,
    actor: &Actor,
    system: Option<&System>,
) -> Result<Vec<views::post::Already>, PageError> {
    let Some(system) = system else { return Ok(vec![]) };
    let near = |at| time::near(at, web.desk.now(), english());
    let row = |open: OpenAlready| {
        let said = format!("{} posted it at {}.", open.declared_by, near(open.at));
        let (said, href, link) = match open.to_do {
            ToDo::Update(id) => (said, format!("/desk/incidents/{id}/update"), "Give an update instead"),
            ToDo::Answer => (said, "/desk".into(), "Answer it on your desk instead"),
            ToDo::Look(id) => {
                let said = format!("{said} It waits for a second person.");
                (said, format!("/desk/approvals/{id}"), "Look at it instead")
            }
        };
        views::post::Already { title: open.title, said, href, link }
    };
    Ok(web.desk.open_already(actor, &system.key).await?.into_iter().map(row).collect())
}

pub fn reach(ground: &Ground, typed: &Typed) -> Option<views::post::Reach> {
    let own = ground.org.code.as_str();
    let scopes: Vec<Choice> =
        ground.scopes.iter().map(|o| Choice::new(o.code.as_str(), o.name.as_str())).collect();
    let scope = typed.get("scope");
    (!scopes.is_empty()).then(|| views::post::Reach {
        reach: views::post::Reach::choices(typed.get("reach")),
        scopes: chosen(scopes, if scope.is_empty() { own } else { scope }),
        organisations: typed.get("organisations").to_owned(),
    })
}

/// `GET /desk/post?system=KEY` or `?preset=ID`.
pub async fn form(
    State(web): State<Web>,
    Staff(actor): Staff,
    Asked(typed): Asked,
) -> Result<Response, PageError> {
    let typed = presets::fill(&web, &actor, typed).await?;
    Ok(screen(&asked(&web, &actor, &typed, vec![]).await?))
}

/// `POST /desk/post/edit`: back from the preview, with everything typed.
pub async fn edit(State(web): State<Web>, Staff(actor): Staff, typed: Typed) -> Result<Response, PageError> {
    Ok(screen(&asked(&web, &actor, &typed, vec![]).await?))
}

/// What the form asks to declare, and the mistakes in it so far.
async fn read(web: &Web, actor: &Actor, typed: &Typed) -> Result<(Declaration, Vec<FieldError>), PageError> {
    let mut errors = Vec::new();
    let ground = web.desk.ground(actor).await?;
    let kind = Some(typed.get("kind")).filter(|kind| !kind.is_empty()).map(Kind::parse);
    if kind == Some(None) {
        errors.push(FieldError::new("/kind", "Choose whether it is real."));
    }
    let level = typed.get("level");
    if !level.is_empty() && level.parse::<u8>().is_err() {
        errors.push(FieldError::new("/level", "Choose one of the levels."));
    }
    let declaration = Declaration {
        title: typed.written("title").unwrap_or_default(),
        level: level.parse().ok(),
        kind: kind.flatten(),
        system: system(web, typed)?.map(|s| s.key.to_string()),
        draft: typed.draft(web.desk.now(), &mut errors),
        ..Declaration::default()
    };
    let place = match ground.scopes.is_empty() {
        true => None,
        false => typed.place(&actor.organisation, &mut errors),
    };
    match web.desk.placed(actor, declaration.clone(), place.as_ref()).await {
        Ok(placed) => Ok((placed, errors)),
        Err(DeskError::Invalid(more)) => {
            errors.extend(more);
            // The other answers are still checked, as if it were their own.
            Ok((Declaration { scope: Some(actor.organisation.clone()), ..declaration }, errors))
        }
        Err(error) => Err(error.into()),
    }
}

/// The questions again, with the mistakes.
async fn refused(
    web: &Web,
    actor: &Actor,
    typed: &Typed,
    errors: Vec<FieldError>,
) -> Result<Response, PageError> {
    let again = asked(web, actor, typed, beside_their_fields(errors)).await?;
    Ok(screen_with(StatusCode::UNPROCESSABLE_ENTITY, &again))
}

/// A code of a list belongs to the field that the list was typed into.
pub fn beside_their_fields(errors: Vec<FieldError>) -> Vec<FieldError> {
    let place = |e: FieldError| match e.pointer.starts_with("/organisations/") {
        true => FieldError::new("/organisations", e.detail),
        false => e,
    };
    errors.into_iter().map(place).collect()
}

/// `POST /desk/post/preview`: changes nothing.
pub async fn preview(
    State(web): State<Web>,
    Staff(actor): Staff,
    typed: Typed,
) -> Result<Response, PageError> {
    let (declaration, mut errors) = read(&web, &actor, &typed).await?;
    match web.desk.preview(&actor, &declaration).await {
        Ok(preview) if errors.is_empty() => {
            let who = who(&web, &actor).await?;
            // What is real is no reason against practising it.
            let already = match preview.incident.kind {
                Kind::Live => already(&web, &actor, system(&web, &typed)?).await?,
                _ => vec![],
            };
            let typed = typed.carried(preview.due());
            let shown = previewed((&web, who), &preview, typed, "/desk/post", "/desk/post/edit");
            Ok(screen(&views::post::Preview { already, ..shown }))
        }
        Ok(_) => refused(&web, &actor, &typed, errors).await,
        Err(DeskError::Invalid(more)) => {
            errors.extend(more);
            refused(&web, &actor, &typed, errors).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The exact texts and counts.
pub fn previewed(
    (web, who): (&Web, views::Who),
    preview: &Preview,
    typed: Vec<(String, String)>,
    publish_to: &str,
    back_to: &str,
) -> views::post::Preview {
    let (reach, sample) = (&preview.reach, preview.sample.as_ref());
    let mark = preview.incident.kind.mark();
    let marked = |text: &str| format!("{mark}{text}");
    let text = |channel| sample.map(|s| marked(&s.message().text_for(channel))).unwrap_or_default();
    let goes_to = |channel: &Channel| reach.recipients.get(channel).is_some_and(|n| *n > 0);
    let social = Channel::of_accounts().filter(goes_to);
    let text_message = text(Channel::Sms);
    let only_own = sample.is_some_and(|s| s.code == who.code) && reach.organisations.len() == 1;
    views::post::Preview {
        already: vec![],
        typed,
        publish_to: publish_to.into(),
        back_to: back_to.into(),
        example: sample.filter(|_| !only_own).map(|s| s.name.clone()).unwrap_or_default(),
        page: sample.map(|s| (s.view.headline.state, s.view.headline.text(english()))),
        cost: words::cost(web.desk.prices, &reach.messages(), &text_message, reach.text_parts),
        sms_parts: words::number(sms::segments(&text_message).segments),
        sms_length: sms::segments(&text_message).units,
        sms: text_message,
        email_subject: sample.map(|s| marked(&s.message().subject)).unwrap_or_default(),
        email_body: text(Channel::Email),
        social: social.map(|c| (c.label().to_owned(), text(c))).collect(),
        others: match preview.kinds.as_slice() {
            [] | [_] => vec![],
            several => super::samples::of_kinds(several),
        },
        organisations: words::number(reach.organisations.len()),
        recipients: words::recipients(web, &reach.recipients),
        unreal: preview.incident.kind.unreal(),
        asked: words::asked(web, &preview.questions, preview.incident.kind),
        perhaps: words::perhaps(preview.perhaps),
        cards: cards(preview),
        button: words::publish(proposals::stage(&preview.reasons)),
        reasons: preview.reasons.iter().map(|r| r.text()).collect(),
        who,
    }
}

/// 999 and 111 as the page will have them, where the post says something of them.
fn cards(preview: &Preview) -> Vec<(&'static str, &'static str, String)> {
    let said = preview.incident.updates.last().map(|u| &u.lines);
    let card = |(line, kind, heading, usual)| {
        said.and_then(|lines| lines.get(line))?;
        let view = &preview.sample.as_ref()?.view;
        Some((kind, english().get(heading), help::sentence(view, line, usual, english())))
    };
    let emergency = (Line::Emergency999, "emergency", "emergency-help", "in-an-emergency");
    let urgent = (Line::Nhs111, "urgent", "help-now", "need-medical-help");
    [emergency, urgent].into_iter().filter_map(card).collect()
}

/// `POST /desk/post`.
pub async fn publish(
    State(web): State<Web>,
    Staff(actor): Staff,
    typed: Typed,
) -> Result<Response, PageError> {
    let (declaration, mut errors) = read(&web, &actor, &typed).await?;
    if !errors.is_empty() {
        if let Err(DeskError::Invalid(more)) = web.desk.preview(&actor, &declaration).await {
            errors.extend(more);
        }
        return refused(&web, &actor, &typed, errors).await;
    }
    let work = async { Ok(web.desk.declare(&actor, &declaration).await?.update) };
    match web.desk.once(&actor, typed.id("once"), work).await {
        Ok(update) => {
            web.desk.use_again(&actor, typed.id("again")).await?;
            Ok(Redirect::to(&format!("/desk/updates/{update}/done")).into_response())
        }
        Err(DeskError::Invalid(errors)) => refused(&web, &actor, &typed, errors).await,
        Err(error) => Err(error.into()),
    }
}

/// `GET /desk/updates/{id}/done`.
pub async fn done(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(update): Path<String>,
) -> Result<Response, PageError> {
    let update = id(&update)?;
    let told = match web.desk.told(&actor, update).await {
        Ok(told) => told,
        // Nothing was published: it waits for a second person.
        Err(DeskError::NotFound(_)) if web.desk.proposal(&actor, update).await.is_ok() => {
            return Ok(Redirect::to(&format!("/desk/approvals/{update}")).into_response());
        }
        Err(error) => return Err(error.into()),
    };
    let waits = web.desk.proposal(&actor, update).await.is_ok_and(|p| p.standing == Standing::Waiting);
    let due = time::by(told.update.next_update_by, web.desk.now(), english());
    Ok(screen(&views::post::Done {
        who: who(&web, &actor).await?,
        unreal: told.incident.kind.unreal(),
        title: told.incident.title.english,
        messages_wait: waits,
        update: told.update.id.to_string(),
        to_update: told.update.corrects.map(|_| told.incident.id.to_string()).unwrap_or_default(),
        organisations: words::number(told.reach.organisations.len()),
        recipients: words::recipients(&web, &told.reach.recipients),
        page_url: format!("/{}", told.incident.declared_by),
        next_update_by: if told.update.stage == Stage::Resolved { String::new() } else { due },
    }))
}
