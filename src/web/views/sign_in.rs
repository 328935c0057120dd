//! Signing in, with no Microsoft, smartcard or email in the way.

use askama::Template;

use super::form::Errors;

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
    /// Whether passkeys work on this address (a domain name, over HTTPS).
    pub passkeys: bool,
}

/// `GET` and refused `POST /sign-in/{token}`: the one-time link. Fields
/// `password` and `again`. It is used up by a good `POST`, not by a `GET`.
#[derive(Template)]
#[template(path = "admin/welcome.html")]
pub struct Welcome {
    pub token: String,
    pub name: String,
    pub email: String,
    pub organisation: String,
    pub passkeys: bool,
    pub errors: Errors,
}
