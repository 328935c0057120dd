//! When something cannot be done: plain words for the status codes.

use askama::Template;

/// A page for an error.
#[derive(Template)]
#[template(path = "public/problem.html")]
pub struct Problem {
    pub title: String,
    /// What it means and what to do.
    pub sentences: Vec<String>,
    /// Where to go on, as address and words.
    pub onward: (String, String),
}

impl Problem {
    fn new(title: &str, sentences: &[&str], onward: (&str, &str)) -> Self {
        Self {
            title: title.into(),
            sentences: sentences.iter().map(|s| (*s).to_owned()).collect(),
            onward: (onward.0.into(), onward.1.into()),
        }
    }

    /// 403.
    pub fn not_allowed() -> Self {
        Self::new(
            "You are not allowed to do this",
            &["Your account does not have permission for it.", "Ask your administrator if you need it."],
            ("/desk", "Go back to your desk"),
        )
    }

    /// 404 on a staff screen.
    pub fn not_here() -> Self {
        Self::new(
            "We cannot find this",
            &["It does not exist, or you are not allowed to see it."],
            ("/desk", "Go back to your desk"),
        )
    }

    /// 500.
    pub fn broken() -> Self {
        Self::new(
            "Something went wrong on our side",
            &[
                "Nothing was changed. Wait a minute and try again.",
                "If it goes on, tell the people who run this service.",
            ],
            ("/", "Find a place"),
        )
    }

    /// 503: the database cannot be reached.
    pub fn unavailable() -> Self {
        Self::new(
            "We cannot do this at the moment",
            &["Nothing was changed. Pages for patients still work.", "Wait a minute and try again."],
            ("/", "Find a place"),
        )
    }

    /// A one-time sign-in link that was used or has run out.
    pub fn stale_sign_in_link() -> Self {
        Self::new(
            "This sign-in link no longer works",
            &[
                "It has been used, or it is more than 3 days old.",
                "Sign in with your password or passkey, or ask your administrator for a new link.",
            ],
            ("/sign-in", "Sign in"),
        )
    }

    /// 429.
    pub fn too_many() -> Self {
        Self::new("Too many tries", &["Wait a few minutes and try again."], ("/", "Find a place"))
    }
}
