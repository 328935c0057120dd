//! Who approves planned work reads what is told at each step of it, to whom and at what cost.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::cost::Prices;
use signpost::domain::user::Role;
use signpost::workers::planner;

use crate::approvals::{decide, strict, update_of};
use crate::harness::{Driver, TestApp};
use crate::staff::{Person, texts};

/// Monday 22 July 2024, 10pm to Tuesday 2am in London.
const STARTS: &str = "2024-07-22T21:00:00Z";
const ENDS: &str = "2024-07-23T01:00:00Z";

async fn app(driver: Driver) -> TestApp {
    let mut app = strict(driver).await;
    app.desk = app.desk.clone().with_prices(Prices { sms_part: Some(10.0), whatsapp: None });
    app.subscribers(&[
        ("reader01@example.org", "email", "Z80001"),
        ("+447700900124", "sms", "Z80001"),
        ("+447700900125", "sms", "Z80002"),
    ])
    .await;
    app
}

fn regions(more: &Value) -> Value {
    let mut plan = json!({"title": "New phone system", "scope": "Y91", "lines": {"phones": "down"},
        "starts_at": STARTS, "ends_at": ENDS});
    plan.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    plan
}

#[tokio::test]
async fn each_step_is_read_before_any_of_it_is_told() {
    for driver in Driver::BOTH {
        let mut app = app(driver).await;
        let author = app.token("Y91", Role::Coordinator).await;
        let posted = app.api(&author, "POST", "/api/v1/planned", regions(&json!({}))).await.json();
        let id = update_of(&posted);
        let cookie = Person::of(&app, "Y91", Role::Approver).await.cookie;
        let screen = Person { app: &app, cookie: cookie.clone() }.get(&format!("/desk/approvals/{id}")).await;
        let steps = texts(&screen, "section.sp-story h3");
        assert_eq!(
            steps,
            [
                "Announced: at once",
                "Reminder: 10pm, Sunday 21 July 2024",
                "Begun: 10pm, Monday 22 July 2024",
                "Ended: 2am, Tuesday 23 July 2024"
            ]
        );
        let sections = texts(&screen, "section.sp-story");
        assert!(
            sections.iter().all(|s| s.contains("2 by text message") || s.contains("2 by")),
            "{sections:?}"
        );
        assert!(sections.iter().all(|s| s.contains("It costs about")), "{sections:?}");
        assert!(
            texts(&screen, "main").concat().contains("All these messages cost about"),
            "{}",
            screen.text()
        );
        let read = texts(&screen, "section.sp-story .sp-message");

        // What is told is what was read, word for word.
        let second = app.token("Y91", Role::Approver).await;
        assert_eq!(decide(&app, &second, &id, "approval", json!({})).await.status, 200);
        app.run_workers().await;
        for at in ["2024-07-21T21:00:00Z", STARTS, ENDS] {
            app.desk.clock.set(at.parse().unwrap());
            planner::step(&app.desk).await.unwrap();
            app.run_workers().await;
            app.advance(Duration::seconds(2));
            app.send_due().await;
        }
        let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let of_one: Vec<String> = app.captured().await.into_iter().map(|(_, text)| squeezed(&text)).collect();
        let read: Vec<String> = read.iter().map(|text| squeezed(text)).collect();
        let told = of_one.iter().filter(|text| read.contains(text)).count();
        assert!(told >= 8, "{told} of {of_one:#?} in {read:#?}");
        // It stays as it was seen.
        let kept = Person { app: &app, cookie }.get(&format!("/desk/approvals/{id}")).await;
        assert_eq!(texts(&kept, "section.sp-story h3"), steps);
    }
}

#[tokio::test]
async fn what_is_said_of_it_later_is_read_with_what_follows() {
    for driver in Driver::BOTH {
        let app = app(driver).await;
        let author = app.token("Y91", Role::Coordinator).await;
        let second = app.token("Y91", Role::Approver).await;
        let weekly = json!({"repeat": {"frequency": "weekly", "days": ["monday"]}, "remind_hours": 0});
        let posted = app.api(&author, "POST", "/api/v1/planned", regions(&weekly)).await;
        assert!(posted.status.is_success(), "{}", posted.text());
        let posted = posted.json();
        let person = Person::of(&app, "Y91", Role::Approver).await;
        let read = async |id: &str| person.get(&format!("/desk/approvals/{id}")).await;
        let screen = read(&update_of(&posted)).await;
        let steps = texts(&screen, "section.sp-story h3");
        assert_eq!(steps.len(), 3, "nobody is reminded: {steps:?}");
        assert!(texts(&screen, "main").concat().contains("Each later time costs that again"));
        assert_eq!(decide(&app, &second, &update_of(&posted), "approval", json!({})).await.status, 200);
        app.desk.clock.set("2024-07-22T22:00:00Z".parse().unwrap());
        planner::step(&app.desk).await.unwrap();
        let path = format!("/api/v1/planned/{}/extension", posted["id"].as_str().unwrap());
        let longer = json!({"ends_at": "2024-07-23T03:00:00Z"});
        let longer = app.api(&author, "POST", &path, longer).await.json();
        let screen = read(&update_of(&longer)).await;
        let steps = texts(&screen, "section.sp-story h3");
        assert_eq!(
            steps,
            ["Taking longer: at once", "Ended: 4am, Tuesday 23 July 2024"],
            "{}",
            screen.text()
        );
    }
}
