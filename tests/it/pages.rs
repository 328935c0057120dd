//! The patient page and every screen, from outside.

use std::collections::BTreeSet;

use scraper::{ElementRef, Html, Selector};
use signpost::page::{feed, history, json};

use super::samples::{all, sample};
use super::screens;

fn select(text: &str) -> Selector {
    Selector::parse(text).unwrap()
}

fn words(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn texts(html: &str, selector: &str) -> Vec<String> {
    Html::parse_document(html).select(&select(selector)).map(words).collect()
}

/// Every page and screen that we render, with its name.
fn everything() -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> =
        screens::all().into_iter().map(|(name, html)| (name.to_owned(), html)).collect();
    for sample in all() {
        let past = sample.with(|ctx| history::history(ctx).unwrap());
        out.push((format!("{}-history", sample.name), past));
        out.push((sample.name.to_owned(), sample.html()));
    }
    out
}

#[test]
fn the_answer_comes_first() {
    for (name, answer, tag) in [
        ("normal", "Come to your appointment as usual.", "No known problems"),
        ("normal-pharmacy", "Come in as usual.", "No known problems"),
        (
            "emis-unconfirmed",
            "Come to your appointment unless we contact you.",
            "Some things are not working",
        ),
        ("not-confirmed", "Come to your appointment unless we contact you.", "Not confirmed"),
        ("closed", "Do not come to your appointment.", "Closed to appointments"),
        ("pharmacy", "Come in, but expect to wait longer than usual.", "Some things are not working"),
        ("expired", "We do not know if this information is still right.", "We do not know"),
        ("catching-up", "Come to your appointment as usual.", "Working again, catching up"),
    ] {
        let sample = sample(name);
        let html = sample.html();
        let heading = texts(&html, "main h1");
        let org = &sample.facts.org;
        assert_eq!(heading, [format!("{}, {}: {answer}", org.name, org.town)], "{name}");
        assert_eq!(texts(&html, ".sp-answer .nhsuk-tag"), [tag], "{name}");
        assert!(texts(&html, "title")[0].starts_with(answer), "{name}");
    }
}

/// A region has no appointments: its page claims nothing and leads on.
#[test]
fn the_page_of_a_region_sends_people_on() {
    let page = sample("area").html();
    let answer = "Copperdale: Look up your own GP surgery, hospital or pharmacy to see if it has a problem.";
    assert_eq!(texts(&page, "main h1"), [answer]);
    assert!(texts(&page, ".nhsuk-tag").is_empty());
}

#[test]
fn a_page_says_who_said_it_and_what_is_not_confirmed() {
    let page = sample("emis-unconfirmed").html();
    let region = "Copperdale reported this. This GP surgery has not confirmed it yet.";
    assert!(texts(&page, ".sp-answer p").contains(&region.to_owned()));
    assert!(texts(&page, ".nhsuk-summary-list .sp-said").contains(&"Copperdale said this at 7:20am.".into()));

    let page = sample("not-confirmed").html();
    assert!(
        texts(&page, ".sp-story .nhsuk-inset-text p")
            .contains(&"Copperdale reported this. We do not know if this GP surgery is affected.".into())
    );
    assert!(!page.contains("Our computer system is not working"), "words of a system that it may not have");

    let page = sample("confirmed-phones-down").html();
    assert!(page.contains("This GP surgery said at 7:40am that it was affected."));
    assert!(texts(&page, ".sp-said").contains(&"We said this at 7:50am.".into()));
}

/// Hazard H5: a dead number is advertised nowhere.
#[test]
fn a_dead_number_is_on_no_form_of_the_page() {
    for name in ["confirmed-phones-down", "phones-down-no-number", "phones-lapsed"] {
        let sample = sample(name);
        let forms = sample.with(|ctx| {
            [json::status_json(ctx), feed::atom(ctx), history::history(ctx).unwrap(), sample.html()]
        });
        for form in forms {
            assert!(!form.contains("01632"), "{name}: {form}");
        }
    }
    let page = sample("confirmed-phones-down").html();
    assert!(page.contains("<a href=\"tel:07700900123\" dir=\"ltr\">07700 900123</a>"));
    assert!(sample("normal").html().contains("tel:01632960101"));
    assert!(
        texts(&sample("phones-lapsed").html(), ".sp-address")[0].contains("You may not be able to phone")
    );
}

/// Hazard H1: what is late or has run out is said, and never green.
#[test]
fn late_and_expired_are_said() {
    let late = sample("overdue").html();
    assert!(late.contains("The next update is late"));
    assert!(late.contains("It was due at 9:20am."));

    let expired = sample("expired").html();
    let document = Html::parse_document(&expired);
    assert!(document.select(&select(".sp-answer--unknown .nhsuk-tag--grey")).next().is_some());
    assert!(document.select(&select(".nhsuk-tag--green")).next().is_none());
    let said = texts(&expired, ".nhsuk-card--warning");
    assert!(said[0].contains("The next update was due at 9:20am."), "{said:?}");
}

#[test]
fn withdrawn_words_stay_visible_and_struck_out_with_their_correction() {
    for html in [sample("withdrawn").html(), sample("withdrawn").with(|ctx| history::history(ctx).unwrap())] {
        let items = texts(&html, ".sp-timeline__item");
        assert!(items[0].contains("Correction") && items[0].contains("That was wrong."), "{items:?}");
        assert!(
            items[1].contains("Withdrawn Copperdale took this back at 8:12am. Do not use it."),
            "{items:?}"
        );
        assert_eq!(texts(&html, "s"), ["The surgery is closed until Monday. Do not come."]);
    }
    let feed = sample("withdrawn").with(feed::atom);
    assert!(feed.contains("Withdrawn: GP surgery"), "{feed}");
}

/// Hazard H3: a changed 111 line brings its own words, and no others remain.
#[test]
fn changed_111_replaces_the_usual_words() {
    let page = sample("hospital").html();
    assert!(page.contains("NHS 111 phone lines are very busy."));
    assert!(!page.contains("tel:111"));
    assert!(texts(&page, ".nhsuk-summary-list__key").iter().all(|k| k != "NHS 111"));
}

#[test]
fn a_session_is_named_with_its_day() {
    let page = sample("hospital").html();
    assert!(page.contains("This is for the morning of 19 July 2024 only."));
}

#[test]
fn free_text_is_escaped_and_marked_with_its_language() {
    let mut sample = sample("confirmed-phones-down");
    sample.facts.local_message = Some("<script>alert(1)</script>".into());
    let html = sample.html();
    assert!(!html.contains("<script>alert"));
    assert!(texts(&html, ".nhsuk-inset-text p[lang=en]").contains(&"<script>alert(1)</script>".to_owned()));
}

/// Sentences of ours are short; free text and the names of places are not ours.
#[test]
fn every_sentence_has_at_most_20_words() {
    for (name, html) in everything() {
        let document = Html::parse_document(&html);
        for element in document.select(&select("main p, main li, main h1, main h2, main h3, main label")) {
            let holds_others = element.select(&select("p")).next().is_some();
            if holds_others
                || element.attr("lang").is_some()
                || element.attr("class").is_some_and(|c| c.contains("sp-message"))
            {
                continue;
            }
            for sentence in words(element).split(['.', '?', ':']) {
                let count = sentence.split_whitespace().count();
                assert!(count <= 20, "{name}: {count} words: {sentence}");
            }
        }
    }
}

#[test]
fn every_screen_is_sound_html() {
    for (name, html) in everything() {
        let document = Html::parse_document(&html);
        assert_eq!(document.select(&select("h1")).count(), 1, "{name}: one h1");
        let mut level = 0;
        for heading in document.select(&select("main h1, main h2, main h3, main h4")) {
            let this: u32 = heading.value().name()[1..].parse().unwrap();
            // A banner or an error summary may stand above the h1.
            assert!(this <= level + 1 || level == 0, "{name}: h{this} after h{level}: {}", words(heading));
            level = this;
        }
        let mut ids = BTreeSet::new();
        for element in document.select(&select("[id]")) {
            let id = element.attr("id").unwrap();
            assert!(ids.insert(id.to_owned()), "{name}: the id {id} is there twice");
        }
        for (selector, attribute) in
            [("label[for]", "for"), ("main a[href^='#']", "href"), ("[aria-labelledby]", "aria-labelledby")]
        {
            for element in document.select(&select(selector)) {
                let to = element.attr(attribute).unwrap().trim_start_matches('#');
                assert!(ids.contains(to), "{name}: nothing has the id {to}");
            }
        }
        for control in document.select(&select("input:not([type=hidden]), select, textarea")) {
            let id = control.attr("id").unwrap();
            let label = format!("label[for='{id}']");
            assert!(document.select(&select(&label)).next().is_some(), "{name}: {id} has no label");
        }
        for form in document.select(&select("form[method=get]")) {
            let action = form.attr("action").unwrap();
            let asks = ["/", "/board", "/desk/post", "/desk/planned/new", "/desk/messages", "/desk/log"]
                .contains(&action);
            assert!(asks || action.starts_with("/desk/organisations/"), "{name}: GET {action}");
        }
    }
}

/// The content security policy allows no inline script and no inline style
/// but that of the patient page, and nothing comes from another host.
#[test]
fn nothing_is_inline_and_nothing_comes_from_elsewhere() {
    for (name, html) in everything() {
        let document = Html::parse_document(&html);
        assert_eq!(document.select(&select("[style], script:not([src]), [onclick]")).count(), 0, "{name}");
        for style in document.select(&select("style")) {
            assert_eq!(style.text().collect::<String>(), signpost::assets::PAGE_STYLE, "{name}");
        }
        for element in document.select(&select("script, link[rel=stylesheet], link[rel=icon], img, iframe")) {
            let from = element.attr("src").or(element.attr("href")).unwrap();
            assert!(signpost::assets::find(from).is_some(), "{name}: {from}");
        }
    }
    for asset in signpost::assets::ALL {
        let text = std::str::from_utf8(asset.bytes).unwrap();
        assert!(!text.contains("url(http") && !text.contains("url(//"), "{}", asset.path);
        if asset.content_type.starts_with("text/javascript") {
            assert!(asset.bytes.len() <= 2048, "{} is {} bytes", asset.path, asset.bytes.len());
        }
    }
}
