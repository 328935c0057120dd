//! The sentences of `locales/`, held against each other and against the rules
//! for words that patients read.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Pattern, PatternElement, Resource, VariantKey,
};
use signpost::domain::sms;
use signpost::page::html;
use signpost::words::{self, Locale, sentences};

use crate::samples::all;

/// What one sentence takes and how it chooses.
#[derive(Debug, Default, PartialEq)]
struct Shape {
    variables: BTreeSet<String>,
    /// For each variable that chooses: the cases.
    cases: BTreeMap<String, BTreeSet<String>>,
    refers: bool,
}

fn files(locale: Locale) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(locale.as_str());
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .map(|p| {
            (p.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(&p).unwrap())
        })
        .collect();
    files.sort();
    files
}

fn parsed(text: &str) -> Resource<&str> {
    fluent_syntax::parser::parse(text).unwrap_or_else(|(_, errors)| panic!("{errors:?}"))
}

/// Every sentence of a language with its shape; none twice.
fn shapes(locale: Locale) -> BTreeMap<String, Shape> {
    let mut out = BTreeMap::new();
    for (file, text) in files(locale) {
        for entry in parsed(&text).body {
            let Entry::Message(message) = entry else { continue };
            let own = message.value.iter().map(|p| (message.id.name.to_owned(), p));
            let attributes =
                message.attributes.iter().map(|a| (format!("{}.{}", message.id.name, a.id.name), &a.value));
            for (id, pattern) in own.chain(attributes) {
                let mut shape = Shape::default();
                read(pattern, &mut shape);
                assert!(out.insert(id.clone(), shape).is_none(), "{locale}/{file}: {id} twice");
            }
        }
    }
    out
}

fn read(pattern: &Pattern<&str>, shape: &mut Shape) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(inline) => inlined(inline, shape),
            Expression::Select { selector, variants } => {
                inlined(selector, shape);
                let InlineExpression::VariableReference { id } = selector else { panic!("{selector:?}") };
                let cases = variants.iter().map(|v| match v.key {
                    VariantKey::Identifier { name } => name.to_owned(),
                    VariantKey::NumberLiteral { value } => value.to_owned(),
                });
                shape.cases.insert(id.name.to_owned(), cases.collect());
                variants.iter().for_each(|v| read(&v.value, shape));
            }
        }
    }
}

fn inlined(inline: &InlineExpression<&str>, shape: &mut Shape) {
    match inline {
        InlineExpression::VariableReference { id } => {
            shape.variables.insert(id.name.to_owned());
        }
        InlineExpression::MessageReference { .. } => shape.refers = true,
        InlineExpression::Placeable { expression } => {
            if let Expression::Inline(inner) = expression.as_ref() {
                inlined(inner, shape);
            }
        }
        _ => {}
    }
}

/// The plural forms that a language has (CLDR 46, cardinals).
fn plurals(locale: Locale) -> BTreeSet<String> {
    let forms = match locale {
        Locale::Cy | Locale::Ar => "zero one two few many other",
        Locale::Pl => "one few many other",
        Locale::Ro => "one few other",
        _ => "one other",
    };
    forms.split(' ').map(str::to_owned).collect()
}

const COUNTED: &[&str] = &["count", "minutes", "hours", "days", "number-of"];

/// Hazard H6: no language leaves anything out, says more, or chooses otherwise.
#[test]
fn every_language_says_everything() {
    let english = shapes(Locale::En);
    let mut wrong = Vec::new();
    for locale in &Locale::ALL[1..] {
        let theirs = shapes(*locale);
        wrong.extend(
            english.keys().filter(|k| !theirs.contains_key(*k)).map(|k| format!("{locale} lacks {k}")),
        );
        for (id, shape) in &theirs {
            let Some(own) = english.get(id) else {
                wrong.push(format!("{locale} has {id}, which English has not"));
                continue;
            };
            if !own.refers && !shape.refers && own.variables != shape.variables {
                wrong.push(format!("{locale} {id}: puts in {:?}", shape.variables));
            }
            for (by, cases) in &shape.cases {
                let wanted = match COUNTED.contains(&by.as_str()) {
                    true => Some(plurals(*locale)),
                    false => own.cases.get(by).cloned(),
                };
                if wanted.is_some_and(|w| w != *cases) {
                    wrong.push(format!("{locale} {id}: chooses by {by} between {cases:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
}

fn sources() -> String {
    fn add(folder: &Path, out: &mut String) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                add(&path, out);
            } else if path.extension().is_some_and(|e| e == "rs" || e == "html" || e == "svg" || e == "xml") {
                out.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut out = String::new();
    add(&root.join("src"), &mut out);
    add(&root.join("templates"), &mut out);
    out
}

/// Ids that are put together from the names of lines, states, stages and kinds.
const PUT_TOGETHER: &[&str] =
    &["line-", "system-", "stage-", "headline-", "kind-", "weekday-", "month-", "planned-step-"];

/// A sentence that nothing says is a burden for nine translators.
#[test]
fn every_sentence_is_used() {
    let sources = sources();
    let states: BTreeSet<&str> =
        signpost::domain::line::Line::ALL.iter().flat_map(|l| l.states()).map(|s| s.id).collect();
    let unused: Vec<String> = shapes(Locale::En)
        .into_keys()
        .filter(|id| {
            let base = id.split('.').next().unwrap();
            let state = states.contains(base) || states.contains(base.trim_end_matches("-pharmacy"));
            let joined = PUT_TOGETHER.iter().any(|p| base.starts_with(p));
            !state && !joined && !sources.contains(&format!("\"{base}\""))
        })
        .collect();
    assert_eq!(unused, Vec::<String>::new());
}

/// The ids of a language with the sentences as they are read, all cases of a
/// choice.
fn texts_in(locale: Locale) -> Vec<(String, String)> {
    fn texts(pattern: &Pattern<&str>) -> Vec<String> {
        let mut all = vec![String::new()];
        for element in &pattern.elements {
            let pieces = match element {
                PatternElement::TextElement { value } => vec![(*value).to_owned()],
                PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
                    variants.iter().flat_map(|v| texts(&v.value)).collect()
                }
                // A name, a time or a number counts as one word.
                PatternElement::Placeable { .. } => vec!["Mill".to_owned()],
            };
            all = all.iter().flat_map(|a| pieces.iter().map(move |p| format!("{a}{p}"))).collect();
        }
        all
    }
    let mut out = Vec::new();
    for (_, text) in files(locale) {
        for entry in parsed(&text).body {
            let Entry::Message(message) = entry else { continue };
            for pattern in message.value.iter().chain(message.attributes.iter().map(|a| &a.value)) {
                out.extend(texts(pattern).into_iter().map(|t| (message.id.name.to_owned(), t)));
            }
        }
    }
    out
}

/// Words that patients know and that have no plainer one, as the NHS content
/// style uses them; a count of syllables would call them hard.
const KNOWN: &[&str] = &[
    "accessibility",
    "advisory",
    "equality",
    "deliveries",
    "accessible",
    "address",
    "allergies",
    "ambulances",
    "ambulance",
    "appointment",
    "appointments",
    "computer",
    "computers",
    "emergency",
    "emergencies",
    "hospital",
    "information",
    "laboratory",
    "language",
    "maternity",
    "medical",
    "medicine",
    "medicines",
    "microsoft",
    "national",
    "operating",
    "operations",
    "outpatient",
    "paper",
    "pharmacist",
    "pharmacy",
    "prescription",
    "prescriptions",
    "radiotherapy",
    "reception",
    "referral",
    "referrals",
    "security",
    "services",
    "surgery",
    "theatres",
    "translations",
    "website",
    "websites",
    "cookies",
];

fn syllables(word: &str) -> usize {
    let is_address = word.contains('@') || word.contains(".nhs");
    let word: String = word.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect();
    if KNOWN.contains(&word.as_str()) || word.len() <= 3 || is_address {
        return 1;
    }
    let stem =
        word.strip_suffix("es").or(word.strip_suffix("ed")).or(word.strip_suffix('e')).unwrap_or(&word);
    let vowel = |c: char| "aeiouy".contains(c);
    let mut count = 0;
    let mut before = false;
    for c in stem.chars() {
        count += usize::from(vowel(c) && !before);
        before = vowel(c);
    }
    count.max(1)
}

/// Flesch and Kincaid's grade plus 5 years (Kincaid and others, 1975).
fn reading_age(words: usize, sentences: usize, syllables: usize) -> f64 {
    let (words, sentences, syllables) = (words as f64, sentences as f64, syllables as f64);
    0.39 * words / sentences + 11.8 * syllables / words - 15.59 + 5.0
}

fn words_of(sentence: &str) -> Vec<&str> {
    sentence.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).collect()
}

/// NHS content style: at most 20 words a sentence, in every language.
#[test]
fn sentences_are_short() {
    let mut long = Vec::new();
    for locale in Locale::ALL {
        for (id, text) in texts_in(*locale) {
            let all = sentences(&text);
            let of = all.iter().filter(|s| words_of(s).len() > 20);
            long.extend(of.map(|s| format!("{locale} {id}: {} words: {s}", words_of(s).len())));
        }
    }
    assert_eq!(long, Vec::<String>::new());
}

/// NHS content style: reading age 9 to 11.
/// `tests/clients/reading.py` measures the same without the words above.
#[test]
fn sentences_are_easy() {
    let (mut all_words, mut all_sentences, mut all_syllables) = (0, 0, 0);
    let mut hard = Vec::new();
    for (id, text) in texts_in(Locale::En) {
        for sentence in sentences(&text) {
            let words = words_of(&sentence);
            if words.is_empty() {
                continue;
            }
            let count: usize = words.iter().map(|w| syllables(w)).sum();
            let age = reading_age(words.len(), 1, count);
            if words.len() >= 5 && age > 11.0 {
                hard.push(format!("{id}: {} words, age {age:.1}: {sentence}", words.len()));
            }
            all_words += words.len();
            all_sentences += 1;
            all_syllables += count;
        }
    }
    assert_eq!(hard, Vec::<String>::new());
    let age = reading_age(all_words, all_sentences, all_syllables);
    assert!((5.0..=11.0).contains(&age), "reading age of everything together: {age:.1}");
}

/// Text messages about a system fit, in every language.
#[test]
fn short_words_are_short() {
    for locale in Locale::ALL {
        for system in signpost::app::catalogue().unwrap().iter() {
            let short = signpost::domain::system::short(&system.key, words::of(*locale));
            let short = short.unwrap_or_else(|| panic!("{locale} says nothing about {}", system.key));
            assert!(short.chars().count() <= 60, "{locale} {}: {short}", system.key);
            let gsm = sms::septets(&sms::to_gsm(short));
            assert!(!locale.is_latin() || gsm.is_some_and(|n| n <= 60), "{locale}: {short}");
            assert!(!locale.is_latin() || !sms::to_gsm(short).contains('?'), "{locale}: {short}");
        }
    }
}

/// In Arabic and Urdu, what is put in is isolated, and so is a written address.
#[test]
fn numbers_and_addresses_stay_left_to_right() {
    for locale in [Locale::Ar, Locale::Ur] {
        let w = words::of(locale);
        let said = w.put("phone-instead", "number", "01632 960 001");
        assert!(said.contains("\u{2068}01632 960 001\u{2069}"), "{said:?}");
        let help = w.get("how-to-use-111");
        assert!(help.contains("\u{2066}111.nhs.uk\u{2069}"), "{help:?}");
    }
    let sample = all().into_iter().find(|s| s.name == "confirmed-phones-down").unwrap();
    let page = sample.in_language(Locale::Ar, |ctx| html::html(ctx).unwrap());
    assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">"), "{page}");
    assert!(page.contains("dir=\"ltr\">07700 900123</a>"), "{page}");
    let document = scraper::Html::parse_document(&page);
    let times = scraper::Selector::parse("time").unwrap();
    for time in document.select(&times).map(|t| t.text().collect::<String>()) {
        let marks = |c: char| ('\u{2066}'..='\u{2069}').contains(&c);
        assert!(!time.contains(marks), "an isolate takes its direction from its first letter: {time:?}");
    }
}

#[test]
fn unchecked_languages_say_so() {
    let sample = all().into_iter().find(|s| s.name == "normal").unwrap();
    for locale in Locale::ALL {
        let page = sample.in_language(*locale, |ctx| html::html(ctx).unwrap());
        let page = scraper::Html::parse_document(&page).root_element().text().collect::<String>();
        let notice = words::of(*locale).get("awaiting-check");
        assert_eq!(page.contains(notice), *locale != Locale::En, "{locale}");
        for other in Locale::ALL {
            assert!(page.contains(other.own_name()), "{locale} does not offer {other}");
        }
    }
}

/// Plural rules are the language's own: Welsh has six forms.
#[test]
fn plurals_follow_the_language() {
    let welsh = words::of(Locale::Cy);
    let said = |n: usize| welsh.with("screen-minutes-old", &[("minutes", n.into())]);
    let forms: BTreeSet<String> = [0, 1, 2, 3, 6, 7].map(|n| said(n).replace(char::is_numeric, "")).into();
    assert!(forms.len() >= 2, "{forms:?}");
    assert!(said(2).contains('2') || said(2).contains("dd"), "{}", said(2));
}

/// The groups of a number that is typed into a text from the right stay in their order.
#[test]
fn typed_phone_numbers_run_from_left_to_right() {
    use signpost::words::numbers_from_left;
    let told = numbers_from_left("هواتفنا لا تعمل 07700 900123 اليوم.");
    assert_eq!(told, "هواتفنا لا تعمل \u{2066}07700 900123\u{2069} اليوم.");
    let told = numbers_from_left("اتصل (+44) 7700 900-123، أو 999 من 9-12 في 19 7 أو 2026.");
    assert!(told.contains("\u{2066}(+44) 7700 900-123\u{2069}،"), "{told}");
    assert_eq!(told.matches('\u{2066}').count(), 1, "{told}");
    for same in ["999", "07700900123", "من 9 إلى 12", ""] {
        assert_eq!(numbers_from_left(same), same);
    }
}
