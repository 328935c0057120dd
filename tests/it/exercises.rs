//! Exercises and tests: they look, read and send differently, and nothing of
//! them gets to patients (hazard H9).

use serde_json::{Value, json};
use signpost::channels::{Channels, ProviderSettings, RelaySettings, Settings};
use signpost::domain::delivery::{DeliveryState, Lane};
use signpost::domain::subscriber::Channel;
use signpost::domain::user::Role;
use signpost::workers::{courier::Courier, expander};

use crate::calls::said;
use crate::duties::on_duty;
use crate::harness::{Driver, TestApp, code};
use crate::staff::{Person, texts, values};

/// Every form of a page, and what machines poll.
const FORMS: &[&str] = &[
    "",
    "/cy",
    "/status.json",
    "/history",
    "/feed.atom",
    "/feed.rss",
    "/cap.xml",
    "/api/v2/summary.json",
    "/api/v2/incidents.json",
    "/badge.svg",
    "/poster",
    "/screen",
    "/voice.xml",
];

async fn declare(app: &TestApp, kind: &str) -> Value {
    let token = app.token("X24", Role::Coordinator).await;
    let body = json!({"title": "Cyber attack on EMIS Web", "system": "emis-web", "kind": kind,
        "message": "Switch to paper."});
    let answer = app.api(&token, "POST", "/api/v1/incidents", body).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()
}

#[tokio::test]
async fn nothing_of_an_exercise_gets_to_patients() {
    for driver in Driver::BOTH {
        for kind in ["exercise", "test"] {
            let mut app = TestApp::with_region(driver).await;
            let coordinator = app.token("X24", Role::Coordinator).await;
            app.subscribers(&[("pat@example.org", "email", "Z80001"), ("+447700900124", "sms", "X24")]).await;
            for place in ["Z80001", "X24"] {
                let hook = json!({"url": "https://hooks.example.org/x"});
                let path = format!("/api/v1/organisations/{place}/channels/webhook");
                assert_eq!(app.api(&coordinator, "PUT", &path, hook).await.status, 200);
            }
            on_duty(&app, &[("Z80001", "07700 900123", "sms")]).await;
            let mut before = Vec::new();
            for form in FORMS {
                before.push(app.get(&format!("/Z80001{form}")).await.body);
            }
            let posted = declare(&app, kind).await;
            let told = posted["reach"]["recipients"].as_object().unwrap();
            assert!(told.values().all(|number| *number == 0), "{told:?}");
            app.run_workers().await;
            app.call().await;
            app.publish().await;
            // Two seconds later, within the same minute: byte for byte.
            for (form, before) in FORMS.iter().zip(before) {
                let after = app.get(&format!("/Z80001{form}")).await.body;
                assert!(after == before, "{form} changed");
            }
            let id = posted["id"].as_str().unwrap();
            let past = app.get(&format!("/Z80001/incidents/{id}")).await;
            assert_eq!(past.status, 404);
            // Whoever was told is on duty, and by a way of its own.
            let all = said(&app).await;
            assert!(!all.is_empty());
            let mark = format!("{}. ", kind.to_uppercase());
            for (d, text) in &all {
                assert_eq!((d.lane, d.state), (Lane::Exercise.order(), DeliveryState::Captured));
                assert_eq!(d.organisation, code("Z80001"));
                assert!(text.starts_with(&mark), "{text}");
            }
            assert_eq!(app.captured().await.len(), all.len(), "nobody else got anything");
        }
    }
}

#[tokio::test]
async fn the_way_of_the_real_never_takes_an_exercise() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        on_duty(&app, &[("Z80001", "desk@example.org", "email")]).await;
        // The real way leads somewhere; the exercises' has no account.
        let relay = RelaySettings {
            url: "smtp://127.0.0.1:1?tls=none".into(),
            from: "updates@example.org".into(),
            ..RelaySettings::default()
        };
        let email = vec![ProviderSettings::Relay(relay)];
        app.channels = Some(Channels::new(&Settings { email, ..Settings::default() }).unwrap());
        declare(&app, "exercise").await;
        signpost::workers::caller::step(&app.desk).await.unwrap();
        while expander::step(&app.desk).await.unwrap() {}
        app.send_due().await;
        for (d, _) in said(&app).await {
            assert_eq!((d.state, d.attempt), (DeliveryState::Queued, 0), "the real way left it alone");
        }
        let own = Courier::of_exercises(app.desk.clone(), None, Channel::Email);
        while own.step().await.unwrap() > 0 {}
        for (d, _) in said(&app).await {
            assert_eq!(d.state, DeliveryState::Captured);
        }
    }
}

#[tokio::test]
async fn staff_see_an_exercise_marked_on_every_output() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        declare(&app, "exercise").await;
        // No patient meets it.
        let away = app.get("/Z80001/exercise").await;
        assert_eq!(
            (away.status.as_u16(), away.header("location")),
            (303, "/sign-in?next=%2FZ80001%2Fexercise")
        );
        let ada = Person::of(&app, "Z80001", Role::Viewer).await;
        let page = ada.get("/Z80001/exercise").await;
        assert_eq!(page.status, 200);
        for part in [
            "This is an exercise. Nothing here is real.",
            "<title>EXERCISE. ",
            "Cyber attack on EMIS Web",
            "noindex",
        ] {
            assert!(page.text().contains(part), "{part}: {}", page.text());
        }
        assert!(!page.text().contains("/subscribe"));
        assert_eq!(page.header("cache-control"), "no-store");
        assert!(ada.get("/desk").await.text().contains("Open the page of the exercise"));
        let cap = ada.get("/Z80001/exercise/cap.xml").await;
        assert!(cap.text().contains("<status>Exercise</status>"), "{}", cap.text());
        assert!(cap.text().contains("<headline>EXERCISE. "), "{}", cap.text());
        // Another place's exercise is not theirs to see.
        assert_eq!(ada.get("/Z80002/exercise").await.status, 403);
    }
}

#[tokio::test]
async fn an_exercise_is_answered_and_stays_one() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        on_duty(&app, &[("Z80001", "07700 900123", "sms")]).await;
        declare(&app, "exercise").await;
        app.call().await;
        let all = said(&app).await;
        let (_, text) = all.iter().find(|(_, text)| text.contains("/c/")).expect("a link");
        let at = text.find("/c/").unwrap();
        let path = text[at..].split_whitespace().next().unwrap();
        let asked = app.get(path).await;
        assert!(asked.text().contains("This is an exercise. Nothing here is real."));
        assert_eq!(app.form(path, "answer=affected").await.status, 303);
        assert!(app.get(path).await.text().contains("<strong>Affected</strong>"));
        let status = app.status("Z80001").await;
        assert_eq!((&status["incidents"], &status["headline"]["state"]), (&json!([]), &json!("normal")));
    }
}

#[tokio::test]
async fn a_coordinator_holds_an_exercise_from_the_screen() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        on_duty(&app, &[("Z80001", "07700 900123", "sms"), ("Z80001", "desk@example.org", "email")]).await;
        let ada = Person::of(&app, "X24", Role::Coordinator).await;
        let questions = ada.get("/desk/post?system=emis-web").await;
        assert_eq!(values(&questions, "#kind option", "value"), ["live", "exercise", "test"]);
        let mut fields = vec![("system", "emis-web"), ("reach", "area"), ("scope", "X24"), ("kind", "drill")];
        fields.extend([("lines.attend", "come_unless_contacted"), ("next_update_by", "2h")]);
        let refused = ada.post("/desk/post/preview", &fields).await;
        assert_eq!(texts(&refused, "#kind-error"), ["Error: Choose whether it is real."]);
        fields[3] = ("kind", "exercise");
        let preview = ada.post("/desk/post/preview", &fields).await;
        assert_eq!(preview.status, 200, "{}", preview.text());
        for part in ["This is an exercise. Nothing here is real.", "We ask 1 place whether"] {
            assert!(preview.text().contains(part), "{part}: {}", preview.text());
        }
        let hidden = values(&preview, "main form input[type=hidden]", "name").into_iter();
        let hidden: Vec<_> = hidden.zip(values(&preview, "main form input[type=hidden]", "value")).collect();
        let carried: Vec<(&str, &str)> = hidden.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let published = ada.post("/desk/post", &carried).await;
        assert_eq!(published.status, 303, "{}", published.text());
        let done = ada.get(published.header("location")).await;
        assert!(done.text().contains("No page changes and no patient is told."), "{}", done.text());
        assert!(texts(&ada.get("/desk").await, ".nhsuk-tag").contains(&"EXERCISE".to_owned()));
        app.call().await;
        assert_eq!(said(&app).await.len(), 4, "each contact: what happened, and the question");
    }
}

/// A region sees what its surgeries practise; only who is reached is asked.
#[tokio::test]
async fn a_region_above_an_exercise_is_not_asked() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let token = app.token("Z80001", Role::Publisher).await;
        let body = json!({"title": "Drill", "kind": "exercise", "system": "emis-web"});
        assert_eq!(app.api(&token, "POST", "/api/v1/incidents", body).await.status, 201);
        let region = Person::of(&app, "Y91", Role::Coordinator).await.get("/desk").await.text();
        assert!(region.contains("Open the page of the exercise"), "{region}");
        assert!(!region.contains("asks whether you are affected"), "{region}");
    }
}
