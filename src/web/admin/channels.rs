//! The organisation's own accounts to post with.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::{Map, Value, json};

use super::typed::{Asked, Typed};
use super::{id, who};
use crate::desk::DeskError;
use crate::desk::channel_accounts::Shown;
use crate::domain::FieldError;
use crate::domain::account::{Guide, Kind};
use crate::domain::channel::Channel;
use crate::domain::time;
use crate::domain::user::Actor;
use crate::web::Web;
use crate::web::accounts::check_account;
use crate::web::error::{PageError, screen, screen_with};
use crate::web::extract::Staff;
use crate::web::views::account::{AccountRow, Card, Channels, Input};
use crate::words::english;

/// What is set; never a secret.
async fn view(web: &Web, actor: &Actor) -> Result<Channels, PageError> {
    let all = web.desk.accounts_of(actor, &actor.organisation).await?;
    let cards = Channel::of_accounts().filter_map(|c| Some(card(web, c, c.guide()?, &all))).collect();
    let who = who(web, actor).await?;
    Ok(Channels { who, done: String::new(), secret: String::new(), cards, errors: vec![].into() })
}

fn card(web: &Web, channel: Channel, guide: Guide, all: &[Shown]) -> Card {
    let own: Vec<&Shown> = all.iter().filter(|a| a.channel == channel).collect();
    // One account is entered over itself; of several, each is a new one.
    let filled = own.first().filter(|_| !guide.several);
    let value = |name: &str| {
        let fields = filled.map(|a| a.open_fields.as_slice()).unwrap_or_default();
        fields.iter().find(|(n, _)| *n == name).map(|(_, v)| v.clone()).unwrap_or_default()
    };
    let inputs = guide.fields.iter().filter(|f| f.on_screen).map(|f| Input {
        id: format!("{channel}-{}", f.name),
        name: f.name,
        label: f.label,
        hint: f.hint,
        value: value(f.name),
        kind: match f.kind {
            Kind::Plain => "text",
            Kind::Server => "url",
            Kind::Secret | Kind::SecretAddress => "password",
        },
    });
    Card {
        kind: channel.as_str(),
        label: channel.label(),
        inputs: inputs.collect(),
        steps: guide.steps,
        several: guide.several,
        name_id: format!("{channel}-name"),
        name: String::new(),
        accounts: own.iter().map(|a| row(web, a)).collect(),
    }
}

fn row(web: &Web, a: &Shown) -> AccountRow {
    let at = |when| time::near(when, web.desk.now(), english());
    let h = &a.health;
    let worked = h.worked_at.map(|when| format!("Worked last at {}.", at(when)));
    let trouble = h.trouble.as_ref().zip(h.trouble_at).map(|(why, when)| format!("At {}: {why}", at(when)));
    AccountRow {
        id: a.id.to_string(),
        title: match (a.name.is_empty(), a.place.is_empty()) {
            (_, true) => "It cannot be read any more. Enter it again.".into(),
            (true, false) => a.place.clone(),
            (false, false) => format!("{} ({})", a.name, a.place),
        },
        tag: match (h.stopped_at, h.failing_since) {
            (Some(_), _) => ("Turned off", "red"),
            (None, Some(_)) => ("In trouble", "orange"),
            (None, None) => ("Set up", "green"),
        },
        stopped: h.stopped_at.map(at).unwrap_or_default(),
        lines: worked.into_iter().chain(trouble).collect(),
        is_webhook: a.channel == Channel::Webhook,
    }
}

/// `GET /desk/channels`.
pub async fn show(
    State(web): State<Web>,
    Staff(actor): Staff,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let done = match asked.get("done") {
        "saved" => "The account is saved. Updates will be posted on it.",
        "removed" => "The account is removed. Nothing more is posted on it.",
        "started" => "The account is turned on again.",
        _ => "",
    };
    Ok(screen(&Channels { done: done.into(), ..view(&web, &actor).await? }))
}

/// The credentials as the desk takes them.
fn credentials(guide: &Guide, typed: &Typed) -> Value {
    let names = guide.fields.iter().filter(|f| f.on_screen).map(|f| f.name);
    let names = names.chain(guide.several.then_some("name"));
    Value::Object(names.map(|n| (n.to_owned(), json!(typed.get(n).trim()))).collect::<Map<_, _>>())
}

/// `POST /desk/channels/{kind}`.
pub async fn put(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(text): Path<String>,
    typed: Typed,
) -> Result<Response, PageError> {
    let kind = Channel::parse(&text).and_then(|c| Some((c, c.guide()?)));
    let (channel, guide) = kind.ok_or(DeskError::NotFound("This kind of channel"))?;
    let body = credentials(&guide, &typed);
    match web.desk.put_account(&actor, &actor.organisation, channel.as_str(), &body).await {
        Ok(saved) => match saved.secret {
            None => Ok(Redirect::to("/desk/channels?done=saved").into_response()),
            Some(secret) => with_secret(&web, &actor, "The endpoint is saved.", secret).await,
        },
        Err(DeskError::Invalid(errors)) => {
            let mut again = view(&web, &actor).await?;
            for card in again.cards.iter_mut().filter(|c| c.kind == channel.as_str()) {
                card.name = typed.get("name").to_owned();
                for input in card.inputs.iter_mut().filter(|i| i.kind != "password") {
                    input.value = typed.get(input.name).to_owned();
                }
            }
            let beside = |e: FieldError| FieldError::new(format!("/{channel}{}", e.pointer), e.detail);
            again.errors = errors.into_iter().map(beside).collect::<Vec<_>>().into();
            Ok(screen_with(StatusCode::UNPROCESSABLE_ENTITY, &again))
        }
        Err(error) => Err(error.into()),
    }
}

/// A secret is in no address and in no history, so the answer itself shows it.
async fn with_secret(web: &Web, actor: &Actor, done: &str, secret: String) -> Result<Response, PageError> {
    Ok(screen(&Channels { done: done.into(), secret, ..view(web, actor).await? }))
}

/// `POST /desk/accounts/{id}/{verb}`.
pub async fn change(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path((text, verb)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let (account, own) = (id(&text)?, &actor.organisation);
    let done = match verb.as_str() {
        "remove" => {
            web.desk.remove_account(&actor, own, account).await?;
            "removed"
        }
        "start" => {
            web.desk.start_account(&actor, own, account).await?;
            "started"
        }
        "rotate" => {
            let secret = web.desk.rotate_secret(&actor, own, account).await?;
            let done = "The new secret counts from now. The old one signs beside it for 24 hours.";
            return with_secret(&web, &actor, done, secret).await;
        }
        "check" => {
            let found = check_account(&web, &actor, own, account).await?;
            let mut seen = view(&web, &actor).await?;
            match found {
                Ok(text) => seen.done = text,
                Err(text) => seen.errors = vec![FieldError::new("", text)].into(),
            }
            return Ok(screen(&seen));
        }
        _ => return Err(DeskError::NotFound("This").into()),
    };
    Ok(Redirect::to(&format!("/desk/channels?done={done}")).into_response())
}
