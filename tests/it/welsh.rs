//! Organisations in Wales publish what they write in both languages; each
//! reader gets their own.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::user::Role;

use crate::harness::{Driver, TestApp};
use crate::staff::{Person, texts, values};

const ENGLISH: &str = "The heating has failed.";
const WELSH: &str = "Mae'r gwres wedi methu.";

fn pointers(answer: &Value) -> Vec<&str> {
    let errors = answer["errors"].as_array().unwrap();
    errors.iter().map(|e| e["pointer"].as_str().unwrap()).collect()
}

fn declaration(message: &str, welsh: Value) -> Value {
    json!({"title": "No heating", "title_in": {"cy": "Dim gwres"}, "organisations": ["W99001"],
        "lines": {"attend": "come_unless_contacted"}, "message": message, "message_in": welsh})
}

#[tokio::test]
async fn one_language_is_refused_at_every_door() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let token = app.token("W99001", Role::Coordinator).await;
        let call = async |method: &str, path: &str, body: Value| {
            let answer = app.api(&token, method, path, body).await;
            (answer.status, if answer.status == 422 { answer.json() } else { Value::Null })
        };

        let (status, body) = call("POST", "/api/v1/incidents", declaration(ENGLISH, Value::Null)).await;
        assert_eq!((status.as_u16(), pointers(&body)), (422, vec!["/message_in/cy"]));
        let mut one_title = declaration(ENGLISH, json!({"cy": WELSH}));
        one_title["title_in"] = Value::Null;
        let (status, body) = call("POST", "/api/v1/incidents/preview", one_title).await;
        assert_eq!((status.as_u16(), pointers(&body)), (422, vec!["/title_in/cy"]));
        let posted =
            app.api(&token, "POST", "/api/v1/incidents", declaration(ENGLISH, json!({"cy": WELSH}))).await;
        assert_eq!(posted.status, 201, "{}", posted.text());
        let (incident, update) = (posted.json()["id"].clone(), posted.json()["update"]["id"].clone());
        let (incident, update) = (incident.as_str().unwrap(), update.as_str().unwrap());

        let said = json!({"message": "It is warm again.", "state": "resolved"});
        let (status, body) = call("POST", &format!("/api/v1/incidents/{incident}/updates"), said).await;
        assert_eq!((status.as_u16(), pointers(&body)), (422, vec!["/message_in/cy"]));
        let answer = json!({"answer": "affected", "message": "We use blankets."});
        let (status, body) =
            call("PUT", &format!("/api/v1/incidents/{incident}/responses/W99001"), answer).await;
        assert_eq!((status.as_u16(), pointers(&body)), (422, vec!["/message_in/cy"]));
        let local = json!({"lines": {"phones": "down"}, "message_in": {"cy": "Ffoniwch 111."}});
        let (status, body) = call("PUT", "/api/v1/organisations/W99001/lines", local).await;
        assert_eq!((status.as_u16(), pointers(&body)), (422, vec!["/message"]));
        let wrong = json!({"correction": "The heating works."});
        let (status, body) = call("POST", &format!("/api/v1/updates/{update}/withdrawal"), wrong).await;
        assert_eq!((status.as_u16(), pointers(&body)), (422, vec!["/correction_in/cy"]));
        let plan = json!({"title": "New boiler", "starts_at": "2024-07-20T07:00:00Z", "ends_at": "2024-07-20T09:00:00Z"});
        let (status, body) = call("POST", "/api/v1/planned", plan).await;
        assert_eq!(status, 422);
        assert!(pointers(&body).contains(&"/title_in/cy"), "{body}");

        // A title that nobody wrote is one of our own sentences, in every language.
        let built_in = json!({"system": "emis-web", "organisations": ["W99001"]});
        assert_eq!(app.api(&token, "POST", "/api/v1/incidents", built_in).await.status, 201);
    }
}

#[tokio::test]
async fn each_reader_gets_their_own_language() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.subscribers(&[("darllenydd@example.org", "email", "W99001")]).await;
        let token = app.token("W99001", Role::Coordinator).await;
        let posted =
            app.api(&token, "POST", "/api/v1/incidents", declaration(ENGLISH, json!({"cy": WELSH}))).await;
        let update = posted.json()["update"]["id"].as_str().unwrap().to_owned();
        app.publish().await;

        let welsh = app.get("/W99001/cy").await;
        assert!(texts(&welsh, "p[lang=cy]").contains(&WELSH.to_owned()), "{}", welsh.text());
        assert!(texts(&welsh, "h3 span[lang=cy]").contains(&"Dim gwres".to_owned()));
        assert!(!welsh.text().contains(ENGLISH));
        let urdu = app.get("/W99001/ur").await;
        assert!(texts(&urdu, "p[lang=en]").contains(&ENGLISH.to_owned()));
        assert!(!urdu.text().contains(WELSH));
        assert!(texts(&app.get("/W99001").await, "p[lang=en]").contains(&ENGLISH.to_owned()));
        assert_eq!(app.status("W99001").await["incidents"][0]["updates"][0]["text"], ENGLISH);
        let cap = app.get("/W99001/cap.xml").await.text();
        assert!(cap.contains("<event>Dim gwres</event>") && cap.contains("<event>No heating</event>"));

        let preview = json!({"organisations": ["W99001"], "title": "No heating", "title_in": {"cy": "Dim gwres"},
            "message": ENGLISH, "message_in": {"cy": WELSH}});
        let preview = app.api(&token, "POST", "/api/v1/incidents/preview", preview).await.json();
        let text = |l: &str| preview["texts"]["email"][l]["text"].as_str().unwrap().to_owned();
        assert!(text("cy").contains(WELSH) && !text("cy").contains(ENGLISH));
        assert!(text("en").contains(ENGLISH) && text("pl").contains(ENGLISH));

        // A correction, which stands on the page, too.
        let path = format!("/api/v1/updates/{update}/withdrawal");
        let right =
            json!({"correction": "The heating works.", "correction_in": {"cy": "Mae'r gwres yn gweithio."}});
        assert_eq!(app.api(&token, "POST", &path, right).await.status, 201);
        app.publish().await;
        assert!(app.get("/W99001/cy").await.text().contains("Mae&#39;r gwres yn gweithio."));
    }
}

#[tokio::test]
async fn the_screens_ask_for_both_only_in_wales() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let english = Person::of(&app, "Z80001", Role::Publisher).await;
        assert!(values(&english.get("/desk/post").await, "[lang=cy]", "name").is_empty());

        let person = Person::of(&app, "W99001", Role::Publisher).await;
        let form = person.get("/desk/post").await;
        assert_eq!(values(&form, "main [lang=cy]", "name"), ["title_in.cy", "message_in.cy"]);
        assert_eq!(values(&person.get("/desk").await, "main [lang=cy]", "name"), ["message_in.cy"]);
        let typed = [("title", "No heating"), ("message", ENGLISH), ("lines.attend", "come")];
        let refused = person.post("/desk/post/preview", &typed).await;
        assert_eq!(refused.status, 422);
        let links = values(&refused, ".nhsuk-error-summary a", "href");
        assert_eq!(links, ["#title_in-cy", "#message_in-cy"]);
        assert_eq!(texts(&refused, "textarea#message"), [ENGLISH]);

        let typed = [typed.as_slice(), &[("title_in.cy", "Dim gwres"), ("message_in.cy", WELSH)]].concat();
        let preview = person.post("/desk/post/preview", &typed).await;
        assert_eq!(preview.status, 200, "{}", preview.text());
        let kept = values(&preview, "main form input[type=hidden]", "value");
        assert!(kept.contains(&WELSH.to_owned()) && kept.contains(&"Dim gwres".to_owned()));
    }
}

/// What the nation changes about 111 can be given in every language; who reads
/// another gets the English, marked as such.
#[tokio::test]
async fn changed_words_on_111_are_read_in_the_readers_language() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let (nation, second) =
        (app.token("X24", Role::Administrator).await, app.token("X24", Role::Approver).await);
    let words = |others: Value| json!({"lines": {"nhs_111": {"state": "changed", "words": "Go to 111.nhs.uk first.", "words_in": others}}});
    let path = "/api/v1/organisations/X24/lines";
    for wrong in [json!("Ewch"), json!({"xx": "Ewch"}), json!({"cy": "x".repeat(301)})] {
        assert_eq!(app.api(&nation, "PUT", path, words(wrong)).await.status, 422);
    }
    let waits = app.api(&nation, "PUT", path, words(json!({"cy": "Ewch i 111.nhs.uk yn gyntaf."}))).await;
    let approval = format!("/api/v1/updates/{}/approval", waits.json()["update"]["id"].as_str().unwrap());
    assert_eq!(app.api(&second, "POST", &approval, json!({})).await.status, 200);
    app.publish().await;
    let card = async |path: &str| {
        let page = app.get(path).await;
        (
            texts(&page, ".nhsuk-card--care--urgent p").join(" "),
            values(&page, ".nhsuk-card--care--urgent p", "lang"),
        )
    };
    let (welsh, lang) = card("/Z80001/cy").await;
    assert!(
        welsh.contains("Ewch i 111.nhs.uk yn gyntaf.") && lang.contains(&"cy".into()),
        "{welsh} {lang:?}"
    );
    let (polish, lang) = card("/Z80001/pl").await;
    assert!(polish.contains("Go to 111.nhs.uk first.") && lang.contains(&"en".into()), "{polish} {lang:?}");
}

/// There is no nation above a Welsh health board in ODS: it sees its own places, holds 111 and
/// 999 for them, and 999 is heard from England too.
#[tokio::test]
async fn a_health_board_has_a_board_and_holds_the_national_lines() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let board = app.token("7Z9", Role::Coordinator).await;
    let body = json!({"title": "No phones", "title_in": {"cy": "Dim ffonau"}, "scope": "7Z9"});
    let posted = app.api(&board, "POST", "/api/v1/incidents", body).await;
    assert_eq!(posted.status, 201, "{}", posted.text());
    let counts = app.api(&board, "GET", "/api/v1/board?scope=7Z9", Value::Null).await.json();
    assert_eq!(
        (&counts["counts"]["silent"], &counts["counts"]["organisations"]),
        (&json!(2), &json!(2)),
        "{counts}"
    );

    let line = |page: &Value| {
        let mut lines = page["lines"].as_array().unwrap().iter();
        lines.find(|l| l["line"] == "emergency_999").map(|l| l["text"].as_str().unwrap().to_owned())
    };
    app.desk = app.desk.clone().with_rules(signpost::domain::approval::Rules::LOOSE);
    says_of_999(
        &app,
        "X24",
        json!({"emergency_999": {"state": "changed", "words": "999 is slow. Hold the line."}}),
    )
    .await;
    let page = app.status("W99001").await;
    assert!(line(&page).is_some_and(|text| text.contains("Hold the line")), "{page}");
    let both = json!({"state": "changed", "words": "Ring 01632 960999.", "words_in": {"cy": "Ffoniwch 01632 960999."}});
    says_of_999(&app, "7Z9", json!({"emergency_999": both})).await;
    let page = app.status("W99001").await;
    assert!(line(&page).is_some_and(|text| text.contains("01632 960999")), "{page}");
    assert!(line(&app.status("Z80001").await).is_some_and(|text| text.contains("Hold the line")));
}

/// Says it with a second person, who has to agree.
async fn says_of_999(app: &TestApp, code: &str, lines: Value) {
    let (author, second) = (app.token(code, Role::Coordinator).await, app.token(code, Role::Approver).await);
    let path = format!("/api/v1/organisations/{code}/lines");
    let asked = app.api(&author, "PUT", &path, json!({"lines": lines})).await;
    let update = crate::approvals::update_of(&asked.json());
    let done = crate::approvals::decide(app, &second, &update, "approval", json!({})).await;
    assert_eq!(done.status, 200, "{}", done.text());
}

/// What England says of 999 is told in Wales as in England: at once, by every form, and for
/// the record.
#[tokio::test]
async fn what_england_says_of_999_is_told_in_wales_at_once_and_by_every_form() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.desk = app.desk.clone().with_rules(signpost::domain::approval::Rules::LOOSE);
        app.desk.clock.set("2024-07-19T09:00:05Z".parse().unwrap());
        app.publish().await;
        let usual = "In an emergency, call 999";
        assert!(app.get("/W99001").await.text().contains(usual));

        app.advance(Duration::seconds(10));
        let changed = json!({"state": "changed", "words": "Text 999.", "words_in": {"cy": "Tecstiwch 999."}});
        says_of_999(&app, "X24", json!({"emergency_999": changed})).await;
        app.publish().await;
        for (path, words) in
            [("/W99001", "Text 999."), ("/W99001/cy", "Tecstiwch 999."), ("/Z80001", "Text 999.")]
        {
            let page = app.get(path).await.text();
            assert!(page.contains(words) && !page.contains(usual), "the same minute: {path}: {page}");
        }
        for place in ["W99001", "7Z9", "Z80001"] {
            let cap = app.get(&format!("/{place}/cap.xml")).await.text();
            assert!(cap.contains("<event>999: Changed</event>"), "{place}: {cap}");
            let feed = app.get(&format!("/{place}/feed.atom")).await.text();
            assert!(feed.contains("<updated>2024-07-19T09:00:15"), "{place}: {feed}");
            let summary = app.get(&format!("/{place}/api/v2/summary.json")).await.json();
            assert_eq!(summary["incidents"][0]["name"], "999: Changed", "{place}: {summary}");
            assert_ne!(summary["status"]["indicator"], "none", "{place}: {summary}");
            assert_eq!(summary["page"]["updated_at"], "2024-07-19T09:00:15.000Z", "{place}: {summary}");
        }

        app.advance(Duration::minutes(5));
        says_of_999(&app, "X24", json!({})).await;
        // What it says of anything else is not heard there.
        app.advance(Duration::minutes(5));
        says_of_999(&app, "X24", json!({"nhs_111": {"state": "changed", "words": "Use 111 online."}})).await;
        app.publish().await;
        let page = app.get("/W99001").await.text();
        assert!(page.contains(usual) && !page.contains("Use 111 online."), "{page}");
        let feed = app.get("/W99001/feed.atom").await.text();
        assert_eq!(feed.matches("<entry>").count(), 2, "that it was changed, and that it is over: {feed}");
        assert!(feed.contains("999: Changed") && feed.contains("Back to normal"), "{feed}");
        let surgery = app.token("W99001", Role::Coordinator).await;
        let then = "/api/v1/organisations/W99001/at?time=2024-07-19T09:01:00Z";
        let then = app.api(&surgery, "GET", then, Value::Null).await.json();
        assert!(then.to_string().contains("Text 999."), "{then}");
    }
}
