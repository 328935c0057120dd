//! Command centres: who may make one, what its people may do and for how long,
//! and whom an incident of one reaches. On both databases.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::approval::Rules;
use signpost::domain::user::{Actor, Role};
use signpost::page::snapshot;

use crate::harness::{Driver, TestApp, code};
use crate::staff::{Person, texts};

/// A centre of two boards in two regions: the first leads, the second agrees.
struct Two {
    app: TestApp,
    lead: String,
    other: String,
    /// A token of a surgery, which acts for the centre as a publisher.
    acts: String,
    id: String,
}

async fn token(app: &TestApp, organisation: &str, role: Role, name: &str) -> String {
    let who = Actor::command_line();
    app.desk.create_token(&who, &code(organisation), role, name).await.unwrap()
}

async fn two(driver: Driver) -> Two {
    let app = TestApp::with_region(driver).await;
    let lead = token(&app, "QZ9", Role::Coordinator, "the lead").await;
    let other = token(&app, "Z1Q9Z", Role::Coordinator, "the other").await;
    let acts = token(&app, "Z80001", Role::Viewer, "control room").await;
    let body = json!({"name": "North Coast Incident Centre", "members": ["QZ9", "Z1Q9Z"],
        "last_day": "2024-07-20", "people": [{"token": "control room", "role": "publisher"}]});
    let made = app.api(&lead, "POST", "/api/v1/centres", body).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let made = made.json();
    let states: Vec<_> = made["members"].as_array().unwrap().iter().map(|m| m["state"].clone()).collect();
    assert_eq!(states, ["agreed", "asked"]);
    Two { lead, other, acts, id: made["id"].as_str().unwrap().to_owned(), app }
}

impl Two {
    async fn agree(&self, answer: &str) {
        let path = format!("/api/v1/centres/{}/members/Z1Q9Z", self.id);
        let said = self.app.api(&self.other, "PUT", &path, json!({"answer": answer})).await;
        assert_eq!(said.status, 200, "{}", said.text());
    }

    async fn status(&self, path: &str) -> u16 {
        self.app.api(&self.acts, "GET", path, Value::Null).await.status.as_u16()
    }

    async fn declare(&self) -> Value {
        let body = json!({"system": "emis-web", "scope": self.id, "lines": {"phones": "down"}});
        let posted = self.app.api(&self.acts, "POST", "/api/v1/incidents", body).await;
        assert_eq!(posted.status, 201, "{}", posted.text());
        posted.json()
    }
}

/// Who says that the phones are down on a page; nobody, if nobody does.
async fn said_by(app: &mut TestApp, place: &str) -> Value {
    let page = app.status(place).await;
    let lines = page["lines"].as_array().unwrap();
    lines.iter().find(|l| l["line"] == "phones").map_or(Value::Null, |l| l["said_by"].clone())
}

#[tokio::test]
async fn its_people_see_and_post_for_its_members_until_its_last_day_and_no_minute_longer() {
    for driver in Driver::BOTH {
        let mut two = two(driver).await;
        let board = format!("/api/v1/board?centre={}", two.id);
        assert_eq!(two.status("/api/v1/organisations/Z80003").await, 200, "below the lead, who is in");
        assert_eq!(two.status("/api/v1/organisations/Z80004").await, 404, "its board has not agreed");
        two.agree("agree").await;
        assert_eq!(two.status("/api/v1/organisations/Z80004").await, 200);
        assert_eq!(two.status("/api/v1/organisations/Z80002").await, 404, "of no member");
        // Accounts and people stay their owners'.
        let path = "/api/v1/organisations/QZ9/channels/slack";
        assert_eq!(
            two.app.api(&two.acts, "PUT", path, json!({"url": "https://hooks.example/2"})).await.status,
            403
        );

        let posted = two.declare().await;
        let id = posted["id"].as_str().unwrap().to_owned();
        let seen = two.app.api(&two.acts, "GET", &board, Value::Null).await.json();
        assert_eq!(seen["centre"]["name"], "North Coast Incident Centre");
        assert_eq!(seen["incidents"][0]["id"], id.as_str());
        let children: Vec<_> =
            seen["children"].as_array().unwrap().iter().map(|c| c["code"].clone()).collect();
        assert_eq!(children, ["QZ9", "Z1Q9Z"]);
        let name = json!({"code": two.id, "name": "North Coast Incident Centre"});
        assert_eq!(said_by(&mut two.app, "Z80003").await, name);
        assert_eq!(said_by(&mut two.app, "Z80004").await, name);
        assert_eq!(said_by(&mut two.app, "Z80001").await, Value::Null, "a viewer's surgery is no member");
        let page = two.app.get("/Z80004").await;
        assert!(page.text().contains("North Coast Incident Centre"), "{}", page.text());
        let page = two.app.get(&format!("/{}", two.id)).await;
        assert_eq!(page.status, 200, "who speaks has a page");

        // The lead's own people have no say over the other board's pages.
        let update = format!("/api/v1/incidents/{id}/updates");
        let lead = two.app.api(&two.lead, "POST", &update, json!({"state": "limited"})).await;
        assert_eq!(lead.status, 404);
        let own = two.app.api(&two.acts, "POST", &update, json!({"state": "limited"})).await;
        assert_eq!(own.status, 201, "{}", own.text());
        // The record is the centre's.
        let decided = json!({"decision": "Use paper", "reason": "No records", "incident": id});
        let decided = two.app.api(&two.acts, "POST", "/api/v1/log", decided).await;
        assert_eq!((decided.status.as_u16(), &decided.json()["organisation"]), (201, &json!(two.id)));
        let report =
            two.app.api(&two.acts, "POST", &format!("/api/v1/incidents/{id}/reports"), json!({})).await;
        assert_eq!((report.status.as_u16(), &report.json()["organisation"]), (201, &json!(two.id)));
        let counter = json!({"name": "Phones", "unit": "phones", "total": 10});
        let counter =
            two.app.api(&two.acts, "POST", &format!("/api/v1/incidents/{id}/counters"), counter).await;
        assert_eq!((counter.status.as_u16(), &counter.json()["organisation"]), (201, &json!(two.id)));

        // Planned work is said in its name as well.
        let plan = json!({"title": "New phone system", "scope": two.id, "lines": {"phones": "down"},
            "starts_at": "2024-07-20T01:00:00Z", "ends_at": "2024-07-20T02:00:00Z"});
        let planned = two.app.api(&two.acts, "POST", "/api/v1/planned", plan).await.json();
        let path = format!("/api/v1/planned/{}", planned["id"].as_str().unwrap());
        let plan = two.app.api(&two.other, "GET", &path, Value::Null).await.json();
        assert_eq!(plan["planned_by"], two.id.as_str());
        let called_off = two.app.api(&two.acts, "POST", &format!("{path}/cancellation"), json!({})).await;
        assert_eq!(called_off.status, 201, "{}", called_off.text());

        // 20 July ends at 11pm UTC: it is summer in London.
        let last = "2024-07-20T22:59:59Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap();
        two.app.advance(last - two.app.now());
        assert_eq!(two.status(&board).await, 200);
        two.app.advance(Duration::seconds(1));
        assert_eq!(two.status(&board).await, 403);
        assert_eq!(two.status("/api/v1/organisations/Z80004").await, 404);
        let late = two.app.api(&two.acts, "POST", &update, json!({"state": "monitoring"})).await;
        assert_eq!(late.status, 404);
        // What it said lapses as everything does, and is never quietly gone.
        assert_eq!(two.app.status("Z80004").await["freshness"], "expired");
    }
}

#[tokio::test]
async fn nobody_gets_a_say_over_others_without_their_word() {
    for driver in Driver::BOTH {
        let two = two(driver).await;
        let path = format!("/api/v1/centres/{}", two.id);
        let change = |members: Value, last: &str| {
            json!({"name": "North Coast Incident Centre", "members": members, "last_day": last,
                "people": [{"token": "control room", "role": "publisher"}]})
        };
        let put =
            async |token: &str, body: Value| two.app.api(token, "PUT", &path, body).await.status.as_u16();
        // Its own people cannot make their time longer, nor its members.
        assert_eq!(put(&two.acts, change(json!(["QZ9"]), "2024-12-31")).await, 403);
        two.agree("agree").await;
        assert_eq!(put(&two.other, change(json!(["QZ9"]), "2024-12-31")).await, 403);
        // Others do not even know of it.
        let stranger = token(&two.app, "RZ5", Role::Administrator, "stranger").await;
        assert_eq!(put(&stranger, change(json!(["QZ9"]), "2024-12-31")).await, 404);
        // Nor may a publisher make one, or somebody give more than there is.
        let publisher = token(&two.app, "QZ9", Role::Publisher, "publisher").await;
        let body = json!({"name": "Another", "members": ["QZ9"]});
        assert_eq!(two.app.api(&publisher, "POST", "/api/v1/centres", body).await.status, 403);
        let bad = json!({"name": " ", "members": ["NOPE1", two.id], "first_day": "2024-07-19",
            "last_day": "2024-07-18", "people": [{"token": "nobody", "role": "administrator"}, {"role": "viewer"}]});
        let refused = two.app.api(&two.lead, "POST", "/api/v1/centres", bad).await;
        let text = refused.text();
        assert_eq!(refused.status, 422, "{text}");
        let bad = json!({"name": " ", "members": ["NOPE1", two.id], "first_day": "2024-07-19",
            "last_day": "2024-07-18", "people": [{"token": "nobody", "role": "administrator"}]});
        let refused = two.app.api(&two.lead, "POST", "/api/v1/centres", bad).await.json();
        let mut at: Vec<_> =
            refused["errors"].as_array().unwrap().iter().map(|e| e["pointer"].as_str().unwrap()).collect();
        at.sort_unstable();
        assert_eq!(at, ["/last_day", "/members/0", "/members/1", "/name", "/people/0", "/people/0/role"]);

        // Who leaves is not reached any more, from that moment on.
        let mut two = two;
        let posted = two.declare().await;
        assert!(said_by(&mut two.app, "Z80004").await.is_object());
        let before = two.app.now();
        two.app.advance(Duration::minutes(5));
        two.agree("decline").await;
        two.app.advance(Duration::minutes(1));
        assert_eq!(said_by(&mut two.app, "Z80004").await, Value::Null);
        assert!(said_by(&mut two.app, "Z80003").await.is_object());
        // What its page said before is still known.
        let who = Actor::command_line();
        let then = two.app.desk.page_at(&who, &code("Z80004"), before).await.unwrap();
        assert_eq!(then.facts.incidents.len(), 1);
        let now = two.app.desk.page_at(&who, &code("Z80004"), two.app.now()).await.unwrap();
        assert_eq!(now.facts.incidents.len(), 0);

        // It cannot end while its incident goes on.
        let end = format!("{path}/end");
        assert_eq!(two.app.api(&two.lead, "POST", &end, json!({})).await.status, 409);
        let over = format!("/api/v1/incidents/{}/updates", posted["id"].as_str().unwrap());
        let over = two.app.api(&two.acts, "POST", &over, json!({"state": "resolved"})).await;
        assert_eq!(over.status, 201, "{}", over.text());
        let ended = two.app.api(&two.lead, "POST", &end, json!({})).await;
        assert_eq!((ended.status.as_u16(), &ended.json()["state"]), (200, &json!("ended")));
        assert_eq!(two.status("/api/v1/organisations/Z80003").await, 404);
        let mut tx = two.app.desk.db.read().await.unwrap();
        assert!(signpost::store::audit::verify(&mut tx).await.unwrap().is_ok());
    }
}

#[tokio::test]
async fn what_needs_two_people_needs_two_in_a_centre() {
    let two = two(Driver::Sqlite).await;
    two.agree("agree").await;
    let mut app = two.app;
    app.desk = app.desk.clone().with_rules(Rules {
        people: 1000,
        organisations: 5,
        region_wide: true,
        lines_below: true,
    });
    let body = json!({"system": "emis-web", "scope": two.id});
    let posted = app.api(&two.acts, "POST", "/api/v1/incidents", body).await.json();
    assert_eq!(posted["publication"], "awaiting_approval");
    let update = posted["update"]["id"].as_str().unwrap();
    let approve = format!("/api/v1/updates/{update}/approval");
    assert_eq!(app.api(&two.lead, "POST", &approve, json!({})).await.status, 404, "not for the others");
    token(&app, "RZ5", Role::Viewer, "second").await;
    let path = format!("/api/v1/centres/{}", two.id);
    let second = token(&app, "RZ6", Role::Viewer, "another second").await;
    let body = json!({"name": "North Coast Incident Centre", "members": ["QZ9", "Z1Q9Z"],
        "people": [{"token": "control room", "role": "approver"}, {"token": "another second", "role": "approver"}]});
    assert_eq!(app.api(&two.lead, "PUT", &path, body).await.status, 200);
    assert_eq!(app.api(&two.acts, "POST", &approve, json!({})).await.status, 403, "its author");
    let done = app.api(&second, "POST", &approve, json!({})).await;
    assert_eq!(done.status, 200, "{}", done.text());
    assert_eq!(app.status("Z80004").await["incidents"][0]["declared_by"], two.id.as_str());
    // Who publishes alone, in a hurry, alarms whoever answers for all of it: its
    // own coordinators, and those above every member.
    let kit = Person::of(&app, "RZ5", Role::Coordinator).await;
    let (ada, bea) = (
        Person::of(&app, "X24", Role::Administrator).await,
        Person::of(&app, "QZ9", Role::Coordinator).await,
    );
    let alarm = "One person published something alone";
    assert!(!kit.get("/desk").await.text().contains(alarm));
    let kit_id = {
        let mut tx = app.desk.db.read().await.unwrap();
        let found = signpost::store::users::find_by_email(&mut tx, "coordinator.rz5@example.org").await;
        found.unwrap().unwrap().id
    };
    let body = json!({"name": "North Coast Incident Centre", "members": ["QZ9", "Z1Q9Z"], "people": [
        {"token": "control room", "role": "coordinator"}, {"id": kit_id, "role": "coordinator"}]});
    assert_eq!(app.api(&two.lead, "PUT", &path, body).await.status, 200);
    let body = json!({"system": "systmone", "scope": two.id});
    let posted = app.api(&two.acts, "POST", "/api/v1/incidents", body).await.json();
    let alone = format!("/api/v1/updates/{}/break-glass", posted["update"]["id"].as_str().unwrap());
    let done = app.api(&two.acts, "POST", &alone, json!({"reason": "Nobody else can be reached."})).await;
    assert_eq!(done.status, 200, "{}", done.text());
    for (person, sees) in [(&kit, true), (&ada, true), (&bea, false)] {
        assert_eq!(person.get("/desk").await.text().contains(alarm), sees);
    }
    app.call().await;
    assert_eq!(crate::calls::said(&app).await.len(), 2);
    // 999 is the nation's, whoever is in the centre.
    let body = json!({"title": "x", "scope": two.id,
        "lines": {"emergency_999": {"state": "changed", "words": "Call 0300 000 0000."}}});
    assert_eq!(app.api(&two.acts, "POST", "/api/v1/incidents", body).await.status, 422);
}

#[tokio::test]
async fn the_screens_make_change_and_end_one() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let person = Person::of(&app, "QZ9", Role::Coordinator).await;
        let empty = person.get("/desk/centres").await;
        assert!(empty.text().contains("There is no command centre yet."), "{}", empty.text());
        let bad = person
            .post("/desk/centres", &[("name", ""), ("members", "???"), ("people", "x@example.org")])
            .await;
        assert_eq!(bad.status, 422);
        assert!(bad.text().contains("has no role"), "{}", bad.text());
        let once = "0190c7a2-1111-7000-8000-0123456789ab";
        let fields = [
            ("once", once),
            ("name", "Coast Centre"),
            ("members", "QZ9\r\nZ1Q9Z"),
            ("people", "coordinator.qz9@example.org, coordinator"),
        ];
        let made = person.post("/desk/centres", &fields).await;
        assert_eq!(made.status, 303, "{}", made.text());
        let at = made.header("location").split('?').next().unwrap().to_owned();
        let again = person.post("/desk/centres", &fields).await;
        assert_eq!(again.header("location"), made.header("location"), "pressed twice, made once");
        let page = person.get(&at).await;
        let text = texts(&page, "main").join(" ");
        assert!(text.contains("Coast Centre") && text.contains("Ada Fenwick, coordinator"), "{text}");
        let listed = person.get("/desk/centres").await;
        assert_eq!(texts(&listed, ".sp-results li").len(), 1);
        let board = person.get(&format!("/board?centre={}", at.rsplit('/').next().unwrap())).await;
        assert!(
            texts(&board, "main").join(" ").contains("A command centre. From 19 July 2024"),
            "{}",
            board.text()
        );
        // A post can be for the centre.
        let post = person.get("/desk/post?system=emis-web").await;
        assert!(texts(&post, "#scope option").contains(&"Coast Centre".to_owned()), "{}", post.text());

        let other = Person::of(&app, "Z1Q9Z", Role::Coordinator).await;
        assert!(other.get("/desk/centres").await.text().contains("Asks you"));
        let said = other.post(&format!("{at}/members/Z1Q9Z"), &[("answer", "agree")]).await;
        assert_eq!(said.header("location"), format!("{at}?done=answered"));
        let wrong = person.post(&format!("{at}/members/Z1Q9Z"), &[("answer", "decline")]).await;
        assert_eq!(wrong.status, 403, "it is theirs to say");
        let saved = person
            .post(
                &at,
                &[
                    ("name", "Coast Centre"),
                    ("members", "QZ9 Z1Q9Z"),
                    ("last_day", "2024-07-18"),
                    ("first_day", "2024-07-19"),
                ],
            )
            .await;
        assert_eq!(saved.status, 422);
        let ended = person.post(&format!("{at}/end"), &[]).await;
        assert_eq!(ended.header("location"), format!("{at}?done=ended"), "{}", ended.text());
        assert!(!person.get(&at).await.text().contains("End the centre"));
    }
}

/// Whoever is asked into a centre reads what is said for all of it before they agree.
#[tokio::test]
async fn who_is_asked_reads_what_they_would_be_part_of() {
    for driver in Driver::BOTH {
        let two = two(driver).await;
        let at = format!("/desk/centres/{}", two.id);
        let asked = Person::of(&two.app, "Z1Q9Z", Role::Coordinator).await;
        assert!(asked.get(&at).await.text().contains("Nothing is open or planned for this centre."));
        two.declare().await;
        let page = asked.get(&at).await;
        let text = texts(&page, "main").join(" ");
        assert!(text.contains("EMIS Web") && text.contains("Phone lines: not working"), "{text}");
        assert!(text.contains("agrees to that"), "{text}");
    }
}

#[tokio::test]
async fn pages_without_the_database_know_a_centre() {
    let mut two = two(Driver::Sqlite).await;
    two.agree("agree").await;
    two.declare().await;
    two.app.publish().await;
    let path = std::env::temp_dir().join(format!("signpost-centre-{}", uuid::Uuid::new_v4()));
    snapshot::write(&path, &two.app.site.basis(), two.app.now()).unwrap();
    let read = snapshot::read(&path, "2024-07-19".parse().unwrap()).unwrap().unwrap();
    std::fs::remove_file(&path).unwrap();
    let centre = read.directory.centre(&code(&two.id)).unwrap();
    assert_eq!(centre.members, [code("QZ9"), code("Z1Q9Z")]);
    assert!(centre.people.is_empty(), "nobody's name is kept beside the pages");
    assert!(read.directory.is_at_or_below(&code("Z80004"), &code(&two.id)));
}

/// A centre is no way around the rules of its members.
#[tokio::test]
async fn a_centre_is_no_way_around_two_people() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    app.desk = app.desk.clone().with_rules(Rules::default());
    let lead = token(&app, "Y91", Role::Coordinator, "the region").await;
    let body = json!({"name": "Uplands Incident Centre", "members": ["Y91"], "last_day": "2024-07-20",
        "people": []});
    let made = app.api(&lead, "POST", "/api/v1/centres", body).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let id = made.json()["id"].clone();
    let said = json!({"title": "Phones are down", "scope": id});
    let posted = app.api(&lead, "POST", "/api/v1/incidents", said.clone()).await.json();
    assert_eq!(posted["publication"], "awaiting_approval", "a region's places by another name: {posted}");
}

/// What waits in one name is not turned into what is said in another.
#[tokio::test]
async fn a_proposal_of_a_centre_stays_in_its_name() {
    let mut two = two(Driver::Sqlite).await;
    two.agree("agree").await;
    let rules = Rules { organisations: 1, ..Rules::default() };
    two.app.desk = two.app.desk.clone().with_rules(rules);
    let posted = two.declare().await;
    assert_eq!(posted["publication"], "awaiting_approval", "{posted}");
    let path = format!("/api/v1/updates/{}", posted["update"]["id"].as_str().unwrap());
    // The token of a surgery, which acts for the centre, turns it into the surgery's own.
    let turned = json!({"system": "emis-web", "scope": "Z80001"});
    let turned = two.app.api(&two.acts, "PUT", &path, turned).await;
    assert!(matches!(turned.status.as_u16(), 403 | 422), "{}: {}", turned.status, turned.text());
}

/// What somebody wrote for a centre that has ended is read, and refused, by whoever answers
/// for it now.
#[tokio::test]
async fn what_waits_for_a_centre_that_has_ended_is_read_and_refused() {
    for driver in Driver::BOTH {
        let mut two = two(driver).await;
        two.agree("agree").await;
        let first = two.declare().await;
        let rules = Rules { organisations: 1, ..Rules::default() };
        two.app.desk = two.app.desk.clone().with_rules(rules);
        let words = json!({"message": "Bring your letter."});
        let path = format!("/api/v1/incidents/{}/updates", first["id"].as_str().unwrap());
        let update = two.app.api(&two.acts, "POST", &path, words).await.json();
        let declaration = two.declare().await;
        two.app.advance(Duration::days(2));
        let approver = Person::of(&two.app, "X24", Role::Approver).await;
        for (posted, says) in [(&update, "Bring your letter."), (&declaration, "Phone lines")] {
            assert_eq!(posted["publication"], "awaiting_approval", "{posted}");
            let at = format!("/desk/approvals/{}", posted["update"]["id"].as_str().unwrap());
            let listed = approver.get("/desk/approvals").await;
            assert!(listed.text().contains(&at), "{}", listed.text());
            let page = approver.get(&at).await;
            assert_eq!(page.status, 200, "{}", page.text());
            let text = texts(&page, "main").join(" ");
            assert!(text.contains(says), "{text}");
            assert!(text.contains("Whoever wrote it may not say this any more."), "{text}");
            assert!(!text.contains("Approve and publish now"), "{text}");
            let refused = approver.post(&format!("{at}/refuse"), &[("reason", "The centre is over.")]).await;
            assert_eq!(refused.status, 303, "{}", refused.text());
            let after = texts(&approver.get(&at).await, "main").join(" ");
            assert!(after.contains("The centre is over.") && after.contains(says), "{after}");
        }
    }
}
