//! What a place does not have: no form of its page speaks of it.

use serde_json::{Value, json};
use signpost::domain::user::Role;

use crate::harness::{Driver, TestApp};
use crate::staff::{Person, texts, values};

const PATH: &str = "/api/v1/organisations/RZ7/services";

async fn set(app: &TestApp, token: &str, lacks: Value) -> (u16, Value) {
    let answer = app.api(token, "PUT", PATH, json!({"lacks": lacks})).await;
    (answer.status.as_u16(), answer.json())
}

#[tokio::test]
async fn a_community_trust_speaks_of_no_emergency_department() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let (trust, nation) =
            (app.token("RZ7", Role::Publisher).await, app.token("X24", Role::Coordinator).await);
        assert!(app.get("/RZ7").await.text().contains("A&#38;E"), "as hospitals have it");
        let lacks = json!(["emergency_department", "maternity"]);
        assert_eq!(set(&app, &trust, lacks.clone()).await, (200, json!({"lacks": lacks})));
        assert_eq!(app.api(&trust, "GET", PATH, Value::Null).await.json(), json!({"lacks": lacks}));
        // Everybody's A&E, and one place's.
        let body = json!({"title": "Nothing works", "scope": "X24",
            "lines": {"emergency_department": "closed", "outpatients": "cancelled"}});
        assert_eq!(app.api(&nation, "POST", "/api/v1/incidents", body).await.status, 201);
        app.publish().await;
        for form in [
            "",
            "/history",
            "/poster",
            "/screen",
            "/feed.atom",
            "/cap.xml",
            "/api/v2/summary.json",
            "/status.json",
            "/subscribe",
        ] {
            let text = app.get(&format!("/RZ7{form}")).await.text();
            let speaks =
                ["A&#38;E", "A&amp;E", "A&E", "emergency_department", "Maternity"].map(|w| text.contains(w));
            assert_eq!(speaks, [false; 5], "RZ7{form}: {text}");
            if form.is_empty() || form == "/screen" {
                assert!(text.contains("utpatient"), "what it has is told: {text}");
            }
        }
        assert!(app.get("/RZ6").await.text().contains("A&#38;E"), "others have it");

        let body = json!({"lines": {"emergency_department": "closed"}});
        let refused = app.api(&trust, "PUT", "/api/v1/organisations/RZ7/lines", body).await;
        assert_eq!(refused.status, 422);
        let detail = "Cinderwell Community NHS Trust says that it does not have this.";
        assert_eq!(refused.json()["errors"][0]["detail"], detail);

        // The next report of ODS, in which the trust has another name, leaves that as it is.
        let report = signpost::desk::import::File {
            name: "etr.csv".into(),
            bytes: {
                let all = crate::harness::fixture("etr.csv");
                String::from_utf8(all.bytes)
                    .unwrap()
                    .replace("CINDERWELL COMMUNITY", "CINDERWELL CARE")
                    .into_bytes()
            },
        };
        let who = signpost::domain::user::Actor::command_line();
        app.desk.import_organisations(&who, &[report], false).await.unwrap();
        app.publish().await;
        let text = app.get("/RZ7").await.text();
        assert!(text.contains("Cinderwell Care") && !text.contains("A&#38;E"), "{text}");
        assert_eq!(set(&app, &trust, json!([])).await.0, 200);
        app.publish().await;
        assert!(app.get("/RZ7").await.text().contains("A&#38;E"), "taken back");
    }
}

#[tokio::test]
async fn what_every_place_has_cannot_be_left_out_and_others_may_not_say_it() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let trust = app.token("RZ7", Role::Publisher).await;
        for wrong in [
            json!(["attend"]),
            json!(["phones"]),
            json!(["nhs_111"]),
            json!(["dispensing"]),
            json!(["x"]),
            json!("x"),
        ] {
            assert_eq!(set(&app, &trust, wrong.clone()).await.0, 422, "{wrong}");
        }
        let viewer = app.token("RZ7", Role::Viewer).await;
        assert_eq!(set(&app, &viewer, json!(["maternity"])).await.0, 403);
        let other = app.token("RZ6", Role::Publisher).await;
        assert_eq!(set(&app, &other, json!(["maternity"])).await.0, 404);
    }
}

#[tokio::test]
async fn services_are_taken_away_on_a_screen() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let person = Person::of(&app, "Z80001", Role::Publisher).await;
        assert!(person.get("/desk").await.text().contains("href=\"/desk/services\""));
        let page = person.get("/desk/services").await;
        let all = ["online_form", "booking", "prescriptions", "test_results", "check_in", "records"];
        assert_eq!(values(&page, "input[name=service][checked]", "value"), all);
        let has: Vec<(&str, &str)> =
            all.iter().filter(|s| **s != "check_in").map(|s| ("service", *s)).collect();
        let saved = person.post("/desk/services", &has).await;
        assert_eq!(saved.header("location"), "/desk/services?organisation=Z80001&done=saved");
        let page = person.get(saved.header("location")).await;
        assert_eq!(
            texts(&page, ".nhsuk-notification-banner__heading"),
            ["Saved. Your page speaks of these services only."]
        );
        assert_eq!(values(&page, "input[name=service][checked]", "value").len(), 5);
        assert!(
            !person.get("/desk").await.text().contains("name=\"line.check_in\""),
            "nobody is asked about it"
        );
        let viewer = Person::of(&app, "Z80001", Role::Viewer).await;
        assert_eq!(viewer.get("/desk/services").await.status, 403);
        app.publish().await;
        assert!(!app.get("/Z80001").await.text().contains("Check-in"));
        assert!(app.get("/Z80002").await.text().contains("Check-in"));
    }
}
