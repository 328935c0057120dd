//! Answering for places below: on the screen, by a board for its places of a
//! region's incident, and by a trust for its hospitals.

use serde_json::{Value, json};
use signpost::desk::import::File;
use signpost::domain::user::{Actor, Role};

use crate::harness::{Driver, TestApp};
use crate::staff::{Person, texts, values};

#[tokio::test]
async fn a_board_sees_its_own_places_of_a_regions_incident_asks_them_and_answers_for_one() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let region = app.token("Y91", Role::Coordinator).await;
        let body = json!({"system": "emis-web"});
        let posted = app.api(&region, "POST", "/api/v1/incidents", body).await.json();
        let id = posted["id"].as_str().unwrap().to_owned();
        let here = format!("/desk/incidents/{id}/answers");
        {
            let board = Person::of(&app, "QZ9", Role::Coordinator).await;
            let desk = board.get("/desk").await;
            assert_eq!(values(&desk, &format!("a[href='{here}']"), "href").len(), 1, "{}", desk.text());
            let screen = board.get(&here).await;
            assert_eq!(screen.status, 200, "{}", screen.text());
            let codes = texts(&screen, "tbody th .sp-said");
            assert!(
                codes.contains(&"Z80003".to_owned()) && !codes.contains(&"Z80001".to_owned()),
                "{codes:?}"
            );
            assert!(values(&screen, "button[name=asking]", "value").is_empty(), "nobody to ask");
            // It does not stop what the region asks.
            assert_eq!(board.post(&here, &[("asking", "off")]).await.status, 403);
            let sent = board.post(&here, &[("place", "Z80003"), ("answer", "not_affected")]).await;
            assert_eq!(sent.status, 303, "{}", sent.text());
            let screen = board.get(&here).await.text();
            assert!(screen.contains("Ada Fenwick of"), "{screen}");
            let other = board.post(&here, &[("place", "Z80001"), ("answer", "affected")]).await;
            assert_eq!(other.status, 403, "not theirs");
            let viewer = Person::of(&app, "QZ9", Role::Viewer).await;
            assert!(values(&viewer.get(&here).await, "button[name=answer]", "value").is_empty());
            let surgery = Person::of(&app, "Z80003", Role::Publisher).await;
            assert_eq!(surgery.get(&here).await.status, 404);
        }
        let page = app.status("Z80003").await;
        assert_eq!(page["incidents"][0]["confirmation"], "not_affected");
    }
}

#[tokio::test]
async fn a_board_asks_only_its_own_silent_places() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let all = "organisation,contact,channel,label\nZ80001,+447700900101,sms,Desk\nZ80003,+447700900103,sms,Desk\n";
        let file = File { name: "contacts.csv".into(), bytes: all.into() };
        app.desk.import_contacts(&Actor::command_line(), &file).await.unwrap();
        let region = app.token("Y91", Role::Coordinator).await;
        let posted = app.api(&region, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await;
        let here = format!("/desk/incidents/{}/answers", posted.json()["id"].as_str().unwrap());
        app.call().await;
        assert_eq!(crate::calls::said(&app).await.len(), 2, "the region asks both");
        let board = Person::of(&app, "QZ9", Role::Coordinator).await;
        assert_eq!(values(&board.get(&here).await, "button[name=asking]", "value"), ["on"]);
        assert_eq!(board.post(&here, &[("asking", "on")]).await.status, 303);
        app.call().await;
        let said = crate::calls::said(&app).await;
        assert_eq!(said.len(), 3, "{said:?}");
        assert_eq!(said[2].0.organisation.as_str(), "Z80003");
    }
}

/// A trust's word counts as that of its hospitals.
#[tokio::test]
async fn a_trust_confirms_for_its_hospitals() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let row = "\"RZ501\",\"ASHWICK INFIRMARY\",\"Y91\",\"QZ8\",\"1 INFIRMARY WAY\",\"\",\"\",\"ASHWICK\",\"\",\"ZM32 7AP\",\"20090401\",\"\",\"\",\"\",\"RZ5\",\"20090401\",\"\",\"\",\"\",\"\",\"\",\"0\",\"\",\"A\",\"\",\"\",\"\"\n";
        let file = File { name: "ets.csv".into(), bytes: row.into() };
        let report = app.desk.import_organisations(&Actor::command_line(), &[file], false).await.unwrap();
        assert_eq!(report.rejects, []);
        let trust = app.token("RZ5", Role::Coordinator).await;
        let body = json!({"title": "Flood", "scope": "RZ5", "lines": {"outpatients": "cancelled"}});
        let posted = app.api(&trust, "POST", "/api/v1/incidents", body).await.json();
        let page = app.status("RZ501").await;
        assert_eq!(page["organisation"]["kind"], "trust_site");
        assert_eq!(page["incidents"][0]["confirmation"], "confirmed");
        let html = app.get("/RZ501").await.text();
        assert!(!html.contains("has not confirmed"), "{html}");
        let board = app.api(&trust, "GET", "/api/v1/board", Value::Null).await.json();
        assert_eq!((&board["counts"]["silent"], &board["counts"]["affected"]), (&json!(0), &json!(2)));
        let person = Person::of(&app, "RZ5", Role::Coordinator).await;
        let here = format!("/desk/incidents/{}/answers", posted["id"].as_str().unwrap());
        assert!(!person.get(&here).await.text().contains("Nobody to ask"));
    }
}
