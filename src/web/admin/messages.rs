//! What went out.

use axum::extract::{Path, State};
use axum::response::{Redirect, Response};

use super::typed::Asked;
use super::{id, who};
use crate::desk::sent::Sent;
use crate::domain::channel::Channel;
use crate::domain::delivery::DeliveryState;
use crate::domain::time;
use crate::domain::user::Action;
use crate::store::deliveries::Delivery;
use crate::web::Web;
use crate::web::error::{PageError, screen};
use crate::web::extract::Staff;
use crate::web::views::form::{Choice, chosen};
use crate::web::views::messages::{Item, Message, Messages};
use crate::words::english;

fn item(web: &Web, sent: &Sent) -> Item {
    let text = |m: &crate::domain::message::Message| m.text_for(sent.delivery.channel);
    let subject = |m: &crate::domain::message::Message| m.subject.clone();
    let is_email = sent.delivery.channel == Channel::Email;
    Item {
        organisation: sent.organisation.clone(),
        subject: sent.message.as_ref().filter(|_| is_email).map(subject).unwrap_or_default(),
        text: sent.message.as_ref().map(text).unwrap_or_default(),
        ..bare(web, &sent.delivery, &sent.to)
    }
}

/// A message without its words, for lists.
pub fn bare(web: &Web, delivery: &Delivery, to: &str) -> Item {
    Item {
        id: delivery.id.to_string(),
        at: time::near(delivery.made_at, web.desk.now(), english()),
        channel: delivery.channel.label(),
        to: to.to_owned(),
        organisation: String::new(),
        subject: String::new(),
        text: String::new(),
        state: delivery.state,
        reason: delivery.reason.clone().unwrap_or_default(),
    }
}

/// `GET /desk/messages?channel=&before=`.
pub async fn list(
    State(web): State<Web>,
    Staff(actor): Staff,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let channel = Channel::parse(asked.get("channel"));
    let (sent, next) = web.desk.messages(&actor, channel, asked.id("before")).await?;
    let mut channels = vec![Choice::new("", "All channels")];
    channels.extend(Channel::ALL.iter().map(|c| Choice::new(c.as_str(), c.label())));
    let chosen_one = channel.map_or("", Channel::as_str);
    Ok(screen(&Messages {
        who: who(&web, &actor).await?,
        channels: chosen(channels, chosen_one),
        items: sent.iter().map(|s| item(&web, s)).collect(),
        next: next.map(|before| format!("/desk/messages?channel={chosen_one}&before={before}")),
    }))
}

/// `GET /desk/messages/{id}`.
pub async fn one(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(message): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let sent = web.desk.message(&actor, id(&message)?).await?;
    Ok(screen(&Message {
        who: who(&web, &actor).await?,
        done: if asked.get("done") == "replay" { "The message is sent once more." } else { "" },
        may_replay: sent.delivery.channel == Channel::Webhook
            && !sent.is_stopped
            && sent.delivery.state.rank() >= DeliveryState::Accepted.rank()
            && actor.has_role_for(Action::Administer),
        item: item(&web, &sent),
        leave_url: sent.leave_url.unwrap_or_default(),
        attempts: u64::try_from(sent.delivery.attempt).unwrap_or(0),
    }))
}

/// `POST /desk/messages/{id}/replay`.
pub async fn replay(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(message): Path<String>,
) -> Result<Redirect, PageError> {
    let message = id(&message)?;
    web.desk.replay(&actor, message).await?;
    Ok(Redirect::to(&format!("/desk/messages/{message}?done=replay")))
}
