//! Lines that a body chooses for several places below it need two people, by
//! the incident's door as well.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::desk::import::File;
use signpost::domain::approval::Rules;
use signpost::domain::user::{Actor, Role};

use crate::approvals::{decide, update_of};
use crate::harness::{Driver, TestApp};
use crate::staff::{Person, texts};

#[tokio::test]
async fn a_board_switches_no_forms_off_with_one_person_by_declaring_an_incident() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.desk = app.desk.clone().with_rules(Rules::default());
        let systems = "ods_code,system\nZ80001,online-form\nZ80002,online-form\nZ80003,online-form\n";
        let file = File { name: "systems.csv".into(), bytes: systems.into() };
        app.desk.import_systems(&Actor::command_line(), &file).await.unwrap();
        let board = app.token("QZ8", Role::Coordinator).await;
        let second = app.token("QZ8", Role::Approver).await;
        let post = async |body: Value| app.api(&board, "POST", "/api/v1/incidents", body).await.json();
        let waits = |posted: &Value| posted["publication"] == "awaiting_approval";

        let off = post(json!({"system": "online-form"})).await;
        assert!(waits(&off), "{off}");
        let all = app.api(&second, "GET", "/api/v1/approvals", Value::Null).await.json();
        assert_eq!(all["approvals"][0]["reasons"], json!(["lines_below"]));
        assert_eq!(decide(&app, &second, &update_of(&off), "approval", json!({})).await.status, 200);
        // What stands is not chosen again, and less is no choice.
        let path = format!("/api/v1/incidents/{}/updates", off["id"].as_str().unwrap());
        let again = json!({"lines": {"online_form": "off"}, "message": "Until 6pm."});
        assert!(!waits(&app.api(&board, "POST", &path, again).await.json()));
        let more = json!({"lines": {"phones": "down"}});
        assert!(waits(&app.api(&board, "POST", &path, more).await.json()));

        // A system that fails, with what follows from it, is one person's; so is what is
        // wrong at places that are named.
        assert!(!waits(&post(json!({"system": "emis-web"})).await));
        assert!(!waits(&post(json!({"system": "emis-web", "lines": {"attend": "do_not_come"}})).await));
        let named =
            json!({"title": "Flood", "organisations": ["Z80001", "Z80002"], "lines": {"phones": "down"}});
        assert!(!waits(&post(named).await));
        // For all of an area it is a decision over them.
        let all = |lines: Value| json!({"title": "Too few staff", "scope": "QZ8", "lines": lines});
        assert!(waits(&post(all(json!({"test_results": "paused"}))).await));
        assert!(!waits(&post(all(json!({"attend": "come_unless_contacted"}))).await));
        // Planned work is no way round.
        let (starts, ends) = (app.now() + Duration::hours(1), app.now() + Duration::hours(9));
        let plan =
            json!({"title": "Forms off", "system": "online-form", "starts_at": starts, "ends_at": ends});
        let planned = app.api(&board, "POST", "/api/v1/planned", plan).await.json();
        assert!(waits(&planned), "{planned}");
    }
}

#[tokio::test]
async fn a_trusts_hospitals_are_its_own() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    app.desk = app.desk.clone().with_rules(Rules::default());
    let trust = app.token("RZ5", Role::Coordinator).await;
    let body = json!({"title": "Flood", "scope": "RZ5", "lines": {"outpatients": "cancelled"}});
    let posted = app.api(&trust, "POST", "/api/v1/incidents", body).await.json();
    assert_eq!(posted["publication"], "published", "{posted}");
}

/// The approver reads what each kind of place and each account will say.
#[tokio::test]
async fn the_second_person_sees_the_words_of_every_kind_of_place_and_of_accounts() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    app.desk = app.desk.clone().with_rules(Rules::default());
    let region = app.token("Y91", Role::Administrator).await;
    let account = json!({"base_url": "https://social.example.org", "access_token": "secret"});
    let set = app.api(&region, "PUT", "/api/v1/organisations/Y91/channels/mastodon", account).await;
    assert!(set.status.is_success(), "{}", set.text());
    let second = Person::of(&app, "Y91", Role::Approver).await;
    let look = async |body: Value| {
        let posted = app.api(&region, "POST", "/api/v1/incidents", body).await.json();
        second.get(&format!("/desk/approvals/{}", update_of(&posted))).await
    };
    let page = look(json!({"title": "Flood", "scope": "Y91", "lines": {"phones": "down"}})).await;
    let said = texts(&page, ".sp-said").join("\n");
    assert!(said.contains("GP surgery, ") && said.contains("Pharmacy, "), "{said}");
    assert!(texts(&page, "h3").contains(&"Mastodon".to_owned()), "{}", page.text());
    // Nobody is reached, and the account posts all the same.
    let nobody = look(json!({"title": "A problem", "system": "gp-order", "scope": "Y91"})).await;
    assert!(texts(&nobody, "h3").contains(&"Mastodon".to_owned()), "{}", nobody.text());
}
