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

/// `GET /desk/channels`, for administrators. Posts to
/// `/desk/channels/mastodon` (`base_url`, `access_token`) and
/// `/desk/channels/bluesky` (`service`, `identifier`, `app_password`), and to
/// `…/remove`. Secrets are never shown again.
#[derive(Template)]
#[template(path = "admin/channels.html")]
pub struct Channels {
    pub who: Who,
    pub done: String,
    pub mastodon: Mastodon,
    pub bluesky: Bluesky,
    /// Pointers such as `/mastodon/base_url`.
    pub errors: Errors,
}

#[derive(Default)]
pub struct Mastodon {
    pub is_set: bool,
    pub base_url: String,
}

#[derive(Default)]
pub struct Bluesky {
    pub is_set: bool,
    pub service: String,
    pub identifier: String,
}
