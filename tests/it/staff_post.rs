//! Posting from a screen: three taps, mistakes, pressing twice, taking back.

use serde_json::{Value, json};
use signpost::domain::approval::Rules;
use signpost::domain::user::Role;

use crate::harness::{Answer, Driver, TestApp};
use crate::staff::{Person, texts, values};

/// The hidden fields of the preview, as its button sends them.
pub fn hidden(preview: &Answer) -> Vec<(String, String)> {
    let names = values(preview, "main form input[type=hidden]", "name");
    names.into_iter().zip(values(preview, "main form input[type=hidden]", "value")).collect()
}

pub async fn press(person: &Person<'_>, path: &str, fields: &[(String, String)]) -> Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    person.post(path, &fields).await
}

/// What the questions send when nobody changes an answer.
pub fn answers(questions: &Answer) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for (selector, name) in [
        ("main input[type=hidden]", "value"),
        ("main input[checked]", "value"),
        ("main input[type=text]", "value"),
    ] {
        all.extend(values(questions, selector, "name").into_iter().zip(values(questions, selector, name)));
    }
    for name in values(questions, "main select", "name") {
        let chosen = values(questions, &format!("select[name=\"{name}\"] option[selected]"), "value");
        all.push((name, chosen.first().cloned().unwrap_or_default()));
    }
    all
}

pub fn update_of(published: &Answer) -> String {
    let location = published.header("location");
    location.strip_prefix("/desk/updates/").unwrap().strip_suffix("/done").unwrap().to_owned()
}

#[tokio::test]
async fn three_taps_publish_and_the_page_changes() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.subscribers(&[("reader01@example.org", "email", "Z80001"), ("+447700900201", "sms", "Z80001")])
            .await;
        let person = Person::of(&app, "Z80001", Role::Publisher).await;
        let desk = person.get("/desk").await;
        assert_eq!(values(&desk, ".sp-taps button.nhsuk-button", "value")[0], "emis-web");

        let questions = person.get("/desk/post?system=emis-web").await;
        assert_eq!(texts(&questions, "h1"), ["EMIS Web is not working"]);
        let typed = answers(&questions);
        assert!(typed.contains(&("lines.attend".into(), "come_unless_contacted".into())), "{typed:?}");
        assert!(typed.contains(&("lines.booking".into(), "urgent_only".into())));
        assert_eq!(values(&questions, "input[name=reach]", "value"), Vec::<String>::new());

        let preview = press(&person, "/desk/post/preview", &typed).await;
        assert_eq!(preview.status, 200, "{}", preview.text());
        let said = texts(&preview, ".sp-message");
        assert!(
            said[0].starts_with("Ashwick Surgery: Our computer system is not working. Come to"),
            "{said:?}"
        );
        let each = "1 by email, captured and not sent 1 by text message, captured and not sent";
        assert_eq!(texts(&preview, "main ul")[0], each);
        let token = app.token("Z80001", Role::Viewer).await;
        let none = app.api(&token, "GET", "/api/v1/incidents", Value::Null).await.json();
        assert_eq!(none["incidents"], serde_json::json!([]), "a preview changes nothing");

        let publish = hidden(&preview);
        app.advance(chrono::Duration::minutes(3));
        let published = press(&person, "/desk/post", &publish).await;
        assert_eq!(published.status, 303, "{}", published.text());
        let again = press(&person, "/desk/post", &publish).await;
        assert_eq!(again.header("location"), published.header("location"), "pressed twice, published once");
        let done = person.get(published.header("location")).await;
        assert_eq!(texts(&done, ".nhsuk-panel__body"), ["EMIS Web is not working"]);
        let incidents = app.api(&token, "GET", "/api/v1/incidents", Value::Null).await.json();
        assert_eq!(incidents["incidents"].as_array().unwrap().len(), 1);
        // What the preview promised at 8am holds, although it was pressed later.
        assert_eq!(incidents["incidents"][0]["next_update_by"], "2024-07-19T09:00:00.000Z");

        let cookie = person.cookie.clone();
        let page = app.status("Z80001").await;
        assert_eq!(page["headline"]["state"], "limited");
        assert_eq!(page["incidents"][0]["confirmation"], "confirmed");
        app.run_workers().await;
        let person = Person { app: &app, cookie };
        let deliveries = person.get(&format!("/desk/updates/{}", update_of(&published))).await;
        assert_eq!(texts(&deliveries, ".sp-counts div"), ["Captured, not sent 1", "Captured, not sent 1"]);
        assert!(!deliveries.text().contains("reader01"), "contacts are masked");
    }
}

#[tokio::test]
async fn mistakes_come_back_beside_their_fields_with_what_was_typed() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let person = Person::of(&app, "Z80001", Role::Publisher).await;
        let long = "Please bear with us. ".repeat(40);
        let fields = [
            ("system", ""),
            ("title", ""),
            ("message", long.as_str()),
            ("next_update_by", "yesterday"),
            ("lines.attend", "do_not_come"),
            ("lines.phones", "melted"),
        ];
        for path in ["/desk/post/preview", "/desk/post"] {
            let refused = person.post(path, &fields).await;
            assert_eq!(refused.status, 422);
            assert_eq!(
                texts(&refused, "#message-error"),
                ["Error: Use at most 600 characters. This is 239 too many."]
            );
            assert_eq!(texts(&refused, "#next_update_by-error"), ["Error: Choose one of the answers."]);
            assert_eq!(texts(&refused, "#lines-phones-error"), ["Error: Choose one of the answers."]);
            assert_eq!(
                texts(&refused, "#title-error"),
                ["Error: Enter a title that says what is not working."]
            );
            assert_eq!(texts(&refused, "#message"), [long.trim()]);
            assert_eq!(values(&refused, "input[name=\"lines.attend\"][checked]", "value"), ["do_not_come"]);
        }
        // Hours may pass between preview and publishing.
        let stale = [("system", "emis-web"), ("next_update_at", "2024-07-19T06:00:00Z")];
        let refused = person.post("/desk/post", &stale).await;
        let passed = "Error: This time has passed. Choose a time in the future.";
        assert_eq!(
            (refused.status.as_u16(), texts(&refused, "#next_update_by-error")),
            (422, vec![passed.to_owned()])
        );
        // Nonsense is refused too, and nothing is half done.
        assert_eq!(person.post("/desk/post", &[("reach", "\u{0}"), ("lines", "x")]).await.status, 422);
        assert_eq!(texts(&person.get("/desk").await, ".sp-results"), Vec::<String>::new());
    }
}

#[tokio::test]
async fn going_back_keeps_everything_typed() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let person = Person::of(&app, "Z80001", Role::Publisher).await;
        let fields = [
            ("system", ""),
            ("title", "The heating has failed"),
            ("message", "Wear a coat.\r\n\"Really\""),
            ("next_update_by", "4h"),
            ("lines.attend", "come"),
            ("lines.booking", "urgent_only"),
        ];
        let preview = person.post("/desk/post/preview", &fields).await;
        assert_eq!(preview.status, 200, "{}", preview.text());
        assert_eq!(values(&preview, "main form button[formaction]", "formaction"), ["/desk/post/edit"]);
        let back = press(&person, "/desk/post/edit", &hidden(&preview)).await;
        assert_eq!(values(&back, "#title", "value"), ["The heating has failed"]);
        assert_eq!(texts(&back, "#message"), ["Wear a coat. \"Really\""]);
        let kept = answers(&back);
        for (name, value) in
            [("next_update_by", "4h"), ("lines.attend", "come"), ("lines.booking", "urgent_only")]
        {
            assert!(kept.contains(&(name.into(), value.into())), "{name}: {kept:?}");
        }
        // "Something else" is about the surgery and its branches.
        let published = press(&person, "/desk/post", &hidden(&preview)).await;
        let done = person.get(published.header("location")).await;
        assert!(done.text().contains("3 pages show it now"), "{}", done.text());
    }
}

#[tokio::test]
async fn a_surgery_speaks_for_itself_even_about_a_system_nobody_recorded() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let person = Person::of(&app, "Z80001", Role::Publisher).await;
        let published = person.post("/desk/post", &[("system", "gp-phone")]).await;
        assert_eq!(published.status, 303, "{}", published.text());
        assert_eq!(app.status("Z80001").await["incidents"][0]["confirmation"], "confirmed");
        assert_eq!(app.status("Z80002").await["incidents"], serde_json::json!([]));
    }
}

#[tokio::test]
async fn a_region_chooses_an_area_or_lists_codes() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let person = Person::of(&app, "Y91", Role::Coordinator).await;
        let questions = person.get("/desk/post?system=emis-web").await;
        assert_eq!(values(&questions, "select[name=scope] option", "value")[..3], ["Y91", "QZ8", "QZ9"]);
        let list =
            |codes: &'static str| [("system", "emis-web"), ("reach", "named"), ("organisations", codes)];
        let refused = person.post("/desk/post/preview", &list("Z80001 Z99999\nZ80004, b@d")).await;
        assert_eq!(refused.status, 422);
        let summary = texts(&refused, ".nhsuk-error-summary__list li");
        assert_eq!(
            summary,
            [
                "\"b@d\" is not an organisation code, such as Z90101.",
                "There is no organisation with the code Z99999.",
                "Z80004 does not belong to your organisation.",
            ]
        );
        assert_eq!(texts(&refused, "#organisations"), ["Z80001 Z99999 Z80004, b@d"]);
        let area = [("system", "emis-web"), ("reach", "area"), ("scope", "Z1Q9Z")];
        let refused = person.post("/desk/post", &area).await;
        assert_eq!(texts(&refused, "#scope-error"), ["Error: Z1Q9Z does not belong to your organisation."]);

        let preview = person.post("/desk/post/preview", &[("system", "emis-web"), ("scope", "QZ9")]).await;
        assert!(preview.text().contains("<strong>10 pages</strong>"), "{}", preview.text());
        let published = person.post("/desk/post", &list("z80001")).await;
        assert_eq!(published.status, 303);
        let reached = app.status("Z80001").await["incidents"].as_array().unwrap().len();
        let others = app.status("Z80002").await["incidents"].as_array().unwrap().len();
        assert_eq!((reached, others), (1, 0));
    }
}

#[tokio::test]
async fn an_incident_goes_on_ends_and_is_taken_back() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.subscribers(&[("reader01@example.org", "email", "Z80001")]).await;
        let person = Person::of(&app, "Z80001", Role::Publisher).await;
        let cookie = person.cookie.clone();
        let first = update_of(&person.post("/desk/post", &[("system", "emis-web")]).await);
        let desk = person.get("/desk").await;
        let on = values(&desk, "a[href$='/update']", "href").remove(0);

        let questions = person.get(&on).await;
        assert_eq!(values(&questions, "input[name=state][checked]", "value"), ["identified"]);
        let mut typed = answers(&questions);
        typed.push(("message".into(), "The supplier is working on it.".into()));
        let preview = press(&person, &on.replace("/update", "/preview"), &typed).await;
        assert!(
            texts(&preview, ".sp-message")[2].contains("The supplier is working on it."),
            "{}",
            preview.text()
        );
        let fields = hidden(&preview);
        let published = press(&person, &on, &fields).await;
        assert_eq!(press(&person, &on, &fields).await.header("location"), published.header("location"));
        app.run_workers().await;

        // Taken back: marked, corrected, and everybody told is told.
        let second = update_of(&published);
        let person = Person { app: &app, cookie: cookie.clone() };
        let withdraw = format!("/desk/updates/{second}/withdraw");
        assert!(person.get(&withdraw).await.text().contains("gets the correction: 1 person."));
        let empty = person.post(&withdraw, &[("correction", "  ")]).await;
        assert_eq!((empty.status.as_u16(), texts(&empty, "#correction-error").len()), (422, 1));
        let corrected = person.post(&withdraw, &[("correction", "There is no supplier.")]).await;
        assert_eq!(corrected.status, 303, "{}", corrected.text());
        assert_eq!(
            person.post(&withdraw, &[("correction", "x")]).await.header("location"),
            format!("/desk/updates/{second}")
        );
        let shown = person.get(&format!("/desk/updates/{second}")).await;
        assert_eq!(texts(&shown, ".nhsuk-inset-text .nhsuk-tag"), ["Withdrawn"]);
        app.run_workers().await;
        let sent: Vec<String> = app.captured().await.into_iter().map(|(_, text)| text).collect();
        assert!(sent[0].contains("There is no supplier."), "{sent:?}");

        // It is over.
        let person = Person { app: &app, cookie };
        let questions = person.get(&format!("{on}?state=resolved")).await;
        let typed = answers(&questions);
        assert!(typed.contains(&("state".into(), "resolved".into())), "{typed:?}");
        assert!(typed.contains(&("lines.booking".into(), "normal".into())), "{typed:?}");
        let preview = press(&person, &on.replace("/update", "/preview"), &typed).await;
        assert_eq!(press(&person, &on, &hidden(&preview)).await.status, 303);
        assert_eq!(app.status("Z80001").await["headline"]["state"], "normal");
        let _ = first;
    }
}

#[tokio::test]
async fn one_tap_answers_an_incident_of_the_region() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let region = Person::of(&app, "Y91", Role::Coordinator).await;
        assert_eq!(region.post("/desk/post", &[("system", "emis-web")]).await.status, 303);
        let person = Person::of(&app, "Z80001", Role::Publisher).await;
        let cookie = person.cookie.clone();
        let desk = person.get("/desk").await;
        assert!(desk.text().contains("You have not answered."));
        let answer = values(&desk, "form[action$='/answer']", "action").remove(0);
        assert_eq!(person.post(&answer, &[("answer", "maybe")]).await.status, 422);
        let answered = person.post(&answer, &[("answer", "affected")]).await;
        assert_eq!(answered.header("location"), "/desk?done=answered");
        assert_eq!(app.status("Z80001").await["incidents"][0]["confirmation"], "confirmed");
        let person = Person { app: &app, cookie };
        assert!(
            person.get("/desk?done=answered").await.text().contains("You answered at 8am: <strong>Affected")
        );
    }
}

#[tokio::test]
async fn own_lines_are_set_from_the_desk_and_taken_back() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let cookie = Person::of(&app, "Z80001", Role::Publisher).await.cookie;
        let person = Person { app: &app, cookie: cookie.clone() };
        let bad = [("lines.phones", "down"), ("phone", "call me"), ("expires", "for ever"), ("message", "")];
        let refused = person.post("/desk/lines", &bad).await;
        assert_eq!(refused.status, 422);
        assert_eq!(texts(&refused, "#expires-error"), ["Error: Choose one of the answers."]);
        let bad = [("lines.phones", "down"), ("phone", "call me")];
        let refused = person.post("/desk/lines", &bad).await;
        assert_eq!(texts(&refused, "#phone-error").len(), 1, "{}", refused.text());
        assert_eq!(values(&refused, "#phone", "value"), ["call me"]);
        assert_eq!(values(&refused, "#lines-phones option[selected]", "value"), ["down"]);

        let good = [("lines.phones", "down"), ("phone", "07700 900123"), ("expires", "end_of_day")];
        assert_eq!(person.post("/desk/lines", &good).await.header("location"), "/desk?done=lines");
        let page = app.status("Z80001").await;
        let line = page["lines"].as_array().unwrap().iter().find(|l| l["line"] == "phones").unwrap();
        assert_eq!(
            (line["state"].as_str(), line["expires_at"].as_str()),
            (Some("down"), Some("2024-07-19T17:30:00.000Z"))
        );
        let person = Person { app: &app, cookie };
        let desk = person.get("/desk").await;
        assert_eq!(values(&desk, "#lines-phones option[selected]", "value"), ["down"]);
        assert_eq!(person.post("/desk/lines", &[("lines.phones", "")]).await.status, 303);
        assert_eq!(app.status("Z80001").await["headline"]["state"], "normal");
    }
}

/// A board's lines hold for its surgeries, so two people say them, however few
/// these are; a surgery's are its own.
#[tokio::test]
async fn lines_for_the_places_below_wait_for_a_second_person() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.desk = app.desk.clone().with_rules(Rules::default());
        {
            let author = Person::of(&app, "QZ8", Role::Publisher).await;
            let desk = author.get("/desk").await;
            let pages = texts(&desk, "form[action='/desk/lines']").join(" ");
            assert!(pages.contains("Save and ask a second person"), "{pages}");
            let said = texts(&desk, "#local + details p").join(" ");
            assert!(said.contains("This changes ") && said.contains(" pages "), "{said}");
            let sent = author.post("/desk/lines", &[("lines.online_form", "off")]).await;
            assert!(sent.header("location").starts_with("/desk/approvals/"), "{}", sent.text());
            let waits = author.get(sent.header("location")).await;
            assert!(waits.text().contains("no page shows it yet"), "{}", waits.text());
            assert!(texts(&waits, "h1")[0].starts_with("Lines for all places below"), "{}", waits.text());
            assert!(waits.text().contains("It sets lines for the places below"), "{}", waits.text());
            let second = Person::of(&app, "QZ8", Role::Approver).await;
            let hash =
                values(&second.get(sent.header("location")).await, "input[name=hash]", "value").remove(0);
            let path = format!("{}/approve", sent.header("location"));
            assert_eq!(second.post(&path, &[("hash", hash.as_str())]).await.status, 303);
            // To take it back must not wait.
            let back = author.post("/desk/lines", &[("lines.online_form", "")]).await;
            assert_eq!(back.header("location"), "/desk?done=lines");
            assert!(author.get("/desk?done=lines").await.text().contains("It holds for "));
            // One's own page is one person's.
            let surgery = Person::of(&app, "Z80001", Role::Publisher).await;
            let own = surgery.post("/desk/lines", &[("lines.online_form", "off")]).await;
            assert_eq!(own.header("location"), "/desk?done=lines");
        }
    }
}

/// A board turns the form off for all; one press says that it is on here.
#[tokio::test]
async fn a_place_is_an_exception_to_what_those_above_say_with_one_press() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let (author, second) =
            (app.token("Y91", Role::Coordinator).await, app.token("Y91", Role::Approver).await);
        let off = json!({"lines": {"online_form": "off"}});
        let waits = app.api(&author, "PUT", "/api/v1/organisations/Y91/lines", off).await.json();
        if let Some(update) = waits["update"]["id"].as_str() {
            let path = format!("/api/v1/updates/{update}/approval");
            assert_eq!(app.api(&second, "POST", &path, json!({})).await.status, 200);
        }
        let form = |page: &Value| {
            let all = page["lines"].as_array().unwrap().iter();
            all.filter(|l| l["line"] == "online_form").map(|l| l["state"].clone()).next()
        };
        assert_eq!(form(&app.status("Z80001").await), Some(json!("off")));
        {
            let person = Person::of(&app, "Z80001", Role::Publisher).await;
            let desk = person.get("/desk").await;
            assert!(desk.text().contains("What others say for you"), "{}", desk.text());
            let posted = person.post("/desk/lines/exception", &[("line", "online_form")]).await;
            assert_eq!(posted.header("location"), "/desk?done=lines");
            assert!(!person.get("/desk").await.text().contains("What others say for you"));
            let again = person.post("/desk/lines/exception", &[("line", "online_form")]).await;
            assert_eq!(again.status, 409);
            // Nobody is an exception to 999.
            let never = person.post("/desk/lines/exception", &[("line", "emergency_999")]).await;
            assert_eq!(never.status, 409);
        }
        assert_eq!(form(&app.status("Z80001").await), Some(json!("on")));
        assert_eq!(form(&app.status("Z80002").await), Some(json!("off")));
    }
}
