//! The organisation's own accounts to post with.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::{Map, Value, json};

use super::typed::{Asked, Typed};
use super::who;
use crate::desk::DeskError;
use crate::desk::channel_accounts::ShownAccount;
use crate::domain::FieldError;
use crate::domain::subscriber::Channel;
use crate::domain::user::Actor;
use crate::web::Web;
use crate::web::error::{PageError, screen, screen_with};
use crate::web::extract::Staff;
use crate::web::views::account::{Bluesky, Channels, Mastodon};

/// What is set; never a secret.
async fn view(web: &Web, actor: &Actor) -> Result<Channels, PageError> {
    let (mut mastodon, mut bluesky) = (Mastodon::default(), Bluesky::default());
    for account in web.desk.accounts_of(actor, &actor.organisation).await? {
        match account {
            ShownAccount::Mastodon { base_url } => mastodon = Mastodon { is_set: true, base_url },
            ShownAccount::Bluesky { service, identifier } => {
                bluesky = Bluesky { is_set: true, service, identifier };
            }
        }
    }
    let who = who(web, actor).await?;
    Ok(Channels { who, done: String::new(), mastodon, bluesky, errors: vec![].into() })
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
        _ => "",
    };
    Ok(screen(&Channels { done: done.into(), ..view(&web, &actor).await? }))
}

fn kind(text: &str) -> Result<Channel, PageError> {
    let channel = Channel::parse(text).filter(|c| !c.is_personal());
    channel.ok_or_else(|| DeskError::NotFound("This kind of channel").into())
}

/// The credentials as the desk takes them. A server that is left out is the
/// usual one.
fn credentials(channel: Channel, typed: &Typed) -> Value {
    let fields: &[&str] = match channel {
        Channel::Mastodon => &["base_url", "access_token"],
        _ => &["service", "identifier", "app_password"],
    };
    let given = fields.iter().filter(|f| **f != "service" || !typed.get(f).trim().is_empty());
    Value::Object(given.map(|f| ((*f).to_owned(), json!(typed.get(f).trim()))).collect::<Map<_, _>>())
}

/// `POST /desk/channels/{kind}`.
pub async fn put(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(text): Path<String>,
    typed: Typed,
) -> Result<Response, PageError> {
    let channel = kind(&text)?;
    let body = credentials(channel, &typed);
    match web.desk.put_account(&actor, &actor.organisation, channel.as_str(), &body).await {
        Ok(()) => Ok(Redirect::to("/desk/channels?done=saved").into_response()),
        Err(DeskError::Invalid(errors)) => {
            let mut again = view(&web, &actor).await?;
            let text = |name: &str| typed.get(name).to_owned();
            match channel {
                Channel::Mastodon => again.mastodon.base_url = text("base_url"),
                _ => {
                    again.bluesky.service = text("service");
                    again.bluesky.identifier = text("identifier");
                }
            }
            let beside = |e: FieldError| FieldError::new(format!("/{channel}{}", e.pointer), e.detail);
            again.errors = errors.into_iter().map(beside).collect::<Vec<_>>().into();
            Ok(screen_with(StatusCode::UNPROCESSABLE_ENTITY, &again))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /desk/channels/{kind}/remove`.
pub async fn remove(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(text): Path<String>,
) -> Result<Redirect, PageError> {
    web.desk.remove_account(&actor, &actor.organisation, kind(&text)?).await?;
    Ok(Redirect::to("/desk/channels?done=removed"))
}
