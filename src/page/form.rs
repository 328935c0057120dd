//! The forms in which a page is told, where each lies, and how it travels.

use bytes::Bytes;
use http::HeaderValue;

use super::body::{Manner, csp};
use super::statuspage::Endpoint;
use super::{
    Context, badge, calendar, cap, feed, history, html, json, poster, screen, share, statuspage, voice,
    widget,
};
use crate::domain::org::OrgCode;
use crate::words::Locale;

/// No reader sees a page that is more than 30 seconds behind (hazard H1): a
/// shared cache asks again after 15 and may show what it has while it asks, for
/// 15 more; a browser counts that age too. When we cannot be reached, what was
/// said stands for an hour, as it does on the page itself, which says when it
/// was checked.
const PAGE_CACHE: HeaderValue = HeaderValue::from_static(
    "public, max-age=5, s-maxage=15, stale-while-revalidate=15, stale-if-error=3600",
);

/// What is past hardly changes, but a withdrawal must show as soon as elsewhere.
const PAST_CACHE: HeaderValue = HeaderValue::from_static(
    "public, max-age=5, s-maxage=15, stale-while-revalidate=15, stale-if-error=86400",
);

/// One way of telling the same facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Html,
    History,
    /// For the door; with a second language, or without.
    Poster(Option<Locale>),
    PosterPdf(Option<Locale>),
    Screen,
    /// The lines to copy into another website, and what they load.
    Widget,
    WidgetJs,
    Badge,
    Share,
    Voice,
    StatusJson,
    Atom,
    Rss,
    Cap,
    /// Planned work.
    Calendar,
    Statuspage(Endpoint),
}

/// The forms with an address of their own that never varies.
const FIXED: &[(&str, Form)] = &[
    ("", Form::Html),
    ("history", Form::History),
    ("poster", Form::Poster(None)),
    ("poster.pdf", Form::PosterPdf(None)),
    ("screen", Form::Screen),
    ("widget", Form::Widget),
    ("widget.js", Form::WidgetJs),
    ("badge.svg", Form::Badge),
    ("share.png", Form::Share),
    ("voice.xml", Form::Voice),
    ("status.json", Form::StatusJson),
    ("feed.atom", Form::Atom),
    ("feed.rss", Form::Rss),
    ("cap.xml", Form::Cap),
    ("calendar.ics", Form::Calendar),
];

impl Form {
    /// Every form.
    pub fn all() -> Vec<Form> {
        let mut out: Vec<Form> = FIXED.iter().map(|(_, form)| *form).collect();
        out.extend(Locale::ALL.iter().flat_map(|l| [Self::Poster(Some(*l)), Self::PosterPdf(Some(*l))]));
        out.extend(Endpoint::ALL.iter().map(|(_, endpoint)| Self::Statuspage(*endpoint)));
        out
    }

    /// Where it lies below the page's own address.
    pub fn leaf(self) -> String {
        match self {
            Self::Poster(Some(second)) => format!("poster/{second}"),
            Self::PosterPdf(Some(second)) => format!("poster/{second}.pdf"),
            Self::Statuspage(endpoint) => format!("api/v2/{}", endpoint.path()),
            fixed => FIXED.iter().find(|(_, form)| *form == fixed).map_or("", |(leaf, _)| leaf).to_owned(),
        }
    }

    /// The inverse of [`Form::leaf`].
    pub fn parse(leaf: &str) -> Option<Self> {
        if let Some((_, form)) = FIXED.iter().find(|(fixed, _)| *fixed == leaf) {
            return Some(*form);
        }
        if let Some(second) = leaf.strip_prefix("poster/") {
            return match second.strip_suffix(".pdf") {
                Some(second) => Some(Self::PosterPdf(Some(Locale::parse(second)?))),
                None => Some(Self::Poster(Some(Locale::parse(second)?))),
            };
        }
        Endpoint::parse(leaf.strip_prefix("api/v2/")?).map(Self::Statuspage)
    }

    /// Told in every language; the others are for machines, in English.
    pub fn is_translated(self) -> bool {
        !matches!(
            self,
            Self::Voice
                | Self::StatusJson
                | Self::Atom
                | Self::Rss
                | Self::Cap
                | Self::Calendar
                | Self::Statuspage(_)
        )
    }

    /// A record or a format that has no other word for trouble than an incident.
    pub fn knows_incidents_alone(self) -> bool {
        matches!(self, Self::History | Self::Atom | Self::Rss | Self::Cap | Self::Statuspage(_))
    }

    /// A page for a browser, which a static server keeps as a folder.
    pub fn is_html(self) -> bool {
        matches!(self, Self::Html | Self::History | Self::Poster(_) | Self::Screen | Self::Widget)
    }

    pub fn content_type(self) -> &'static str {
        match self {
            Self::Html | Self::History | Self::Poster(_) | Self::Screen | Self::Widget => {
                "text/html; charset=utf-8"
            }
            Self::PosterPdf(_) => "application/pdf",
            Self::WidgetJs => "text/javascript; charset=utf-8",
            Self::Badge => "image/svg+xml",
            Self::Share => "image/png",
            Self::Voice => "application/xml; charset=utf-8",
            Self::StatusJson | Self::Statuspage(_) => "application/json; charset=utf-8",
            Self::Atom => "application/atom+xml; charset=utf-8",
            Self::Rss => "application/rss+xml; charset=utf-8",
            Self::Cap => "application/cap+xml; charset=utf-8",
            Self::Calendar => "text/calendar; charset=utf-8",
        }
    }

    /// How the form of this organisation's page travels.
    pub fn manner(self, code: &OrgCode) -> Manner {
        Manner {
            key: HeaderValue::from_str(code.as_str()).ok(),
            content_type: HeaderValue::from_static(self.content_type()),
            cache_control: PAGE_CACHE,
            csp: csp(),
            open: !self.is_html(),
        }
    }

    /// How a page about the past travels.
    pub fn manner_of_past(code: &OrgCode) -> Manner {
        Manner { cache_control: PAST_CACHE, ..Self::History.manner(code) }
    }

    /// Makes the bytes.
    ///
    /// # Errors
    /// What a template or the drawing says; nothing a reader can mend.
    pub fn render(self, ctx: &Context<'_>) -> Result<Bytes, String> {
        let text = match self {
            Self::PosterPdf(second) => return poster::pdf(ctx, second).map(Bytes::from),
            Self::Share => return share::png(ctx).map(Bytes::from),
            Self::Html => html::html(ctx),
            Self::History => history::history(ctx),
            Self::Poster(second) => poster::poster(ctx, second),
            Self::Screen => screen::screen(ctx),
            Self::Widget => widget::explained(ctx),
            Self::WidgetJs => Ok(widget::script(ctx)),
            Self::Badge => badge::badge(ctx),
            Self::Voice => voice::voice(ctx),
            Self::StatusJson => Ok(json::status_json(ctx)),
            Self::Atom => Ok(feed::atom(ctx)),
            Self::Rss => Ok(feed::rss(ctx)),
            Self::Cap => cap::cap(ctx),
            Self::Calendar => Ok(calendar::calendar(ctx)),
            Self::Statuspage(endpoint) => Ok(statuspage::statuspage(ctx, endpoint)),
        };
        text.map(Bytes::from).map_err(|error| error.to_string())
    }
}

/// A form in a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    pub form: Form,
    pub locale: Locale,
}

impl Wanted {
    pub fn english(form: Form) -> Self {
        Self { form, locale: Locale::En }
    }

    /// What an address below `/{CODE}/` names: `cy`, `cy/history`, `history`,
    /// `api/v2/summary.json`.
    pub fn parse(rest: &str) -> Option<Self> {
        let (first, after) = rest.split_once('/').unwrap_or((rest, ""));
        match Locale::parse(first) {
            Some(locale) => {
                Form::parse(after).filter(|f| f.is_translated()).map(|form| Self { form, locale })
            }
            None => Form::parse(rest).map(Self::english),
        }
    }

    /// Every form in every language that it is told in.
    pub fn all() -> Vec<Self> {
        let locales = |form: Form| if form.is_translated() { Locale::ALL } else { &Locale::ALL[..1] };
        let of = |form: Form| locales(form).iter().map(move |locale| Self { form, locale: *locale });
        Form::all().into_iter().flat_map(of).collect()
    }

    /// What a static copy holds: all but posters in two languages, and of what
    /// is drawn (a hundredth of a second each) the English one.
    pub fn exported() -> Vec<Self> {
        let mut all = Self::all();
        all.retain(|w| match w.form {
            Form::Poster(Some(_)) | Form::PosterPdf(Some(_)) => false,
            Form::PosterPdf(None) | Form::Share => w.locale == Locale::En,
            _ => true,
        });
        all
    }

    /// Where a static server keeps it: a page is a folder with an index.
    pub fn file(self, code: &OrgCode) -> String {
        let path = self.path(code);
        if self.form.is_html() { super::copy::index(&path) } else { path.trim_start_matches('/').to_owned() }
    }

    /// Its address, without host.
    pub fn path(self, code: &OrgCode) -> String {
        super::path(code, self.locale, &self.form.leaf())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_leads_back_to_its_form() {
        let code = OrgCode::parse("A81001");
        let code = code.as_ref();
        for wanted in Wanted::all() {
            let path = code.map(|c| wanted.path(c)).unwrap_or_default();
            let rest = path.trim_start_matches("/A81001").trim_start_matches('/');
            assert_eq!(Wanted::parse(rest), Some(wanted), "{path}");
        }
        for nowhere in ["xx", "cy/status.json", "cy/xx", "poster/xx", "api/v2/no.json", "history/"] {
            assert_eq!(Wanted::parse(nowhere), None, "{nowhere}");
        }
        assert_eq!(Wanted::parse("en"), Some(Wanted::english(Form::Html)));
    }
}
