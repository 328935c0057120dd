//! What waited for a second person while something else was said.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::approval::Rules;
use signpost::domain::user::Role;

use crate::approvals::{decide, update_of};
use crate::harness::{Driver, TestApp};
use crate::staff::{Person, texts, values};

async fn by_the_rules(driver: Driver) -> TestApp {
    let mut app = TestApp::with_region(driver).await;
    app.desk = app.desk.clone().with_rules(Rules::default());
    app
}

async fn says_111(app: &mut TestApp) -> bool {
    let page = app.status("Z80005").await;
    page["lines"].as_array().unwrap().iter().any(|l| l["line"] == "nhs_111" && l["state"] == "changed")
}

/// Lines that were proposed before others were set do not wipe those out, by two people or by one.
#[tokio::test]
async fn old_lines_do_not_take_newer_ones_away_unseen() {
    for driver in Driver::BOTH {
        let mut app = by_the_rules(driver).await;
        let author = app.token("Y91", Role::Coordinator).await;
        let second = app.token("Y91", Role::Approver).await;
        let path = "/api/v1/organisations/Y91/lines";
        let set = async |app: &TestApp, lines: Value| {
            let set = app.api(&author, "PUT", path, json!({"lines": lines})).await.json();
            assert_eq!(set["publication"], "awaiting_approval", "{set}");
            update_of(&set)
        };
        let form = set(&app, json!({"online_form": "off"})).await;
        let booking = set(&app, json!({"booking": "urgent_only"})).await;
        app.advance(Duration::minutes(5));
        let words = json!({"nhs_111": {"state": "changed", "words": "NHS 111 by phone is slow today."}});
        let slow = set(&app, words.clone()).await;
        assert_eq!(decide(&app, &second, &slow, "approval", json!({})).await.status, 200);
        assert!(says_111(&mut app).await);
        app.advance(Duration::minutes(5));
        let late = decide(&app, &second, &form, "approval", json!({})).await;
        assert_eq!(late.status, 409, "{}", late.text());
        assert!(late.text().contains("Something newer was said"), "{}", late.text());
        let alone = json!({"reason": "Nobody is here."});
        let alone = decide(&app, &author, &booking, "break-glass", alone).await;
        assert_eq!(alone.status, 409, "{}", alone.text());
        assert!(says_111(&mut app).await);
        {
            let screen = Person::of(&app, "Y91", Role::Approver).await;
            let screen = screen.get(&format!("/desk/approvals/{form}")).await.text();
            assert!(screen.contains("Something newer was said"), "{screen}");
        }
        // Whoever changes it has looked at what stands now, and why it needs two is told anew.
        let both = json!({"lines": {"online_form": "off", "nhs_111": words["nhs_111"]}});
        let changed = app.api(&author, "PUT", &format!("/api/v1/updates/{form}"), both).await;
        assert_eq!(changed.status, 200, "{}", changed.text());
        assert!(changed.json()["reasons"].to_string().contains("national_line"), "{}", changed.text());
        let now = json!({"hash": changed.json()["hash"]});
        assert_eq!(decide(&app, &second, &form, "approval", now).await.status, 200);
        assert!(says_111(&mut app).await);
    }
}

/// One problem is one incident: the second of two that were proposed at once is not published as well.
#[tokio::test]
async fn the_same_problem_is_not_told_twice() {
    for driver in Driver::BOTH {
        let mut app = by_the_rules(driver).await;
        let author = app.token("Y91", Role::Coordinator).await;
        let other = app.token("Y91", Role::Coordinator).await;
        let second = app.token("Y91", Role::Approver).await;
        let body = json!({"system": "emis-web"});
        let first = app.api(&author, "POST", "/api/v1/incidents", body.clone()).await.json();
        let again = app.api(&other, "POST", "/api/v1/incidents", body.clone()).await.json();
        let preview = async |app: &TestApp| {
            let person = Person::of(app, "Y91", Role::Coordinator).await;
            let typed = [
                ("system", "emis-web"),
                ("lines.attend", "come_unless_contacted"),
                ("reach", "area"),
                ("scope", "Y91"),
            ];
            let page = person.post("/desk/post/preview", &typed).await;
            assert_eq!(page.status, 200, "{}", page.text());
            let href = format!("/desk/approvals/{}", update_of(&first));
            (texts(&page, "main").join(" "), values(&page, "main a", "href").contains(&href))
        };
        let (shown, leads) = preview(&app).await;
        assert!(shown.contains("It waits for a second person.") && leads, "{shown}");
        app.advance(Duration::minutes(1));
        assert_eq!(decide(&app, &second, &update_of(&first), "approval", json!({})).await.status, 200);
        app.advance(Duration::minutes(1));
        let twice = decide(&app, &second, &update_of(&again), "approval", json!({})).await;
        assert_eq!(twice.status, 409, "{}", twice.text());
        let why = "was reported for the same places at 8:01am. Refuse this, and add an update to that one.";
        assert!(twice.text().contains(why), "{}", twice.text());
        {
            let person = Person::of(&app, "Y91", Role::Approver).await;
            let page = person.get(&format!("/desk/approvals/{}", update_of(&again))).await;
            assert!(texts(&page, "main").join(" ").contains(why), "{}", page.text());
        }
        assert_eq!(app.status("Z80001").await["incidents"].as_array().unwrap().len(), 1);
        // Of a part of the region, of an exercise or of another system it is another matter.
        let part = json!({"system": "emis-web", "organisations": ["Z80001"]});
        assert_eq!(
            app.api(&author, "POST", "/api/v1/incidents", part).await.json()["publication"],
            "published"
        );
        // Whoever changes it after that has seen the other, and means it.
        let edited = app.api(&other, "PUT", &format!("/api/v1/updates/{}", update_of(&again)), body).await;
        assert_eq!(edited.status, 200, "{}", edited.text());
        let now = json!({"hash": edited.json()["hash"]});
        assert_eq!(decide(&app, &second, &update_of(&again), "approval", now).await.status, 200);
    }
}
