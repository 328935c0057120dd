//! Staff screens. Handlers read a form, call one verb of the desk and show
//! what came of it; who may what is decided there.

mod account;
mod again;
pub(super) mod answers;
mod approval_edit;
pub mod approvals;
mod centres;
mod channels;
mod contacts;
mod desk;
mod hours;
mod log;
mod messages;
mod national;
mod note;
pub mod past_page;
mod pharmacies;
mod plan;
mod plan_change;
mod planned;
mod post;
mod presets;
mod proof;
mod questions;
mod record;
mod recovery;
mod reports;
mod rhythm;
mod samples;
mod sending;
mod services;
mod sign_in;
mod statements;
pub(super) mod typed;
mod update;
pub(super) mod words;

use axum::Router;
use axum::response::Redirect;
use axum::routing::{get, post as send};
use uuid::Uuid;

use super::Web;
use super::error::PageError;
use super::views::Who;
use crate::desk::DeskError;
use crate::domain::user::Actor;

pub fn routes() -> Router<Web> {
    presets::routes()
        .merge(hours::routes())
        .merge(pharmacies::routes())
        .merge(services::routes())
        .route("/sign-in", get(sign_in::form).post(sign_in::by_password))
        .route("/sign-in/passkey/start", send(sign_in::start_passkey))
        .route("/sign-in/passkey/finish", send(sign_in::finish_passkey))
        .route("/sign-in/{token}", get(sign_in::welcome).post(sign_in::choose_password))
        .route("/sign-in/{token}/passkey/start", send(sign_in::start_first_passkey))
        .route("/sign-in/{token}/passkey/finish", send(sign_in::finish_first_passkey))
        .route("/sign-out", get(to_desk).post(sign_in::sign_out))
        .route("/desk", get(desk::home))
        .route("/desk/lines", get(to_desk).post(desk::set_lines))
        .route("/desk/lines/exception", get(to_desk).post(desk::except))
        .route("/desk/incidents/{id}/answer", get(to_desk).post(desk::answer))
        .route("/desk/post", get(post::form).post(post::publish))
        .route("/desk/post/edit", get(to_desk).post(post::edit))
        .route("/desk/post/preview", get(to_desk).post(post::preview))
        .route("/desk/incidents/{id}/update", get(update::form).post(update::publish))
        .route("/desk/incidents/{id}/answers", get(answers::show).post(answers::set))
        .route("/desk/incidents/{id}/answers.csv", get(answers::list))
        .route("/desk/incidents/{id}/note", get(note::form).post(note::publish))
        .route("/desk/incidents/{id}/edit", get(to_desk).post(update::edit))
        .route("/desk/incidents/{id}/preview", get(to_desk).post(update::preview))
        .route("/desk/updates/{id}", get(sending::deliveries))
        .route("/desk/updates/{id}/live", get(sending::live))
        .route("/desk/updates/{id}/texts", get(proof::texts))
        .route("/desk/updates/{id}/deliveries.csv", get(proof::proof))
        .route("/desk/updates/{id}/stop", get(to_desk).post(sending::stop))
        .route("/desk/updates/{id}/send", get(to_desk).post(sending::send_on))
        .route("/desk/updates/{id}/retry", get(to_desk).post(sending::retry))
        .route("/desk/updates/{id}/done", get(post::done))
        .route("/desk/updates/{id}/withdraw", get(update::withdraw_form).post(update::withdraw))
        .route("/desk/approvals", get(approvals::list))
        .route("/desk/approvals/{id}", get(approvals::one))
        .route("/desk/approvals/{id}/edit", get(approval_edit::edit_form).post(approval_edit::edit))
        .route("/desk/approvals/{id}/{verb}", get(to_desk).post(approvals::decide))
        .route("/desk/planned", get(planned::list))
        .route("/desk/planned/new", get(plan::form).post(plan::publish))
        .route("/desk/planned/new/edit", get(to_desk).post(plan::edit))
        .route("/desk/planned/new/preview", get(to_desk).post(plan::preview))
        .route("/desk/planned/{id}", get(planned::one))
        .route("/desk/planned/{id}/{change}", get(plan_change::form).post(plan_change::change))
        .route("/desk/incidents/{id}/record", get(record::show))
        .route("/desk/incidents/{id}/record.json", get(record::export))
        .route("/desk/organisations/{code}/at", get(past_page::show))
        .route("/desk/organisations/{code}/at/page", get(past_page::page))
        .route("/desk/incidents/{id}/reports", get(reports::list).post(reports::draft))
        .route("/desk/incidents/{id}/rhythm", get(to_desk).post(reports::set_rhythm))
        .route("/desk/reports/{id}", get(reports::one).post(reports::save))
        .route("/desk/reports/{id}/sign", get(to_desk).post(reports::sign))
        .route("/desk/reports/{id}/figures", get(to_desk).post(reports::figures))
        .route("/desk/reports/{id}/{file}", get(reports::as_file))
        .route("/desk/incidents/{id}/recovery", get(recovery::list).post(recovery::start))
        .route("/desk/counters/{id}", get(recovery::one).post(recovery::count))
        .route("/desk/counters/{id}/rows", get(to_desk).post(recovery::rows))
        .route("/desk/counters/{id}/strike", get(to_desk).post(recovery::strike))
        .route("/speak", get(statements::show).post(statements::speak))
        .route("/speak/{id}/take-back", get(to_speak).post(statements::unsay))
        .route("/desk/partners", get(statements::partners).post(statements::admit))
        .route("/desk/partners/{id}/end", get(to_desk).post(statements::end))
        .route("/desk/centres", get(centres::list).post(centres::make))
        .route("/desk/centres/{code}", get(centres::one).post(centres::change))
        .route("/desk/centres/{code}/end", get(to_desk).post(centres::end))
        .route("/desk/centres/{code}/members/{member}", get(to_desk).post(centres::answer))
        .route("/desk/log", get(log::list))
        .route("/desk/log/new", get(log::form).post(log::enter))
        .route("/desk/log/new/check", get(to_desk).post(log::check))
        .route("/desk/log/new/edit", get(to_desk).post(log::edit))
        .route("/desk/log/print", get(log::print))
        .route("/desk/log/log.pdf", get(log::as_pdf))
        .route("/desk/log/{id}", get(log::one))
        .route("/desk/messages", get(messages::list))
        .route("/desk/messages/{id}", get(messages::one))
        .route("/desk/messages/{id}/replay", get(to_desk).post(messages::replay))
        .route("/desk/contacts", get(contacts::show).post(contacts::put))
        .route("/desk/contacts/{id}/remove", get(to_desk).post(contacts::remove))
        .route("/desk/channels", get(channels::show))
        .route("/desk/channels/{kind}", get(to_desk).post(channels::put))
        .route("/desk/accounts/{id}/{verb}", get(to_desk).post(channels::change))
        .route("/desk/account", get(account::show))
        .route("/desk/account/password", get(to_desk).post(account::change_password))
        .route("/desk/account/passkeys/start", send(account::start_passkey))
        .route("/desk/account/passkeys/finish", send(account::finish_passkey))
        .route("/desk/account/passkeys/{id}/remove", get(to_desk).post(account::remove_passkey))
}

/// Addresses that only take forms: whoever reloads one starts again.
async fn to_desk() -> Redirect {
    Redirect::to("/desk")
}

async fn to_speak() -> Redirect {
    Redirect::to("/speak")
}

/// Who is signed in, for the frame of every staff screen.
pub async fn who(web: &Web, actor: &Actor) -> Result<Who, PageError> {
    let (name, is_welsh, most) = web.desk.own_organisation(actor).await?;
    Ok(Who::new(actor, name, is_welsh).at_most(most))
}

/// An id in an address; what is none leads nowhere.
fn id(text: &str) -> Result<Uuid, PageError> {
    Uuid::parse_str(text).map_err(|_| DeskError::NotFound("This").into())
}
