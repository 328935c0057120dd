//! What a place says of itself stands from one answer to the next, by every door.

use serde_json::{Value, json};
use signpost::domain::user::Role;

use crate::harness::{BASE, Driver, TestApp, code};
use crate::staff::{Person, texts, values};

/// An incident at a surgery, and the link by which that answers.
async fn asked(app: &TestApp) -> (String, String) {
    let region = app.token("Y91", Role::Coordinator).await;
    let posted = app.api(&region, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await.json();
    let id = posted["id"].as_str().unwrap().to_owned();
    let url = app.desk.answer_url(id.parse().unwrap(), &code("Z80001"), app.now());
    (id, url.strip_prefix(BASE).unwrap().to_owned())
}

async fn answers(app: &TestApp, id: &str, body: Value) -> Value {
    let surgery = app.token("Z80001", Role::Publisher).await;
    let path = format!("/api/v1/incidents/{id}/responses/Z80001");
    let said = app.api(&surgery, "PUT", &path, body).await;
    assert_eq!(said.status, 200, "{}", said.text());
    said.json()
}

/// The state of the phones on the page, and the page.
async fn phones(app: &mut TestApp) -> (Value, String) {
    let status = app.status("Z80001").await;
    let phones = status["lines"].as_array().unwrap().iter().find(|l| l["line"] == "phones").cloned();
    (phones.map_or(Value::Null, |l| l["state"].clone()), app.get("/Z80001").await.text())
}

const OWN: &str = "Come to the side door.";

#[tokio::test]
async fn another_answer_takes_neither_lines_nor_words_away() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let (id, link) = asked(&app).await;
        let own = json!({"answer": "affected", "lines": {"phones": "down"}, "message": OWN});
        answers(&app, &id, own.clone()).await;
        let is_kept = |(state, page): (Value, String), by: &str| {
            assert_eq!(state, "down", "{by}");
            assert!(page.contains(OWN), "{by}: {page}");
        };
        is_kept(phones(&mut app).await, "at first");
        // At the desk, which shows what was said.
        {
            let surgery = Person::of(&app, "Z80001", Role::Publisher).await;
            let desk = surgery.get("/desk").await;
            let said = texts(&desk, ".nhsuk-list--bullet li");
            assert_eq!(said[..2], ["Phone lines: Not working", &format!("In its own words: {OWN}")]);
            assert!(desk.text().contains("take this from the page"), "{}", desk.text());
            let here = format!("/desk/incidents/{id}/answer");
            assert_eq!(surgery.post(&here, &[("answer", "busy")]).await.status, 303);
        }
        is_kept(phones(&mut app).await, "busy at the desk");
        // By link: a line, an answer, and a mis-press that is put right.
        for tap in ["line=check_in%3Aat_the_desk", "answer=affected"] {
            app.form(&link, tap).await;
            is_kept(phones(&mut app).await, tap);
        }
        assert!(app.get(&link).await.text().contains("take this from the page"));
        for well in ["not_affected", "recovered"] {
            app.form(&link, &format!("answer={well}")).await;
            let (state, page) = phones(&mut app).await;
            assert!(state != "down" && !page.contains(OWN), "{well}: {state} {page}");
            let asked = app.get(&link).await;
            assert!(asked.text().contains("put this on the page again"), "{}", asked.text());
            assert!(texts(&asked, ".nhsuk-list--bullet li").contains(&"Phone lines: Not working".into()));
            app.form(&link, "answer=affected").await;
            is_kept(phones(&mut app).await, well);
        }
        // By the API: what is absent stands, what is empty goes.
        let said = answers(&app, &id, json!({"answer": "busy"})).await;
        assert_eq!((&said["lines"]["phones"]["state"], &said["message"]), (&json!("down"), &json!(OWN)));
        let said = answers(&app, &id, json!({"answer": "affected", "lines": {}})).await;
        assert_eq!((&said["lines"], &said["message"]), (&json!({}), &json!(OWN)));
        let said = answers(&app, &id, json!({"answer": "affected", "message": " "})).await;
        assert_eq!(said["message"], Value::Null);
        // What was said before the problem came back is not said again.
        answers(&app, &id, own).await;
        answers(&app, &id, json!({"answer": "recovered"})).await;
        let region = app.token("Y91", Role::Coordinator).await;
        let update = format!("/api/v1/incidents/{id}/updates");
        for state in ["resolved", "identified"] {
            app.advance(chrono::Duration::minutes(10));
            let posted = app.api(&region, "POST", &update, json!({"state": state})).await;
            assert_eq!(posted.status, 201, "{}", posted.text());
        }
        let said = answers(&app, &id, json!({"answer": "affected"})).await;
        assert_eq!((&said["lines"], &said["message"]), (&json!({}), &Value::Null));
    }
}

/// "Come as usual" is no "yes, we are affected".
#[tokio::test]
async fn a_line_that_is_as_usual_answers_nothing() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let (id, link) = asked(&app).await;
        let page = app.get(&link).await;
        let offered = values(&page, "button[name=line]", "value");
        assert!(offered.contains(&"phones:down".into()), "{offered:?}");
        assert!(!offered.contains(&"attend:come".into()) && !offered.contains(&"phones:working".into()));
        assert!(page.text().contains("Then your answer is: Affected."), "{}", page.text());
        let tapped = app.form(&link, "line=attend%3Acome").await;
        assert_eq!(tapped.status, 422);
        assert!(tapped.text().contains("Say first whether you are affected."), "{}", tapped.text());
        let status = app.status("Z80001").await;
        assert_eq!(status["incidents"][0]["confirmation"], "not_confirmed");
        // A line that does not work is an answer, as the page says; then all can be said.
        assert_eq!(app.form(&link, "line=phones%3Adown").await.status, 303);
        assert_eq!(app.status("Z80001").await["incidents"][0]["confirmation"], "confirmed");
        let page = app.get(&link).await;
        assert!(page.text().contains("Your answer stays: Affected."), "{}", page.text());
        assert!(values(&page, "button[name=line]", "value").contains(&"attend:come".into()));
        answers(&app, &id, json!({"answer": "not_affected"})).await;
        assert_eq!(app.form(&link, "line=attend%3Acome").await.status, 422);
    }
}
