//! Whom to ask at a site, and what they are told.

use serde_json::{Value, json};
use signpost::desk::import::File;
use signpost::domain::subscriber::Channel;
use signpost::domain::user::{Actor, Role};
use signpost::store::{duties, subscribers};

use crate::harness::{Driver, TestApp, code};
use crate::staff::{Person, texts};

const MOBILE: &str = "07700 900123";

/// Puts contact points on duty: organisation, contact, channel.
pub async fn on_duty(app: &TestApp, rows: &[(&str, &str, &str)]) {
    let mut text = String::from("organisation,contact,channel,label\n");
    for (organisation, contact, channel) in rows {
        text.push_str(&format!("{organisation},{contact},{channel},Front desk\n"));
    }
    let file = File { name: "contacts.csv".into(), bytes: text.into_bytes() };
    let report = app.desk.import_contacts(&Actor::command_line(), &file).await.unwrap();
    assert_eq!(report.rejects, []);
    assert_eq!(report.added, rows.len());
}

/// Whether we still hold the contact itself.
async fn holds(app: &TestApp, channel: Channel, value: &str) -> bool {
    let hash = app.desk.keys.index(channel.as_str(), value);
    let mut tx = app.desk.db.write().await.unwrap();
    let found = subscribers::lock_by_hash(&mut tx, channel, &hash).await.unwrap();
    found.is_some_and(|s| s.contact_sealed.is_some())
}

#[tokio::test]
async fn contacts_are_entered_masked_and_removed_at_the_screen() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let ada = Person::of(&app, "Z80001", Role::Publisher).await;
        let empty = ada.get("/desk/contacts").await;
        assert!(empty.text().contains("There is nobody to ask yet."));
        let wrong = ada
            .post("/desk/contacts", &[("channel", "sms"), ("contact", "01632 960001"), ("label", "")])
            .await;
        assert_eq!(wrong.status, 422);
        assert_eq!(
            texts(&wrong, ".nhsuk-error-message"),
            [
                "Error: Enter a UK mobile phone number, like 07700 900 982.",
                "Error: Enter what it is called, in at most 60 characters."
            ]
        );
        assert_eq!(crate::staff::values(&wrong, "#contact", "value"), ["01632 960001"]);
        assert_eq!(crate::staff::values(&wrong, "#label", "value"), Vec::<String>::new());
        let fields = [("channel", "sms"), ("contact", MOBILE), ("label", "Front desk mobile")];
        let saved = ada.post("/desk/contacts", &fields).await;
        assert_eq!(saved.header("location"), "/desk/contacts?organisation=Z80001&done=saved");
        let shown = ada.get(saved.header("location")).await;
        assert_eq!(
            texts(&shown, "ul.sp-results li"),
            ["Front desk mobile Text message to …123 Remove Front desk mobile"]
        );
        assert!(!shown.text().contains("900123"));
        assert!(holds(&app, Channel::Sms, "+447700900123").await);

        let remove = crate::staff::values(&shown, "ul.sp-results form", "action");
        let gone = ada.post(&remove[0], &[]).await;
        assert_eq!(gone.status, 303);
        assert!(!holds(&app, Channel::Sms, "+447700900123").await, "nobody needs it any more");
        assert_eq!(ada.post(&remove[0], &[]).await.status, 404);
    }
}

#[tokio::test]
async fn only_whoever_publishes_there_sees_and_changes_contacts() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let body = json!({"contact": "desk@example.org", "channel": "email", "label": "Duty inbox"});
        let path = "/api/v1/organisations/Z80001/contacts";
        let (viewer, other) =
            (app.token("Z80001", Role::Viewer).await, app.token("Z80002", Role::Publisher).await);
        for token in [&viewer, &other] {
            assert_eq!(app.api(token, "PUT", path, body.clone()).await.status, 403);
            assert_eq!(app.api(token, "GET", path, Value::Null).await.status, 403);
        }
        let region = app.token("X24", Role::Coordinator).await;
        let put = app.api(&region, "PUT", path, body.clone()).await;
        assert_eq!(put.status, 200, "{}", put.text());
        let contact = put.json()["contacts"][0].clone();
        assert_eq!(contact["contact"], "d…@e….org");
        assert_eq!(app.api(&region, "PUT", path, body).await.json()["contacts"][0]["id"], contact["id"]);
        let bad =
            app.api(&region, "PUT", path, json!({"contact": "+44", "channel": "fax", "label": "x"})).await;
        assert_eq!(bad.status, 422);
        assert_eq!(bad.json()["errors"][0]["pointer"], "/channel");

        let one = format!("{path}/{}", contact["id"].as_str().unwrap());
        assert_eq!(app.api(&other, "DELETE", &one, Value::Null).await.status, 403);
        // Another place's door does not open this one.
        let elsewhere = one.replace("Z80001", "Z80002");
        assert_eq!(app.api(&region, "DELETE", &elsewhere, Value::Null).await.status, 404);
        assert_eq!(app.api(&region, "DELETE", &one, Value::Null).await.status, 204);
        let none = app.api(&region, "GET", path, Value::Null).await.json();
        assert_eq!(none, json!({"contacts": []}));
    }
}

#[tokio::test]
async fn a_file_of_contacts_folds_and_lists_what_is_wrong() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let text = "organisation,contact,channel,label\n\
            Z80001,07700 900123,sms,Front desk\n\
            Z80001,+447700900123,sms,Front desk\n\
            Z80002,07700 900123,sms,Lead\n\
            Z99999,07700 900124,sms,Lead\n\
            Z80003,07700 900124,whatsapp,Lead\n\
            Z80003,nobody,email,Lead\n\
            Z80003,desk@example.org,email,\n";
        let file = || File { name: "c.csv".into(), bytes: text.into() };
        let report = app.desk.import_contacts(&Actor::command_line(), &file()).await.unwrap();
        assert_eq!((report.read, report.added), (7, 2));
        let reasons: Vec<String> =
            report.rejects.iter().map(|r| format!("{}: {}", r.line, r.reason)).collect();
        assert_eq!(
            reasons,
            [
                "5: there is no organisation Z99999",
                "6: \"whatsapp\" is not a channel; use email or sms",
                "7: the contact is not an email address",
                "8: it has no label, or a long one"
            ]
        );
        let again = app.desk.import_contacts(&Actor::command_line(), &file()).await.unwrap();
        assert_eq!(again.added, 0);
    }
}

#[tokio::test]
async fn being_on_duty_and_following_a_place_never_mix() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        on_duty(&app, &[("Z80001", MOBILE, "sms")]).await;
        // On duty brings no news for patients.
        let token = app.token("X24", Role::Coordinator).await;
        app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await;
        app.run_workers().await;
        assert_eq!(app.captured().await, []);
        // The sweep for sign-ups that were never confirmed leaves them.
        app.advance(chrono::Duration::days(3));
        signpost::workers::rescuer::sweep(&app.desk).await.unwrap();
        assert!(holds(&app, Channel::Sms, "+447700900123").await);

        app.subscribers(&[("+447700900123", "sms", "Z80002")]).await;
        let hash = app.desk.keys.index("sms", "+447700900123");
        let mut tx = app.desk.db.write().await.unwrap();
        let s = subscribers::lock_by_hash(&mut tx, Channel::Sms, &hash).await.unwrap().unwrap();
        drop(tx);
        // Leaving as a patient leaves the duty, and the number that it needs.
        app.desk.leave(&app.desk.keys.token("manage", s.id)).await.unwrap();
        assert!(holds(&app, Channel::Sms, "+447700900123").await);
        let mut tx = app.desk.db.read().await.unwrap();
        assert_eq!(duties::of(&mut tx, &code("Z80001")).await.unwrap().len(), 1);
        assert_eq!(subscribers::subscriptions_of(&mut tx, s.id).await.unwrap(), []);
        drop(tx);
        // A STOP ends both.
        app.desk.leave_by_text(Channel::Sms, "+447700900123", "").await.unwrap();
        let mut tx = app.desk.db.read().await.unwrap();
        assert_eq!(duties::of(&mut tx, &code("Z80001")).await.unwrap().len(), 0);
        drop(tx);
        assert!(!holds(&app, Channel::Sms, "+447700900123").await);
    }
}
