//! Signing in, with no Microsoft, smartcard or email in the way.

use askama::Template;

use super::form::{Choice, Errors};

/// `GET` and refused `POST /sign-in`; fields `email`, `password`, `next`.
#[derive(Template)]
#[template(path = "admin/sign_in.html")]
pub struct SignIn {
    pub email: String,
    /// Where to go afterwards; a path of this site, or empty.
    pub next: String,
    /// One neutral sentence, or empty. Wrong email, wrong password and too
    /// many tries all read the same.
    pub error: String,
    /// They were signed out before they sent something.
    pub lost: bool,
    /// Whether passkeys work on this address (a domain name, over HTTPS).
    pub passkeys: bool,
}

/// `GET` and refused `POST /sign-in/{token}`: the one-time link. Fields
/// `password`, `again` and `forget`. It is used up by a good `POST`, not by a `GET`.
#[derive(Template)]
#[template(path = "admin/welcome.html")]
pub struct Welcome {
    pub token: String,
    pub name: String,
    pub email: String,
    pub organisation: String,
    pub passkeys: bool,
    /// For somebody who signed in before: whether that is to be forgotten.
    pub forget: Option<bool>,
    pub errors: Errors,
}

impl Welcome {
    /// The box to tick, for a lost phone.
    pub fn forgetting(&self) -> Vec<Choice> {
        let label = "Stop everything that I signed in with before";
        let hint =
            "Your passkeys on other devices, and your password. Leave this ticked if you lost a device.";
        let choice = |chosen| Choice { chosen, ..Choice::new("yes", label).with_hint(hint) };
        self.forget.map(choice).into_iter().collect()
    }
}
