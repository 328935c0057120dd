//! What is said in a hurry: written in quiet times, agreed on by two, and
//! published in three taps, or by one person alone.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::approval::Rules;
use signpost::domain::user::Role;

use crate::harness::{Answer, Driver, TestApp};
use crate::staff::{Person, texts, values};
use crate::staff_post::{answers, hidden, press};

fn outage() -> Value {
    json!({"name": "EMIS Web down everywhere", "system": "emis-web",
        "lines": {"attend": "come_unless_contacted", "booking": "urgent_only", "phones": "working"},
        "message": "We are working on paper. Please bear with us.", "next_update": "1h"})
}

fn phones() -> Value {
    json!({"name": "Phones down", "title": "Our phones are not working",
        "lines": {"attend": "come", "phones": "down"}, "message": "Please come to the desk."})
}

async fn strict(driver: Driver) -> TestApp {
    let mut app = TestApp::with_region(driver).await;
    let rules = Rules { people: 2, organisations: 100, region_wide: true, lines_below: true };
    app.desk = app.desk.clone().with_rules(rules);
    app
}

async fn add(app: &TestApp, token: &str, organisation: &str, body: Value) -> Value {
    let path = format!("/api/v1/organisations/{organisation}/presets");
    let answer = app.api(token, "POST", &path, body).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()
}

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

async fn approve(app: &TestApp, token: &str, preset: &str, body: Value) -> Answer {
    app.api(token, "POST", &format!("/api/v1/presets/{preset}/approval"), body).await
}

async fn change(app: &TestApp, token: &str, preset: &str, body: Value) -> Answer {
    app.api(token, "PUT", &format!("/api/v1/presets/{preset}"), body).await
}

/// Posts, and tries to publish it alone; gives the status of that.
async fn alone(app: &TestApp, token: &str, body: Value) -> u16 {
    let posted = app.api(token, "POST", "/api/v1/incidents", body).await;
    assert_eq!(posted.status, 201, "{}", posted.text());
    let posted = posted.json();
    assert_eq!(posted["publication"], "awaiting_approval");
    break_glass(app, token, posted["update"]["id"].as_str().unwrap()).await
}

async fn break_glass(app: &TestApp, token: &str, update: &str) -> u16 {
    let reason = json!({"reason": "Nobody else can be reached."});
    app.api(token, "POST", &format!("/api/v1/updates/{update}/break-glass"), reason).await.status.as_u16()
}

#[tokio::test]
async fn a_preset_is_published_in_three_taps() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let token = app.token("Z80001", Role::Publisher).await;
        let own = add(&app, &token, "Z80001", phones()).await;
        let region = app.token("Y91", Role::Publisher).await;
        add(&app, &region, "Y91", outage()).await;
        let person = Person::of(&app, "Z80001", Role::Publisher).await;
        let desk = person.get("/desk").await;
        // The own first, then those from above, then the catalogue.
        let taps = texts(&desk, ".sp-taps button");
        assert_eq!(&taps[..3], ["Phones down", "EMIS Web down everywhere", "EMIS Web"], "{taps:?}");
        let buttons = values(&desk, ".sp-taps button[name=preset]", "value");
        assert_eq!(buttons[0], id(&own));

        // One.
        let form = person.get(&format!("/desk/post?preset={}", buttons[0])).await;
        assert_eq!(form.status, 200, "{}", form.text());
        let mut filled = answers(&form);
        filled.push(("message".into(), texts(&form, "#message").join("")));
        for (name, value) in [
            ("title", "Our phones are not working"),
            ("lines.attend", "come"),
            ("lines.phones", "down"),
            ("lines.booking", ""),
            ("message", "Please come to the desk."),
            ("next_update_by", "2h"),
        ] {
            assert!(filled.contains(&(name.into(), value.into())), "{name}: {filled:?}");
        }
        // Two.
        let preview = press(&person, "/desk/post/preview", &filled).await;
        assert_eq!(preview.status, 200, "{}", preview.text());
        // Three.
        let published = press(&person, "/desk/post", &hidden(&preview)).await;
        assert_eq!(published.status, 303, "{}", published.text());
        let page = app.status("Z80001").await;
        assert_eq!(page["incidents"][0]["title"], "Our phones are not working");
        assert_eq!(page["incidents"][0]["updates"][0]["text"], "Please come to the desk.");

        // What goes away, or changes, leaves what was published as it was.
        let path = format!("/api/v1/presets/{}", id(&own));
        assert_eq!(app.api(&token, "DELETE", &path, Value::Null).await.status, 204);
        assert_eq!(app.api(&token, "DELETE", &path, Value::Null).await.status, 404);
        let page = app.status("Z80001").await;
        assert_eq!(page["incidents"][0]["updates"][0]["text"], "Please come to the desk.");
        let gone = json!({"preset": id(&own)});
        let answer = app.api(&token, "POST", "/api/v1/incidents", gone).await;
        assert_eq!(
            (answer.status.as_u16(), &answer.json()["errors"][0]["pointer"]),
            (422, &json!("/preset"))
        );
    }
}

#[tokio::test]
async fn what_is_said_in_the_call_goes_above_the_preset() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let token = app.token("Z80001", Role::Publisher).await;
        let region = app.token("Y91", Role::Publisher).await;
        let preset = add(&app, &region, "Y91", outage()).await;
        let elsewhere = app.token("Y92", Role::Publisher).await;
        let body =
            json!({"preset": id(&preset), "message": "Come to the desk.", "organisations": ["Z80001"]});
        let stranger = app.api(&elsewhere, "POST", "/api/v1/incidents/preview", body.clone()).await;
        assert_eq!(stranger.status, 422, "it is not offered to them");
        let preview = app.api(&token, "POST", "/api/v1/incidents/preview", body.clone()).await;
        assert_eq!(preview.status, 200, "{}", preview.text());
        assert!(preview.text().contains("Come to the desk."));
        let posted = app.api(&token, "POST", "/api/v1/incidents", body).await;
        assert_eq!(posted.status, 201, "{}", posted.text());
        let page = app.status("Z80001").await;
        let incident = &page["incidents"][0];
        assert_eq!(incident["title"], "EMIS Web is not working");
        assert_eq!(incident["updates"][0]["text"], "Come to the desk.");
        let open = app.api(&token, "GET", "/api/v1/incidents", Value::Null).await.json();
        let due = &open["incidents"][0]["next_update_by"];
        assert_eq!(due, "2024-07-19T08:00:00.000Z", "an hour, as the preset says");
        // The same for an update.
        let path = format!("/api/v1/incidents/{}/updates", posted.json()["id"].as_str().unwrap());
        let more = json!({"preset": id(&preset), "state": "monitoring"});
        assert_eq!(app.api(&token, "POST", &path, more).await.status, 201);
        let page = app.status("Z80001").await;
        let updates = page["incidents"][0]["updates"].as_array().unwrap();
        assert!(updates.iter().any(|u| u["text"] == "We are working on paper. Please bear with us."));
    }
}

#[tokio::test]
async fn an_approval_is_somebody_elses_and_ends_with_the_words_it_was_for() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let author = app.token("Y91", Role::Administrator).await;
        let (editor, third) =
            (app.token("Y91", Role::Approver).await, app.token("X24", Role::Approver).await);
        let preset = add(&app, &author, "Y91", outage()).await;
        let (id, seen) = (id(&preset).to_owned(), preset["hash"].clone());
        assert_eq!((&preset["state"], &preset["break_glass"]), (&json!("draft"), &json!(false)));
        assert_eq!(approve(&app, &author, &id, json!({})).await.status, 403, "its author");
        let publisher = app.token("Y91", Role::Publisher).await;
        assert_eq!(approve(&app, &publisher, &id, json!({})).await.status, 403);
        let below = app.token("Z80001", Role::Administrator).await;
        assert_eq!(approve(&app, &below, &id, json!({})).await.status, 403, "it is only offered to them");
        let stranger = app.token("Y92", Role::Administrator).await;
        assert_eq!(approve(&app, &stranger, &id, json!({})).await.status, 404);

        let mut other = outage();
        other["message"] = json!("We are working on paper.");
        let edited = change(&app, &editor, &id, other.clone()).await;
        assert_eq!(edited.status, 200, "{}", edited.text());
        assert_eq!(approve(&app, &editor, &id, json!({})).await.status, 403, "who changed it");
        assert_eq!(approve(&app, &author, &id, json!({})).await.status, 403, "who wrote it, still");
        assert_eq!(approve(&app, &third, &id, json!({"hash": seen})).await.status, 409, "not what they saw");
        let now = edited.json()["hash"].clone();
        let approved = approve(&app, &third, &id, json!({"hash": now})).await;
        assert_eq!(approved.status, 200, "{}", approved.text());
        assert_eq!(approved.json()["state"], "approved");
        assert_eq!(approve(&app, &third, &id, json!({})).await.status, 409, "once");

        // The same again changes nothing; a new date is something to look at.
        assert_eq!(change(&app, &editor, &id, other.clone()).await.json()["state"], "approved");
        other["review_by"] = json!("2025-12-31");
        let changed = change(&app, &editor, &id, other.clone()).await.json();
        assert_eq!((&changed["state"], &changed["approved_by"]), (&json!("draft"), &Value::Null));
        other["hash"] = seen;
        assert_eq!(change(&app, &author, &id, other).await.status, 409, "it was changed meanwhile");
        assert_eq!(change(&app, &below, &id, outage()).await.status, 403);

        let mut tx = app.desk.db.read().await.unwrap();
        assert!(signpost::store::audit::verify(&mut tx).await.unwrap().is_ok());
        drop(tx);
        let national = app.token("X24", Role::Viewer).await;
        let log = app.api(&national, "GET", "/api/v1/log", Value::Null).await.text();
        for verb in ["add_preset", "edit_preset", "approve_preset"] {
            assert!(log.contains(verb), "{verb}");
        }
    }
}

#[tokio::test]
async fn of_many_who_approve_at_once_one_does_and_its_author_never() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let author = app.token("Y91", Role::Administrator).await;
        let preset = add(&app, &author, "Y91", outage()).await;
        let mut tokens = vec![author.clone()];
        for _ in 0..5 {
            tokens.push(app.token("Y91", Role::Approver).await);
        }
        let all = tokens.iter().map(|t| approve(&app, t, id(&preset), json!({})));
        let mut statuses: Vec<u16> =
            futures_util::future::join_all(all).await.iter().map(|a| a.status.as_u16()).collect();
        assert_eq!(statuses.remove(0), 403);
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409, 409, 409, 409]);

        // Who changes it while others approve it: never both.
        let editor = app.token("Y91", Role::Approver).await;
        let mut other = outage();
        other["message"] = json!("We use paper.");
        let (changed, _) = tokio::join!(
            change(&app, &editor, id(&preset), other),
            approve(&app, &editor, id(&preset), json!({}))
        );
        assert_eq!(changed.status, 200);
        let path = "/api/v1/organisations/Y91/presets";
        let list = app.api(&author, "GET", path, Value::Null).await.json();
        assert_eq!(list["presets"][0]["state"], "draft");
    }
}

#[tokio::test]
async fn one_person_alone_publishes_exactly_an_approved_preset() {
    for driver in Driver::BOTH {
        let mut app = strict(driver).await;
        let author = app.token("Y91", Role::Coordinator).await;
        let second = app.token("Y91", Role::Approver).await;
        let preset = add(&app, &author, "Y91", outage()).await;
        let from = json!({"preset": id(&preset)});
        assert_eq!(alone(&app, &author, from.clone()).await, 409, "nobody has agreed to it");
        assert_eq!(approve(&app, &second, id(&preset), json!({})).await.status, 200);
        for changed in [
            json!({"preset": id(&preset), "message": "We are working on paper. Please bear with us!"}),
            json!({"preset": id(&preset), "title": "Computers are down"}),
            json!({"preset": id(&preset), "lines": {"attend": "do_not_come"}}),
            json!({"preset": id(&preset), "system": "systmone"}),
            json!({"system": "emis-web", "message": "We are working on paper. Please bear with us."}),
        ] {
            assert_eq!(alone(&app, &author, changed.clone()).await, 409, "{changed}");
        }
        assert_eq!(alone(&app, &author, from.clone()).await, 200);
        let page = app.status("Z80001").await;
        assert_eq!(
            page["incidents"][0]["updates"][0]["text"],
            "We are working on paper. Please bear with us."
        );

        // An update in its words, and one that says more.
        let incident = page["incidents"][0]["id"].as_str().unwrap().to_owned();
        let path = format!("/api/v1/incidents/{incident}/updates");
        let more = app.api(&author, "POST", &path, from.clone()).await.json();
        assert_eq!(break_glass(&app, &author, more["update"]["id"].as_str().unwrap()).await, 200);
        let changed = json!({"preset": id(&preset), "lines": {"attend": "do_not_come"}});
        let more = app.api(&author, "POST", &path, changed).await.json();
        assert_eq!(break_glass(&app, &author, more["update"]["id"].as_str().unwrap()).await, 409);

        // What is changed while it waits is not the preset's any more.
        let posted = app.api(&author, "POST", "/api/v1/incidents", from.clone()).await.json();
        let update = posted["update"]["id"].as_str().unwrap();
        let body = json!({"preset": id(&preset), "message": "Do not come."});
        let edited = app.api(&author, "PUT", &format!("/api/v1/updates/{update}"), body).await;
        assert_eq!(edited.status, 200, "{}", edited.text());
        assert_eq!(break_glass(&app, &author, update).await, 409);

        // Neither is what stands when the preset was changed, or has gone.
        let posted = app.api(&author, "POST", "/api/v1/incidents", from.clone()).await.json();
        let mut other = outage();
        other["message"] = json!("We use paper.");
        assert_eq!(change(&app, &author, id(&preset), other).await.status, 200);
        assert_eq!(break_glass(&app, &author, posted["update"]["id"].as_str().unwrap()).await, 409);
        assert_eq!(alone(&app, &author, from).await, 409, "the new words were not approved");
    }
}

#[tokio::test]
async fn a_preset_that_nobody_looked_after_is_listed_and_not_published_alone() {
    for driver in Driver::BOTH {
        let app = strict(driver).await;
        let author = app.token("Y91", Role::Coordinator).await;
        let second = app.token("Y91", Role::Approver).await;
        let mut body = outage();
        body["review_by"] = json!("2024-08-19");
        let preset = add(&app, &author, "Y91", body).await;
        assert_eq!(approve(&app, &second, id(&preset), json!({})).await.status, 200);
        let from = json!({"preset": id(&preset)});
        app.advance(Duration::days(31));
        assert_eq!(alone(&app, &author, from.clone()).await, 200, "on the day itself it still counts");
        let person = Person::of(&app, "Y91", Role::Publisher).await;
        let callout = "A preset has to be looked at again";
        assert!(!person.get("/desk").await.text().contains(callout));
        app.advance(Duration::days(1));
        assert!(person.get("/desk").await.text().contains(callout));
        let page = person.get(&format!("/desk/presets/{}", id(&preset))).await;
        assert_eq!(texts(&page, ".nhsuk-tag"), ["Review overdue"]);
        let posted = app.api(&author, "POST", "/api/v1/incidents", from).await.json();
        let path = format!("/api/v1/updates/{}/break-glass", posted["update"]["id"].as_str().unwrap());
        let refused = app.api(&author, "POST", &path, json!({"reason": "Nobody else is here."})).await;
        assert_eq!(refused.status, 409);
        assert!(
            refused.text().contains("The day by which its preset had to be looked at"),
            "{}",
            refused.text()
        );
        assert_eq!(approve(&app, &second, id(&preset), json!({})).await.status, 409, "it needs a new date");
        // The form offers a year from today.
        let form = person.get(&format!("/desk/presets/{}/edit", id(&preset))).await;
        assert_eq!(values(&form, "#review_by", "value"), ["2025-08-20"]);
        let mut typed = answers(&form);
        typed.push(("review_by".into(), "2025-08-20".into()));
        typed.push(("message".into(), texts(&form, "#message").join("")));
        let saved = press(&person, &format!("/desk/presets/{}/edit", id(&preset)), &typed).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
        assert!(!person.get("/desk").await.text().contains(callout));
        assert_eq!(approve(&app, &second, id(&preset), json!({})).await.status, 200);
    }
}

#[tokio::test]
async fn a_preset_is_written_changed_approved_and_removed_on_screens() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let author = Person::of(&app, "Y91", Role::Publisher).await;
        let empty = author.get("/desk/presets").await;
        assert!(empty.text().contains("You have no presets yet."));
        let form = author.get("/desk/presets/new").await;
        assert_eq!(values(&form, "#review_by", "value"), ["2025-07-19"], "a year");
        let mut typed = answers(&form);
        let wrong = press(&author, "/desk/presets/new", &typed).await;
        assert_eq!(wrong.status, 422);
        assert_eq!(texts(&wrong, "#name-error"), ["Error: Enter a name that you find again in a hurry."]);
        assert_eq!(texts(&wrong, "#title-error"), ["Error: Enter a title that says what is not working."]);
        typed.retain(|(name, _)| !["name", "title", "lines.phones", "review_by"].contains(&name.as_str()));
        for (name, value) in [
            ("name", "Phones down"),
            ("title", "Phones are not working"),
            ("lines.phones", "down"),
            ("message", "Please come in."),
            ("review_by", "2025-01-31"),
        ] {
            typed.push((name.into(), value.into()));
        }
        let saved = press(&author, "/desk/presets/new", &typed).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
        let at = saved.header("location").to_owned();
        let page = author.get(&at).await;
        assert!(page.text().contains("Look at it again by 31 January 2025."), "{}", page.text());
        assert_eq!(texts(&page, ".sp-message"), ["Phones are not working", "Please come in."]);
        assert!(!page.text().contains("Approve these words"));
        let twice = press(&author, "/desk/presets/new", &typed).await;
        assert_eq!(texts(&twice, "#name-error"), ["Error: There is a preset with this name already."]);

        let second = Person::of(&app, "Y91", Role::Approver).await;
        let all = "/desk/approvals?decided=all#decided";
        assert_eq!(values(&second.get("/desk/approvals").await, "main a", "href"), [at.as_str(), all]);
        let page = second.get(&at).await;
        let hash = values(&page, "input[name=hash]", "value")[0].clone();
        // The screen refuses its author as well.
        let own = author.post(&format!("{at}/approve"), &[("hash", hash.as_str())]).await;
        assert_eq!(own.status, 403);
        let approved = second.post(&format!("{at}/approve"), &[("hash", hash.as_str())]).await;
        assert_eq!(approved.status, 303, "{}", approved.text());
        assert_eq!(texts(&second.get(&at).await, ".nhsuk-tag"), ["Approved"]);
        assert!(second.get("/desk/approvals").await.text().contains("No preset waits."));

        // Those below post from it, and may not change it.
        let below = Person::of(&app, "Z80001", Role::Administrator).await;
        assert!(below.get("/desk/presets").await.text().contains("Offered to you"));
        assert_eq!(below.get(&format!("{at}/edit")).await.status, 403);
        assert_eq!(below.post(&format!("{at}/remove"), &[]).await.status, 403);
        let viewer = Person::of(&app, "Z80002", Role::Viewer).await;
        assert!(!viewer.get(&at).await.text().contains("Post it"));
        let removed = second.post(&format!("{at}/remove"), &[]).await;
        assert_eq!(removed.header("location"), "/desk/presets?done=removed");
        assert_eq!(second.get(&at).await.status, 404);
    }
}

#[tokio::test]
async fn an_update_is_filled_in_over_what_stands() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let token = app.token("Z80001", Role::Publisher).await;
        let preset = add(&app, &token, "Z80001", phones()).await;
        let body = json!({"title": "No heating", "organisations": ["Z80001"],
            "lines": {"attend": "do_not_come", "booking": "urgent_only"}});
        let posted = app.api(&token, "POST", "/api/v1/incidents", body).await.json();
        let person = Person::of(&app, "Z80001", Role::Publisher).await;
        let path = format!("/desk/incidents/{}/update", id(&posted));
        let links = values(&person.get(&path).await, "main details a", "href");
        assert_eq!(links, [format!("{path}?preset={}", id(&preset))]);
        let form = person.get(&links[0]).await;
        let mut filled = answers(&form);
        filled.push(("message".into(), texts(&form, "#message").join("")));
        for (name, value) in
            [("lines.attend", "come"), ("lines.booking", "urgent_only"), ("lines.phones", "down")]
        {
            assert!(filled.contains(&(name.into(), value.into())), "{name}: {filled:?}");
        }
        let preview = press(&person, &format!("/desk/incidents/{}/preview", id(&posted)), &filled).await;
        assert_eq!(preview.status, 200, "{}", preview.text());
        let published = press(&person, &path, &hidden(&preview)).await;
        assert_eq!(published.status, 303, "{}", published.text());
        let page = app.status("Z80001").await;
        let updates = page["incidents"][0]["updates"].as_array().unwrap();
        assert!(updates.iter().any(|u| u["text"] == "Please come to the desk."), "{updates:?}");
    }
}

#[tokio::test]
async fn what_a_form_does_not_ask_about_is_carried_and_said() {
    for driver in Driver::BOTH {
        let mut app = strict(driver).await;
        let author = app.token("X24", Role::Coordinator).await;
        let second = app.token("X24", Role::Approver).await;
        let mut body = outage();
        body["lines"]["nhs_111"] = json!({"state": "changed", "words": "Use 111 online."});
        let preset = add(&app, &author, "X24", body).await;
        assert_eq!(approve(&app, &second, id(&preset), json!({})).await.status, 200);
        // A region may say so of NHS 111, but not of 999.
        let region = app.token("Y91", Role::Coordinator).await;
        let mut wrong = outage();
        wrong["lines"]["emergency_999"] = json!({"state": "changed", "words": "Call 112."});
        let refused = app.api(&region, "POST", "/api/v1/organisations/Y91/presets", wrong).await;
        assert_eq!(refused.json()["errors"][0]["pointer"], "/lines/emergency_999");

        // Whoever may not change 111 is not asked about it.
        let person = Person::of(&app, "X24", Role::Publisher).await;
        let form = person.get(&format!("/desk/post?preset={}", id(&preset))).await;
        assert!(form.text().contains("Use 111 online."), "{}", form.text());
        let mut filled = answers(&form);
        filled.push(("message".into(), texts(&form, "#message").join("")));
        let preview = press(&person, "/desk/post/preview", &filled).await;
        assert_eq!(preview.status, 200, "{}", preview.text());
        let published = press(&person, "/desk/post", &hidden(&preview)).await;
        let waits = person.get(published.header("location")).await.header("location").to_owned();
        let person = Person::of(&app, "X24", Role::Coordinator).await;
        let page = person.get(&waits).await;
        assert!(page.text().contains("Use 111 online."), "{}", page.text());
        assert!(page.text().contains("Publish alone"), "every word was agreed on");
        let done = person.post(&format!("{waits}/break-glass"), &[("reason", "Nobody is there.")]).await;
        assert_eq!(done.status, 303, "{}", done.text());
        let page = app.status("Z80001").await;
        let lines = page["lines"].as_array().unwrap();
        assert!(lines.iter().any(|l| l["line"] == "nhs_111" && l["state"] == "changed"), "{lines:?}");
    }
}

#[tokio::test]
async fn in_wales_a_preset_has_both_languages() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let token = app.token("W99001", Role::Coordinator).await;
        let path = "/api/v1/organisations/W99001/presets";
        let refused = app.api(&token, "POST", path, phones()).await;
        assert_eq!(refused.status, 422);
        let refused = refused.json();
        let at: Vec<_> = refused["errors"].as_array().unwrap().iter().map(|e| &e["pointer"]).collect();
        assert_eq!(at, ["/title_in/cy", "/message_in/cy"]);
        let mut both = phones();
        both["title_in"] = json!({"cy": "Dydy ein ffonau ddim yn gweithio"});
        both["message_in"] = json!({"cy": "Dewch at y ddesg."});
        let preset = add(&app, &token, "W99001", both).await;
        let person = Person::of(&app, "W99001", Role::Publisher).await;
        let form = person.get(&format!("/desk/post?preset={}", id(&preset))).await;
        assert_eq!(texts(&form, "textarea[lang=cy]"), ["Dewch at y ddesg."]);
        let title = values(&form, "input[name=\"title_in.cy\"]", "value");
        assert_eq!(title, ["Dydy ein ffonau ddim yn gweithio"]);
    }
}
