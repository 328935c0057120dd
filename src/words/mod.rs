//! Every sentence that patients read, in ten languages.
//!
//! The sentences are in `locales/`, in Fluent, and compiled in: they are a part
//! of the program as the tables of lines and states are, and never change while
//! it runs. A test holds the languages against each other.

mod locale;

use std::collections::HashMap;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::Entry;

pub use locale::Locale;

/// Everything in `locales/` of one language, put together by `build.rs`.
fn source(locale: Locale) -> &'static str {
    match locale {
        Locale::En => include_str!(concat!(env!("OUT_DIR"), "/en.ftl")),
        Locale::Cy => include_str!(concat!(env!("OUT_DIR"), "/cy.ftl")),
        Locale::Pl => include_str!(concat!(env!("OUT_DIR"), "/pl.ftl")),
        Locale::Ro => include_str!(concat!(env!("OUT_DIR"), "/ro.ftl")),
        Locale::Pa => include_str!(concat!(env!("OUT_DIR"), "/pa.ftl")),
        Locale::Ur => include_str!(concat!(env!("OUT_DIR"), "/ur.ftl")),
        Locale::Bn => include_str!(concat!(env!("OUT_DIR"), "/bn.ftl")),
        Locale::Gu => include_str!(concat!(env!("OUT_DIR"), "/gu.ftl")),
        Locale::Pt => include_str!(concat!(env!("OUT_DIR"), "/pt.ftl")),
        Locale::Ar => include_str!(concat!(env!("OUT_DIR"), "/ar.ftl")),
    }
}

static ALL: LazyLock<Vec<Words>> = LazyLock::new(|| Locale::ALL.iter().map(|l| Words::read(*l)).collect());

/// The words of a language.
pub fn of(locale: Locale) -> &'static Words {
    &ALL[locale.index()]
}

/// The words that staff read, and that machines get.
pub fn english() -> &'static Words {
    of(Locale::En)
}

/// What is put into a sentence.
#[derive(Debug, Clone)]
pub enum Arg<'a> {
    Text(&'a str),
    /// Chooses between plural forms.
    Number(u64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<usize> for Arg<'_> {
    fn from(number: usize) -> Self {
        Self::Number(u64::try_from(number).unwrap_or(u64::MAX))
    }
}

impl From<u64> for Arg<'_> {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

/// All sentences of one language.
pub struct Words {
    pub locale: Locale,
    /// Sentences into which nothing is put, ready made, by id; those of
    /// attributes as `id.attribute`.
    ready: HashMap<String, String>,
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    fn read(locale: Locale) -> Self {
        let tag = locale.as_str().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // What is put into a sentence that runs from right to left is isolated
        // (Unicode UAX 9, 2.4), so that numbers and names keep their direction.
        bundle.set_use_isolating(locale.is_rtl());
        // What cannot be read is left out here; a test finds it.
        let source = if locale.is_rtl() { isolated(source(locale)) } else { source(locale).to_owned() };
        let resource = FluentResource::try_new(source).unwrap_or_else(|(r, _)| r);
        let ids: Vec<String> = resource.entries().flat_map(ids_of).collect();
        let _ = bundle.add_resource(resource);
        let mut it = Self { locale, ready: HashMap::new(), bundle };
        for id in ids {
            if let Some(text) = it.format(&id, None) {
                it.ready.insert(id, text);
            }
        }
        it
    }

    /// The pattern, with arguments put in; `None` when something is missing.
    fn format(&self, id: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
        let (id, attribute) = id.split_once('.').map_or((id, None), |(id, a)| (id, Some(a)));
        let message = self.bundle.get_message(id)?;
        let pattern = match attribute {
            Some(name) => message.get_attribute(name)?.value(),
            None => message.value()?,
        };
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, args, &mut errors).into_owned();
        errors.is_empty().then_some(text)
    }

    /// A sentence, if there is one: for ids that are put together.
    pub fn find(&self, id: &str) -> Option<&str> {
        self.ready.get(id).map(String::as_str)
    }

    /// A sentence without arguments. One that is missing is given in English,
    /// so that nothing is left unsaid; a test keeps that from happening.
    pub fn get(&'static self, id: &str) -> &'static str {
        let found = self.find(id).or_else(|| english().find(id));
        debug_assert!(found.is_some(), "there is no sentence {id}");
        found.unwrap_or_default()
    }

    /// A sentence with one thing put in.
    pub fn put(&'static self, id: &str, name: &'static str, value: impl AsRef<str>) -> String {
        self.with(id, &[(name, value.as_ref().into())])
    }

    /// A sentence with arguments.
    pub fn with(&'static self, id: &str, args: &[(&'static str, Arg<'_>)]) -> String {
        let mut all = FluentArgs::with_capacity(args.len());
        for (name, arg) in args {
            match arg {
                Arg::Text(text) => all.set(*name, FluentValue::from(*text)),
                Arg::Number(number) => all.set(*name, FluentValue::from(*number)),
            }
        }
        let made = self.format(id, Some(&all)).or_else(|| english().format(id, Some(&all)));
        debug_assert!(made.is_some(), "there is no sentence {id}, or something to put in is missing");
        made.unwrap_or_default()
    }
}

/// An address that stands in a sentence from right to left keeps its order:
/// what is put in is isolated by Fluent, what is written out is not.
fn isolated(source: &str) -> String {
    const ADDRESS: &str = "111.nhs.uk";
    source.replace(ADDRESS, &format!("\u{2066}{ADDRESS}\u{2069}"))
}

/// The id of a message and those of its attributes.
fn ids_of(entry: &Entry<&str>) -> Vec<String> {
    let Entry::Message(message) = entry else { return Vec::new() };
    let own = message.value.is_some().then(|| message.id.name.to_owned());
    let attributes = message.attributes.iter().map(|a| format!("{}.{}", message.id.name, a.id.name));
    own.into_iter().chain(attributes).collect()
}

/// A text that runs from left to right, isolated in a language that runs from the right
/// (UAX 9); nothing is isolated beyond the end of its paragraph.
pub fn from_left(text: &str) -> String {
    let lines = text.split('\n').map(|line| format!("\u{2066}{line}\u{2069}"));
    lines.collect::<Vec<_>>().join("\n")
}

/// A text that runs from right to left, with each phone number in it isolated: its groups would
/// stand in the wrong order (UAX 9, rules W2 and N1). Times and days stay as the writer has them.
pub fn numbers_from_left(text: &str) -> String {
    let is_part = |c: char| c.is_numeric() || matches!(c, ' ' | '\u{a0}' | '-' | '(' | ')' | '+');
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_numeric() || matches!(c, '+' | '(')) {
        out.push_str(&rest[..start]);
        let run = &rest[start..];
        let end = run.find(|c| !is_part(c)).unwrap_or(run.len());
        let number = run[..end].trim_end_matches(|c: char| !c.is_numeric());
        let digits = number.chars().filter(|c| c.is_numeric()).count();
        match digits >= PHONE_DIGITS && digits < number.chars().count() {
            true => out.push_str(&from_left(number)),
            false => out.push_str(number),
        }
        out.push_str(&run[number.len()..end]);
        rest = &run[end..];
    }
    out + rest
}

/// Fewer digits are no phone number of anybody: the shortest with gaps is a local one.
const PHONE_DIGITS: usize = 6;

/// The text without marks of direction.
pub fn without_marks(text: &str) -> String {
    let is_mark =
        |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(|c| !is_mark(*c)).collect()
}

/// The sentences of a text; each script has its own full stop.
pub fn sentences(text: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut ended = false;
    for c in text.chars() {
        if ended && c.is_whitespace() {
            out.push(String::new());
        } else if let Some(last) = out.last_mut() {
            last.push(c);
        }
        ended = matches!(c, '.' | '!' | '?' | '؟' | '۔' | '।');
    }
    out.retain(|s| !s.trim().is_empty());
    out
}
