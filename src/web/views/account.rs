//! One's own account, and an organisation's accounts on channels.

use askama::Template;

use super::Who;
use super::form::Errors;

/// `GET /desk/account`. Posts to `/desk/account/password` (`current`,
/// `password`, `again`) and `/desk/account/passkeys/{id}/remove`.
#[derive(Template)]
#[template(path = "admin/account.html")]
pub struct Account {
    pub who: Who,
    pub email: String,
    pub done: String,
    pub passkeys: Vec<Passkey>,
    /// Whether passkeys work on this address.
    pub may_add_passkeys: bool,
    /// False for those who have only passkeys so far.
    pub has_password: bool,
    pub errors: Errors,
}

pub struct Passkey {
    pub id: String,
    pub name: String,
    pub added: String,
}

/// `GET /desk/channels`, for administrators. Posts to `/desk/channels/{kind}`
/// (what its inputs are called) and to `/desk/accounts/{id}/{verb}`. Secrets are
/// never shown again.
#[derive(Template)]
#[template(path = "admin/channels.html")]
pub struct Channels {
    pub who: Who,
    pub done: String,
    /// A new signing secret, or empty.
    pub secret: String,
    pub cards: Vec<Card>,
    /// Pointers such as `/mastodon/base_url`.
    pub errors: Errors,
}

/// One kind of account.
pub struct Card {
    pub kind: &'static str,
    pub label: &'static str,
    pub inputs: Vec<Input>,
    /// How to get what is asked for.
    pub steps: &'static [&'static str],
    /// Whether there may be several, each with a name.
    pub several: bool,
    /// The id of the input for that.
    pub name_id: String,
    /// The name that was typed, after a mistake.
    pub name: String,
    pub accounts: Vec<AccountRow>,
}

pub struct Input {
    pub id: String,
    pub name: &'static str,
    pub label: &'static str,
    pub hint: &'static str,
    pub value: String,
    /// `text`, `url` or `password`.
    pub kind: &'static str,
}

/// One account that is set up.
pub struct AccountRow {
    pub id: String,
    pub title: String,
    /// Its state and the colour of that.
    pub tag: (&'static str, &'static str),
    /// When it was turned off, or empty.
    pub stopped: String,
    /// When it worked last, and the last trouble.
    pub lines: Vec<String>,
    pub is_webhook: bool,
}
