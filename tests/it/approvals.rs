//! What needs two people: who may, in races too, bound to what was seen; and
//! what one person may publish alone in an emergency.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::approval::Rules;
use signpost::domain::cost::Prices;
use signpost::domain::user::Role;

use crate::harness::{Answer, Driver, TestApp};
use crate::staff::{Person, texts, values};

/// Two people may be told by one person, and pages of a region by two.
const TIGHT: Rules = Rules { people: 2, organisations: 100, region_wide: true, lines_below: true };

pub async fn strict(driver: Driver) -> TestApp {
    let mut app = TestApp::with_region(driver).await;
    app.desk = app.desk.clone().with_rules(TIGHT);
    app
}

pub fn update_of(posted: &Value) -> String {
    posted["update"]["id"].as_str().unwrap().to_owned()
}

pub async fn decide(app: &TestApp, token: &str, update: &str, verb: &str, body: Value) -> Answer {
    app.api(token, "POST", &format!("/api/v1/updates/{update}/{verb}"), body).await
}

async fn titles(app: &mut TestApp, place: &str) -> Vec<String> {
    let page = app.status(place).await;
    let all = page["incidents"].as_array().unwrap().iter();
    all.map(|i| i["title"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_region_wide_post_waits_for_somebody_who_did_not_write_it() {
    for driver in Driver::BOTH {
        let mut app = strict(driver).await;
        app.subscribers(&[("reader01@example.org", "email", "Z80001")]).await;
        let author = app.token("X24", Role::Administrator).await;
        let second = app.token("X24", Role::Approver).await;
        let body = json!({"system": "emis-web", "title": "EMIS Web is down"});
        let posted = app.api(&author, "POST", "/api/v1/incidents", body).await;
        assert_eq!(posted.status, 201, "{}", posted.text());
        let posted = posted.json();
        assert_eq!(posted["publication"], "awaiting_approval");
        let update = update_of(&posted);
        app.run_workers().await;
        assert_eq!(titles(&mut app, "Z80001").await, Vec::<String>::new(), "nothing is said yet");
        assert_eq!(app.captured().await, [], "and nobody is told");
        let board = app.api(&author, "GET", "/api/v1/board", Value::Null).await.json();
        assert_eq!(board["approvals_waiting"], 1);

        // Its author, a publisher and somebody from elsewhere may not.
        assert_eq!(decide(&app, &author, &update, "approval", json!({})).await.status, 403);
        let publisher = app.token("X24", Role::Publisher).await;
        assert_eq!(decide(&app, &publisher, &update, "approval", json!({})).await.status, 403);
        let stranger = app.token("Z80001", Role::Administrator).await;
        assert_eq!(decide(&app, &stranger, &update, "approval", json!({})).await.status, 404);

        let done = decide(&app, &second, &update, "approval", json!({})).await;
        assert_eq!(done.status, 200, "{}", done.text());
        assert_eq!(done.json()["publication"], "published");
        assert_eq!(done.json()["id"], posted["id"], "the id that the author was given");
        assert_eq!(titles(&mut app, "Z80001").await, ["EMIS Web is down"]);
        app.run_workers().await;
        app.advance(Duration::seconds(2));
        app.send_due().await;
        assert_eq!(app.captured().await.len(), 1);
        assert_eq!(decide(&app, &second, &update, "approval", json!({})).await.status, 409, "once");
        let board = app.api(&author, "GET", "/api/v1/board", Value::Null).await.json();
        assert_eq!(board["approvals_waiting"], 0);
        let mut tx = app.desk.db.read().await.unwrap();
        assert!(signpost::store::audit::verify(&mut tx).await.unwrap().is_ok());
    }
}

#[tokio::test]
async fn an_approval_is_bound_to_what_was_seen_and_an_editor_cannot_give_it() {
    for driver in Driver::BOTH {
        let mut app = strict(driver).await;
        let author = app.token("X24", Role::Administrator).await;
        let (editor, third) =
            (app.token("X24", Role::Approver).await, app.token("X24", Role::Approver).await);
        let body = json!({"system": "emis-web", "message": "Come as usual."});
        let update = update_of(&app.api(&author, "POST", "/api/v1/incidents", body).await.json());
        let hash = |list: Value| list["approvals"][0]["hash"].as_str().unwrap().to_owned();
        let seen = hash(app.api(&third, "GET", "/api/v1/approvals", Value::Null).await.json());

        app.advance(Duration::seconds(1));
        let other = json!({"system": "emis-web", "message": "Do not come."});
        let edited = app.api(&editor, "PUT", &format!("/api/v1/updates/{update}"), other).await;
        assert_eq!(edited.status, 200, "{}", edited.text());
        assert_ne!(edited.json()["hash"], json!(seen));
        let stale = decide(&app, &third, &update, "approval", json!({"hash": seen})).await;
        assert_eq!(stale.status, 409, "it is not what they saw");
        let unseen = decide(&app, &third, &update, "approval", json!({})).await;
        assert_eq!(unseen.status, 409, "nobody knows what they saw");
        assert_eq!(decide(&app, &editor, &update, "approval", json!({})).await.status, 403, "who edited it");
        assert_eq!(decide(&app, &author, &update, "approval", json!({})).await.status, 403, "who wrote it");

        let now = hash(app.api(&third, "GET", "/api/v1/approvals", Value::Null).await.json());
        assert_eq!(decide(&app, &third, &update, "approval", json!({"hash": now})).await.status, 200);
        let page = app.status("Z80001").await;
        assert_eq!(page["incidents"][0]["updates"][0]["text"], "Do not come.");
        let path = format!("/api/v1/updates/{update}");
        assert_eq!(app.api(&editor, "PUT", &path, json!({"system": "emis-web"})).await.status, 409);
    }
}

#[tokio::test]
async fn of_many_who_press_at_once_one_decides() {
    for driver in Driver::BOTH {
        let app = strict(driver).await;
        let author = app.token("X24", Role::Administrator).await;
        let body = json!({"system": "emis-web"});
        let update = update_of(&app.api(&author, "POST", "/api/v1/incidents", body).await.json());
        let mut tokens = Vec::new();
        for _ in 0..6 {
            tokens.push(app.token("X24", Role::Approver).await);
        }
        tokens.push(author);
        let all = tokens.iter().map(|t| decide(&app, t, &update, "approval", json!({})));
        let answers = futures_util::future::join_all(all).await;
        let mut statuses: Vec<u16> = answers.iter().map(|a| a.status.as_u16()).collect();
        assert!([403, 409].contains(&statuses.pop().unwrap()), "its author least of all");
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409, 409, 409, 409, 409]);
    }
}

#[tokio::test]
async fn nobody_changes_111_or_999_alone_by_any_door() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let author = app.token("X24", Role::Administrator).await;
        let second = app.token("X24", Role::Approver).await;
        let changed = json!({"nhs_111": {"state": "changed", "words": "Use 111 online."}});
        let line = |page: &Value| {
            let lines = page["lines"].as_array().unwrap().iter();
            lines.clone().any(|l| l["line"] == "nhs_111" && l["state"] == "changed")
        };
        // As local facts of a region.
        let sent = json!({"lines": changed});
        let set = app.api(&author, "PUT", "/api/v1/organisations/Y91/lines", sent).await.json();
        assert_eq!(set["publication"], "awaiting_approval");
        assert!(!line(&app.status("Z80001").await));
        assert_eq!(decide(&app, &author, &update_of(&set), "approval", json!({})).await.status, 403);
        assert_eq!(decide(&app, &second, &update_of(&set), "approval", json!({})).await.status, 200);
        assert!(line(&app.status("Z80001").await));
        // And to take it back is a change as well.
        let back =
            app.api(&author, "PUT", "/api/v1/organisations/Y91/lines", json!({"lines": {}})).await.json();
        assert_eq!(back["publication"], "awaiting_approval");
        assert!(line(&app.status("Z80001").await));
        // As an incident and as an update.
        let one = json!({"organisations": ["Z80002"], "title": "111 is slow"});
        let posted = app.api(&author, "POST", "/api/v1/incidents", one).await.json();
        assert_eq!(posted["publication"], "published");
        let path = format!("/api/v1/incidents/{}/updates", posted["id"].as_str().unwrap());
        let more = app.api(&author, "POST", &path, json!({"lines": changed})).await.json();
        assert_eq!(more["publication"], "awaiting_approval");
        // By a screen.
        let person = Person::of(&app, "X24", Role::Administrator).await;
        let page = person.get(&format!("/desk/approvals/{}", update_of(&more))).await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains("Use 111 online."), "the words are there to be read");
        let listed = person.get("/desk/approvals").await;
        assert!(listed.text().contains("Update: 111 is slow"), "{}", listed.text());
        // Built-in words or none: these cannot be published alone.
        let reason = json!({"reason": "Nobody is here."});
        assert_eq!(decide(&app, &author, &update_of(&more), "break-glass", reason).await.status, 409);
    }
}

/// A post to a whole region reaches pharmacies and hospitals too, which have no online
/// form: what is shown of it is what pages say that have one.
#[tokio::test]
async fn a_line_is_shown_as_pages_say_it_that_have_it() {
    for driver in Driver::BOTH {
        let app = strict(driver).await;
        let author = app.token("Y91", Role::Coordinator).await;
        let lines = json!({"online_form": "off", "test_results": "paused", "radiotherapy": "delayed"});
        let post = json!({"title": "Too few staff", "scope": "Y91", "lines": lines});
        let posted = app.api(&author, "POST", "/api/v1/incidents", post).await.json();
        assert_eq!(posted["publication"], "awaiting_approval", "{posted}");
        let screen = Person::of(&app, "Y91", Role::Approver).await;
        let page = screen.get(&format!("/desk/approvals/{}", update_of(&posted))).await;
        let rows = texts(&page, "table tbody tr");
        assert_eq!(rows.len(), 3, "{rows:?}");
        assert!(rows.iter().all(|row| !row.contains("It stays")), "{rows:?}");
        let row = |line: &str| rows.iter().find(|r| r.starts_with(line)).cloned().unwrap_or_default();
        assert!(row("Online").ends_with("Off"), "{rows:?}");
        assert!(row("Radiotherapy").contains("Delays"), "{rows:?}");
    }
}

/// What is shown as "then" is what the page will say, whatever else is said there.
#[tokio::test]
async fn an_approver_sees_what_the_page_will_say_and_not_only_what_the_post_says() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let author = app.token("Y91", Role::Coordinator).await;
        let emis = json!({"system": "emis-web", "lines": {"attend": "come_unless_contacted"}});
        assert_eq!(app.api(&author, "POST", "/api/v1/incidents", emis).await.status, 201);
        app.desk = app.desk.clone().with_rules(TIGHT);
        let slow = json!({"title": "111 is slow", "organisations": ["Z80001"], "lines": {
            "attend": "come", "phones": "limited",
            "nhs_111": {"state": "changed", "words": "Use 111 online."}}});
        let posted = app.api(&author, "POST", "/api/v1/incidents", slow).await.json();
        assert_eq!(posted["publication"], "awaiting_approval", "{posted}");
        let second = app.token("Y91", Role::Approver).await;
        {
            let screen = Person::of(&app, "Y91", Role::Approver).await;
            let page = screen.get(&format!("/desk/approvals/{}", update_of(&posted))).await;
            let rows = texts(&page, "table tbody tr");
            let row = |line: &str| rows.iter().find(|r| r.starts_with(line)).cloned().unwrap_or_default();
            assert!(row("Appointments").contains("It stays, because of something else"), "{rows:?}");
            assert!(!row("Appointments").contains("Come as usual"), "{rows:?}");
            assert!(row("NHS 111").contains("Use 111 online."), "{rows:?}");
            assert!(!row("Phone").contains("It stays"), "{rows:?}");
        }
        assert_eq!(decide(&app, &second, &update_of(&posted), "approval", json!({})).await.status, 200);
        let page = app.status("Z80001").await;
        let attend = page["lines"].as_array().unwrap().iter().find(|l| l["line"] == "attend").cloned();
        assert_eq!(attend.unwrap()["state"], "come_unless_contacted");
    }
}

/// An end lifts what was said, whether or not it names that.
#[tokio::test]
async fn an_approver_of_an_end_sees_every_line_that_it_lifts() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let author = app.token("Y91", Role::Coordinator).await;
        let emis =
            json!({"system": "emis-web", "lines": {"attend": "come_unless_contacted", "phones": "down"}});
        let posted = app.api(&author, "POST", "/api/v1/incidents", emis).await.json();
        app.desk = app.desk.clone().with_rules(TIGHT);
        let path = format!("/api/v1/incidents/{}/updates", posted["id"].as_str().unwrap());
        let over = json!({"state": "resolved", "message": "The supplier has put it right."});
        let ended = app.api(&author, "POST", &path, over).await.json();
        assert_eq!(ended["publication"], "awaiting_approval", "{ended}");
        let screen = Person::of(&app, "Y91", Role::Approver).await;
        let page = screen.get(&format!("/desk/approvals/{}", update_of(&ended))).await;
        let rows = texts(&page, "table tbody tr");
        let has = |line: &str| rows.iter().any(|row| row.starts_with(line));
        assert!(has("Appointments") && has("Phone"), "{rows:?}");
        assert!(!page.text().contains("No line changes"), "{}", page.text());
    }
}

#[tokio::test]
async fn a_page_changes_at_once_and_very_many_messages_wait() {
    for driver in Driver::BOTH {
        let mut app = strict(driver).await;
        app.subscribers(&[
            ("reader01@example.org", "email", "Z80001"),
            ("reader02@example.org", "email", "Z80001"),
            ("reader03@example.org", "email", "Z80001"),
        ])
        .await;
        let author = app.token("Z80001", Role::Publisher).await;
        let second = app.token("Z80001", Role::Approver).await;
        let body =
            json!({"title": "The phones are down", "organisations": ["Z80001"], "lines": {"phones": "down"}});
        let posted = app.api(&author, "POST", "/api/v1/incidents", body).await.json();
        assert_eq!(
            (&posted["publication"], &posted["messages"]),
            (&json!("published"), &json!("awaiting_approval"))
        );
        assert_eq!(titles(&mut app, "Z80001").await, ["The phones are down"], "the page is one person's");
        app.run_workers().await;
        app.advance(Duration::hours(1));
        app.send_due().await;
        assert_eq!(app.captured().await, []);
        {
            let screen = Person::of(&app, "Z80001", Role::Approver).await;
            let page = screen.get(&format!("/desk/approvals/{}", update_of(&posted))).await;
            assert!(page.text().contains("were asked at once"), "{}", page.text());
        }
        assert_eq!(decide(&app, &author, &update_of(&posted), "approval", json!({})).await.status, 403);
        assert_eq!(decide(&app, &second, &update_of(&posted), "approval", json!({})).await.status, 200);
        app.run_workers().await;
        app.advance(Duration::seconds(2));
        app.send_due().await;
        assert_eq!(app.captured().await.len(), 3);
        // A newer update takes the place of messages that still wait.
        let path = format!("/api/v1/incidents/{}/updates", posted["id"].as_str().unwrap());
        let older = app.api(&author, "POST", &path, json!({"message": "Still down."})).await.json();
        app.api(&author, "POST", &path, json!({"message": "Nearly back."})).await;
        assert_eq!(decide(&app, &second, &update_of(&older), "approval", json!({})).await.status, 409);
    }
}

#[tokio::test]
async fn one_person_alone_publishes_built_in_words_and_is_looked_at_within_the_hour() {
    for driver in Driver::BOTH {
        let mut app = strict(driver).await;
        let author = app.token("X24", Role::Coordinator).await;
        let update = update_of(
            &app.api(&author, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await.json(),
        );
        let silent = decide(&app, &author, &update, "break-glass", json!({"reason": " "})).await;
        assert_eq!(silent.status, 422, "they have to say why");
        let approver = app.token("X24", Role::Approver).await;
        let reason = json!({"reason": "Nobody else can be reached."});
        assert_eq!(decide(&app, &approver, &update, "break-glass", reason.clone()).await.status, 403);
        assert_eq!(decide(&app, &author, &update, "break-glass", reason).await.status, 200);
        assert_eq!(titles(&mut app, "Z80001").await, ["EMIS Web is not working"]);
        let app = app;

        let person = Person::of(&app, "X24", Role::Administrator).await;
        assert!(person.get("/desk").await.text().contains("One person published something alone"));
        // Whoever answers for the place is told by email as well.
        app.call().await;
        let alarms = crate::calls::said(&app).await;
        assert_eq!(alarms.len(), 1);
        assert!(alarms[0].1.contains("Look at it within the hour: "), "{}", alarms[0].1);
        let list = person.get("/desk/approvals").await;
        assert!(list.text().contains("Somebody else has to look at it by 9am"), "{}", list.text());
        app.advance(Duration::minutes(61));
        assert!(person.get("/desk/approvals").await.text().contains("Nobody has."));
        // They are told again, once an hour, until somebody has.
        app.call().await;
        assert_eq!(app.call().await, 0);
        let said = crate::calls::said(&app).await;
        assert_eq!(said.iter().filter(|call| call.1.contains("Look at it now: ")).count(), 1);
        assert_eq!(decide(&app, &author, &update, "review", json!({})).await.status, 403);
        assert_eq!(decide(&app, &approver, &update, "review", json!({})).await.status, 200);
        assert_eq!(decide(&app, &approver, &update, "review", json!({})).await.status, 409);
        assert!(!person.get("/desk").await.text().contains("One person published something alone"));
        app.advance(Duration::minutes(61));
        app.call().await;
        let said = crate::calls::said(&app).await;
        assert_eq!(said.iter().filter(|call| call.1.contains("Look at it now: ")).count(), 1);
    }
}

#[tokio::test]
async fn the_second_person_sees_words_reach_and_difference_and_decides_on_a_screen() {
    for driver in Driver::BOTH {
        let mut app = strict(driver).await;
        app.desk = app.desk.clone().with_prices(Prices { sms_part: Some(3.0), whatsapp: None });
        app.subscribers(&[("+447700900201", "sms", "Z80001")]).await;
        let token = app.token("X24", Role::Viewer).await;
        let author = Person::of(&app, "Y91", Role::Coordinator).await;
        let questions = [
            ("system", "emis-web"),
            ("lines.attend", "come_unless_contacted"),
            ("lines.phones", "down"),
            ("reach", "area"),
            ("scope", "Y91"),
            ("next_update", "2h"),
            ("message", "Please bear with us."),
        ];
        let posted = author.post("/desk/post", &questions).await;
        assert_eq!(posted.status, 303, "{}", posted.text());
        let done = author.get(posted.header("location")).await;
        let at = done.header("location").to_owned();
        assert!(at.starts_with("/desk/approvals/"), "{at}");
        let own = author.get(&at).await;
        assert!(own.text().contains("Somebody else has to approve it."));
        assert!(!own.text().contains("Approve and publish now"));

        let second = Person::of(&app, "X24", Role::Approver).await;
        let page = second.get(&at).await;
        assert!(page.text().contains("Please bear with us."));
        assert!(page.text().contains("<strong>1</strong> by text message"), "{}", page.text());
        assert!(page.text().contains("These messages cost about 3p."), "{}", page.text());
        let cells = texts(&page, "tbody tr");
        assert!(
            cells.iter().any(|c| c.to_lowercase().contains("phone") && c.contains("As usual")),
            "{cells:?}"
        );
        let hash = values(&page, "input[name=hash]", "value")[0].clone();
        let approved = second.post(&format!("{at}/approve"), &[("hash", hash.as_str())]).await;
        assert_eq!(approved.status, 303, "{}", approved.text());
        let open = app.api(&token, "GET", "/api/v1/incidents", Value::Null).await.json();
        assert_eq!(open["incidents"][0]["title"], "EMIS Web is not working");

        // Refused with a reason, or taken back by its author.
        let posted = author.post("/desk/post", &questions).await;
        let at = author.get(posted.header("location")).await.header("location").to_owned();
        let mistake = second.post(&format!("{at}/refuse"), &[("reason", "")]).await;
        assert_eq!(mistake.status, 422);
        assert!(mistake.text().contains("Say why, in a few words."));
        assert_eq!(
            second.post(&format!("{at}/refuse"), &[("reason", "It says too much.")]).await.status,
            303
        );
        let refused = author.get(&at).await;
        assert!(refused.text().contains("It says too much."));
        let open = app.api(&token, "GET", "/api/v1/incidents", Value::Null).await.json();
        assert_eq!(open["incidents"].as_array().unwrap().len(), 1);
    }
}
