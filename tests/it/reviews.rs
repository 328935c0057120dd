//! What somebody else does about what one person published alone: to take it back is to have
//! looked at it, and both are told.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::approval::Rules;
use signpost::domain::user::Role;

use crate::approvals::{decide, strict, update_of};
use crate::harness::{Answer, Driver, TestApp};
use crate::staff::{Person, texts, values};

const ALONE: &str = "Nobody else can be reached.";

/// Publishes something alone; gives the ids of the incident and of its update.
async fn published_alone(app: &TestApp, author: &str) -> (String, String) {
    let body = json!({"system": "emis-web"});
    let posted = app.api(author, "POST", "/api/v1/incidents", body).await.json();
    let update = update_of(&posted);
    let done = decide(app, author, &update, "break-glass", json!({"reason": ALONE})).await;
    assert_eq!(done.status, 200, "{}", done.text());
    (posted["id"].as_str().unwrap().to_owned(), update)
}

fn said(page: &Answer) -> String {
    texts(page, "main").join(" ")
}

/// The proposal as programs read it.
async fn proposal(app: &TestApp, token: &str, id: &str) -> Value {
    let all = app.api(token, "GET", "/api/v1/approvals", Value::Null).await.json();
    all["approvals"].as_array().unwrap().iter().find(|p| p["update"]["id"] == id).cloned().unwrap()
}

async fn chased(app: &TestApp) -> usize {
    app.advance(Duration::minutes(61));
    app.call().await;
    crate::calls::said(app).await.iter().filter(|call| call.1.contains("Look at it now: ")).count()
}

#[tokio::test]
async fn who_takes_back_what_another_published_alone_has_looked_at_it() {
    for driver in Driver::BOTH {
        let app = strict(driver).await;
        let author = app.token("X24", Role::Coordinator).await;
        let second = app.token("X24", Role::Approver).await;
        let (incident, update) = published_alone(&app, &author).await;
        app.call().await;
        let back = decide(&app, &second, &update, "withdrawal", json!({"built_in": true})).await;
        assert_eq!(back.status, 201, "{}", back.text());

        let listed = proposal(&app, &second, &update).await;
        assert_eq!(listed["state"], "taken_back", "{listed}");
        assert_eq!((&listed["review_by"], &listed["reviewed_by"]), (&Value::Null, &json!("X24")));
        let person = Person::of(&app, "X24", Role::Administrator).await;
        let page = person.get(&format!("/desk/approvals/{update}")).await;
        assert!(said(&page).contains("X24 looked at it and took it back at 8am."), "{}", said(&page));
        assert!(!said(&page).contains("Somebody else has to look"), "{}", said(&page));
        assert!(values(&page, "main form", "action").is_empty());
        let list = said(&person.get("/desk/approvals").await);
        assert!(list.contains("Published by one person, then taken back by another"), "{list}");
        assert!(!person.get("/desk").await.text().contains("One person published something alone"));
        let record = said(&person.get(&format!("/desk/incidents/{incident}/record")).await);
        assert!(record.contains("which one person had published alone, and took it back"), "{record}");
        assert_eq!(chased(&app).await, 0, "somebody has looked");
        assert_eq!(decide(&app, &second, &update, "review", json!({})).await.status, 409);
        let mut tx = app.desk.db.read().await.unwrap();
        assert!(signpost::store::audit::verify(&mut tx).await.unwrap().is_ok());
    }
}

#[tokio::test]
async fn who_takes_back_what_they_published_alone_still_waits_for_somebody() {
    for driver in Driver::BOTH {
        let app = strict(driver).await;
        let author = app.token("X24", Role::Coordinator).await;
        let second = app.token("X24", Role::Approver).await;
        let (_, update) = published_alone(&app, &author).await;
        let back = decide(&app, &author, &update, "withdrawal", json!({"built_in": true})).await;
        assert_eq!(back.status, 201, "{}", back.text());
        assert_eq!(proposal(&app, &second, &update).await["state"], "broke_glass");
        let person = Person::of(&app, "X24", Role::Administrator).await;
        let page = person.get(&format!("/desk/approvals/{update}")).await;
        assert!(said(&page).contains("X24 took it back at 8am."), "{}", said(&page));
        assert!(said(&page).contains("Somebody else has to look at it by 9am."), "{}", said(&page));
        assert!(values(&page, "main a", "href").iter().all(|href| !href.contains("/withdraw")));
        assert_eq!(chased(&app).await, 1);
        assert_eq!(decide(&app, &second, &update, "review", json!({})).await.status, 200);
        assert_eq!(proposal(&app, &second, &update).await["state"], "reviewed");
    }
}

/// The answer counts the pages that the screen did, and that change.
#[tokio::test]
async fn lines_published_alone_reach_the_pages_that_have_them() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.desk = app.desk.clone().with_rules(Rules::default());
        let author = app.token("QZ8", Role::Coordinator).await;
        let path = "/api/v1/organisations/QZ8/lines";
        let set = app.api(&author, "PUT", path, json!({"lines": {"online_form": "off"}})).await.json();
        let update = update_of(&set);
        let person = Person::of(&app, "QZ8", Role::Administrator).await;
        let page = said(&person.get(&format!("/desk/approvals/{update}")).await);
        let done = decide(&app, &author, &update, "break-glass", json!({"reason": ALONE})).await;
        assert_eq!(done.status, 200, "{}", done.text());
        let reached = done.json()["reach"]["organisations"].as_u64().unwrap();
        assert!(page.contains(&format!("It changes {reached} pages")), "{reached}: {page}");
        // Taken back, the same pages change again.
        let back = app.api(&author, "PUT", path, json!({"lines": {"phones": "down"}})).await.json();
        let done = decide(&app, &author, &update_of(&back), "break-glass", json!({"reason": ALONE})).await;
        assert!(done.json()["reach"]["organisations"].as_u64().unwrap() >= reached, "{}", done.text());
    }
}
