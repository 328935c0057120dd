//! Sentences with a time or a number in them that machines read too: pages put
//! an element in the place of it.

use chrono::{DateTime, Utc};

use super::Context;
use crate::domain::time;

/// A sentence with a moment in it, for machines too: what stands before the
/// time, the time, and what stands after it.
pub struct Moment {
    pub before: String,
    /// As people read it.
    pub shown: String,
    pub after: String,
    /// RFC 3339, for the attribute `datetime`.
    pub iso: String,
}

/// Stands for the time while a sentence is put together; in no text.
const MARK: &str = "\u{1}";

impl Moment {
    /// With its day in full: "Checked at 9:40am, Friday 19 July 2024."
    pub fn full(ctx: &Context<'_>, id: &str, at: DateTime<Utc>) -> Self {
        Self::new(ctx, id, at, time::full(at, ctx.words))
    }

    /// "Next update by 9:40am.", with the day when that is another one (see [`time::by`]).
    pub fn by(ctx: &Context<'_>, id: &str, at: DateTime<Utc>) -> Self {
        Self::new(ctx, id, at, time::by(at, ctx.now, ctx.words))
    }

    /// The sentence, where no machine reads the time in it.
    pub fn text(&self) -> String {
        format!("{}{}{}", self.before, self.shown, self.after)
    }

    fn new(ctx: &Context<'_>, id: &str, at: DateTime<Utc>, shown: String) -> Self {
        let (before, after) = around(&ctx.words.with(id, &[("time", MARK.into())]));
        Self { before, shown, after, iso: time::rfc3339(at) }
    }
}

/// A sentence with a phone number in it that can be dialled.
pub struct Linked {
    pub before: String,
    pub number: String,
    pub after: String,
}

impl Linked {
    /// "Phone 01632 960 001 instead."
    pub fn phone_instead(ctx: &Context<'_>, number: &str) -> Self {
        let (before, after) = around(&ctx.words.with("phone-instead", &[("number", MARK.into())]));
        Self { before, number: number.to_owned(), after }
    }
}

/// What stands before and after the mark, without the isolates around it: an
/// element takes their place.
fn around(sentence: &str) -> (String, String) {
    let (before, after) = sentence.split_once(MARK).unwrap_or((sentence, ""));
    (before.trim_end_matches('\u{2068}').to_owned(), after.trim_start_matches('\u{2069}').to_owned())
}

/// A time alone, for a `<time>` element.
pub struct When {
    /// "9:40am, Friday 19 July 2024".
    pub full: String,
    pub iso: String,
}

pub fn when(ctx: &Context<'_>, at: DateTime<Utc>) -> When {
    When { full: time::full(at, ctx.words), iso: time::rfc3339(at) }
}
