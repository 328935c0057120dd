//! Controls of the hazard log that no other test shows, and the log itself.

use std::path::Path;

use proptest::prelude::*;
use serde_json::{Value, json};
use signpost::channels::{Channels, ProviderSettings, RelaySettings, Settings};
use signpost::domain::line::Line;
use signpost::domain::subscriber::Channel;
use signpost::domain::user::Role;
use signpost::domain::{message, sms, system};
use signpost::words::{Locale, english};

use crate::channels::sink::{Mood, Sink};
use crate::harness::{Driver, TestApp};

/// Every control that is not marked † names a test that exists.
#[test]
fn every_control_names_a_test_that_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let log = std::fs::read_to_string(root.join("docs/hazard-log.md")).unwrap();
    let mut found = 0;
    for line in log.lines().filter(|l| !l.contains('†')) {
        for name in line.split('`').filter(|part| part.contains("::") && !part.contains(' ')) {
            let (module, test) = name.split_once("::").unwrap();
            let places = [
                format!("tests/it/{module}.rs"),
                format!("src/domain/{module}.rs"),
                format!("src/desk/{module}.rs"),
            ];
            let there = places.iter().any(|p| {
                std::fs::read_to_string(root.join(p)).is_ok_and(|text| text.contains(&format!("fn {test}(")))
            });
            assert!(there, "{name} is not there: {line}");
            found += 1;
        }
    }
    assert!(found > 30, "only {found} controls were read");
}

/// H2, H3, H5: what the catalogue says by default can harm nobody.
#[test]
fn the_catalogue_is_sound() {
    let catalogue = signpost::app::catalogue().unwrap();
    assert!(catalogue.iter().count() >= 34);
    for system in catalogue.iter() {
        let attend =
            system.lines.get(Line::Attend).unwrap_or_else(|| panic!("{} does not answer", system.key));
        assert!(attend.state.key != "do_not_come" || system.key.as_str() == "power-net", "{}", system.key);
        let said = [system::message(&system.key, english()), system::short(&system.key, english())];
        let [message, short] = said.map(|text| text.unwrap_or_else(|| panic!("{} has no words", system.key)));
        assert!(sms::septets(short).is_some_and(|n| n <= 60), "{}: {short}", system.key);
        for text in [message, short] {
            let lower = text.to_lowercase();
            for word in ["999", "call 111", "use 111", "phone us", "call us", "ring us"] {
                assert!(!lower.contains(word), "{}: {text}", system.key);
            }
            for sentence in text.split_terminator(['.', '?', '!']) {
                assert!(sentence.split_whitespace().count() <= 20, "{}: {sentence}", system.key);
            }
        }
        assert!(system.lines.0.keys().all(|l| !l.is_national()), "{}", system.key);
    }
    // SystmOne kept working in July 2024: nothing that stopped may stop it.
    for cause in ["falcon", "windows", "m365"] {
        let key = signpost::domain::system::SystemKey::new(cause);
        let stopped = catalogue.dependents(&key).unwrap();
        assert!(!stopped.iter().any(|s| s.as_str() == "systmone"), "{cause}");
    }
}

proptest! {
    /// One part, the name in front, the link at the end, whatever the name.
    #[test]
    fn every_text_message_fits_and_names_its_place(
        name in "[A-Za-z'&éŵ€—\\[\\]]{2,12}( [A-Za-z'&]{1,14}){0,9}",
        what in "[A-Za-z ,.’]{0,200}",
        code in "[A-Z][0-9]{5}",
    ) {
        let url = format!("https://status.example.org/{code}");
        let advice = "Come to your appointment unless we contact you.";
        let text = message::short(&name, &[&what], advice, &url, Locale::En);
        let septets = sms::septets(&text);
        prop_assert!(septets.is_some_and(|n| n <= message::SMS_MAX), "{:?}: {}", septets, text);
        prop_assert!(text.ends_with(&url) && text.contains(advice), "{}", text);
        let first = sms::to_gsm(&name);
        let first = first.split_whitespace().next().unwrap();
        prop_assert!(text.starts_with(first), "{}", text);
    }
}

/// H1: two incidents, one over.
#[tokio::test]
async fn resolving_one_incident_leaves_the_others() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let token = app.token("X24", Role::Coordinator).await;
        let first = app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await.json();
        app.api(
            &token,
            "POST",
            "/api/v1/incidents",
            json!({"title": "Flood", "organisations": ["Z80001"], "lines": {"phones": "limited"}}),
        )
        .await;
        let path = format!("/api/v1/incidents/{}/updates", first["id"].as_str().unwrap());
        app.api(&token, "POST", &path, json!({"state": "resolved"})).await;
        let page = app.status("Z80001").await;
        assert_eq!(page["headline"]["state"], "limited");
        let lines: Vec<&str> =
            page["lines"].as_array().unwrap().iter().map(|l| l["line"].as_str().unwrap()).collect();
        assert!(lines.contains(&"phones") && !lines.contains(&"prescriptions"), "{lines:?}");
        assert_eq!(
            app.status("Z80002").await["headline"]["state"],
            "not_confirmed",
            "the nation says so alone"
        );
    }
}

/// H3.
#[tokio::test]
async fn a_page_with_a_problem_says_999_and_111() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let token = app.token("X24", Role::Coordinator).await;
    app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await;
    app.publish().await;
    for code in ["Z80001", "Z80053"] {
        let page = app.get(&format!("/{code}")).await.text();
        assert!(page.contains("999") && page.contains("111"), "{code}");
    }
}

/// H4.
#[tokio::test]
async fn namesakes_are_told_apart() {
    let app = TestApp::with_region(Driver::Sqlite).await;
    let org = |code: &str| app.site.facts(&crate::harness::code(code)).unwrap().org;
    let (one, other) = (org("Z80004"), org("Z80010"));
    assert_eq!(one.name, other.name);
    let found = app.get(&format!("/?q={}", one.name.replace(' ', "+"))).await.text();
    for place in [one, other] {
        assert!(found.contains(&place.town) && found.contains(&place.postcode), "{}", place.code);
    }
}

/// H4.
#[tokio::test]
async fn a_closed_place_says_so() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let status = app.status("Z80061").await;
    assert_eq!(
        status["headline"],
        json!({"state": "closed", "text": "This GP surgery has closed. Find another one."})
    );
    assert!(app.get("/Z80061").await.text().contains("This GP surgery has closed."));
}

/// H4: nobody knows whether a dormant place sees patients, so it is never green;
/// what it says itself stands.
#[tokio::test]
async fn a_dormant_place_is_not_green() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let text = "We do not know if this GP surgery is open. Contact us before you come.";
        let status = app.status("Z80064").await;
        assert_eq!(status["headline"], json!({"state": "unknown", "text": text}));
        let page = app.get("/Z80064").await.text();
        assert!(page.contains("We do not know if this GP surgery is open."), "{page}");
        assert!(!page.contains("appointment as usual"), "{page}");
        assert!(!app.get("/?q=mosswater+health").await.text().contains("href=\"/Z80064\""));
        let own = app.token("Z80064", Role::Publisher).await;
        let lines = json!({"lines": {"attend": "come"}});
        let set = app.api(&own, "PUT", "/api/v1/organisations/Z80064/lines", lines).await;
        assert_eq!(set.status, 200, "{}", set.text());
        assert_eq!(app.status("Z80064").await["headline"]["state"], "normal", "it has said so itself");
    }
}

/// H5: the number on record is in no message while the phones are down.
#[tokio::test]
async fn a_dead_number_is_in_no_message() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.subscribers(&[("a@example.org", "email", "Z80001"), ("07700 900123", "sms", "Z80001")]).await;
        let token = app.token("X24", Role::Coordinator).await;
        let usual = app.site.facts(&crate::harness::code("Z80001")).unwrap().org.phone.clone();
        assert!(!usual.is_empty());
        let local = json!({"lines": {"phones": "down"}, "phone": "07700 900555"});
        app.api(&token, "PUT", "/api/v1/organisations/Z80001/lines", local).await;
        let message = "Staff work on paper. Phone your GP surgery if it is urgent.";
        let declared = json!({"system": "emis-web", "message": message});
        app.api(&token, "POST", "/api/v1/incidents", declared).await;
        app.run_workers().await;
        let sent = app.captured().await;
        assert_eq!(sent.len(), 2);
        for (channel, text) in &sent {
            assert!(!text.contains(&usual), "{channel}: {text}");
            assert!(text.contains("Phone 07700 900555 instead."), "{channel}: {text}");
            assert!(!text.contains("Phone your GP surgery"), "{channel}: {text}");
        }
        let email = sent.iter().find(|(c, _)| *c == Channel::Email).unwrap();
        assert!(email.1.contains("Staff work on paper."), "{}", email.1);
        let page = app.get("/Z80001").await.text();
        assert!(page.contains("Staff work on paper.") && !page.contains("Phone your GP surgery"));
        assert!(app.get("/Z80002").await.text().contains("Phone your GP surgery"), "elsewhere it stays");
    }
}

/// H7: the link works once; looking at it does not use it up.
#[tokio::test]
async fn a_sign_in_link_works_once() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let new = signpost::desk::accounts::NewUser {
            email: "pat@example.org".into(),
            name: "Pat".into(),
            organisation: crate::harness::code("Z80001"),
            role: Role::Publisher,
        };
        let who = signpost::domain::user::Actor::command_line();
        let link = app.desk.add_user(&who, &new).await.unwrap();
        let token = link.rsplit('/').next().unwrap();
        assert!(app.desk.look_at_link(token).await.unwrap().is_some());
        let link = signpost::desk::links::ByLink { token, forget: true };
        let short = app.desk.choose_password_by_link(&link, "too short").await;
        assert!(short.is_err(), "a refused password does not use it up");
        let session = app.desk.choose_password_by_link(&link, "correct horse battery").await.unwrap();
        assert_eq!(app.desk.who_by_session(&session).await.unwrap().unwrap().name, "Pat");
        assert!(app.desk.choose_password_by_link(&link, "correct horse battery").await.is_err());
        assert!(app.desk.look_at_link(token).await.unwrap().is_none());
        assert!(app.desk.sign_in("pat@example.org", "correct horse battery").await.is_ok());
        assert!(app.desk.sign_in("pat@example.org", "wrong horse battery").await.is_err());
        assert!(app.desk.sign_in("nobody@example.org", "correct horse battery").await.is_err());
        // Ten wrong tries, and even the right one has to wait.
        for _ in 0..10 {
            assert!(app.desk.sign_in("pat@example.org", "wrong horse battery").await.is_err());
        }
        assert!(app.desk.sign_in("pat@example.org", "correct horse battery").await.is_err());
        app.advance(chrono::Duration::minutes(16));
        assert!(app.desk.sign_in("pat@example.org", "correct horse battery").await.is_ok());
    }
}

/// H8: whatever happens, every delivery that was due is in exactly one state,
/// and what was captured is called captured.
#[tokio::test]
async fn the_counts_always_add_up() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let rows: Vec<(String, &str)> = (0..60)
            .map(|i| {
                if i % 3 == 0 {
                    (format!("07700 9001{i:02}"), "sms")
                } else {
                    (format!("p{i}@example.org"), "email")
                }
            })
            .collect();
        let rows: Vec<(&str, &str, &str)> = rows.iter().map(|(c, k)| (c.as_str(), *k, "Z80001")).collect();
        app.subscribers(&rows).await;
        let token = app.token("X24", Role::Coordinator).await;
        let posted = app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await.json();
        while signpost::workers::expander::step(&app.desk).await.unwrap() {}
        app.desk
            .leave_by_text(signpost::domain::subscriber::Channel::Sms, "+447700900100", "")
            .await
            .unwrap();
        let update = posted["update"]["id"].as_str().unwrap().to_owned();
        let total = |counts: &Value| -> u64 {
            let channels = counts.as_object().unwrap().values();
            channels.flat_map(|c| c.as_object().unwrap().values()).map(|n| n.as_u64().unwrap()).sum()
        };
        assert_eq!(total(&app.counts(&token, &update).await), 60);
        app.run_workers().await;
        let counts = app.counts(&token, &update).await;
        assert_eq!(total(&counts), 60);
        assert_eq!((&counts["sms"]["captured"], &counts["sms"]["suppressed"]), (&json!(19), &json!(1)));
        assert_eq!((&counts["email"]["captured"], &counts["email"]["accepted"]), (&json!(40), &json!(0)));
    }
}

/// H10.
#[tokio::test]
async fn a_page_stays_small() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let token = app.token("X24", Role::Coordinator).await;
    for system in ["emis-web", "online-form", "eps", "nhs-app"] {
        app.api(&token, "POST", "/api/v1/incidents", json!({"system": system, "scope": "X24"})).await;
    }
    app.publish().await;
    let page = app.get("/Z80001").await;
    assert!(page.body.len() < 60_000, "{}", page.body.len());
}

/// H1: a region's late update does not hide what a place itself has said.
#[tokio::test]
async fn do_not_come_outlives_a_late_update_of_somebody_else() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let token = app.token("X24", Role::Coordinator).await;
    app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await;
    let local = json!({"lines": {"attend": "do_not_come"}, "expires_at": "2024-07-20T07:00:00Z"});
    app.api(&token, "PUT", "/api/v1/organisations/Z80001/lines", local).await;
    app.advance(chrono::Duration::hours(4));
    let page = app.status("Z80001").await;
    assert_eq!((&page["headline"]["state"], &page["freshness"]), (&json!("closed"), &json!("expired")));
    assert!(page["headline"]["text"].as_str().unwrap().starts_with("Do not come"));
}

/// H3: what the nation says of 111 stands above what a region says, whoever
/// has confirmed what; and nobody says 999 in a practice's name.
#[tokio::test]
async fn the_nations_word_on_111_stands_above_a_regions() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let (nation, region) =
        (app.token("X24", Role::Administrator).await, app.token("Y91", Role::Administrator).await);
    let words = |text: &str| json!({"nhs_111": {"state": "changed", "words": text}});
    let posted = app
        .api(
            &nation,
            "POST",
            "/api/v1/incidents",
            json!({"system": "emis-web", "lines": words("The nation's words.")}),
        )
        .await
        .json();
    let local = json!({"lines": words("The region's words.")});
    let regional = app.api(&region, "PUT", "/api/v1/organisations/Y91/lines", local).await.json();
    // Nobody says anything about 111 alone.
    let second = app.token("X24", Role::Approver).await;
    for waits in [&posted, &regional] {
        let path = format!("/api/v1/updates/{}/approval", waits["update"]["id"].as_str().unwrap());
        assert_eq!(app.api(&second, "POST", &path, json!({})).await.status, 200);
    }
    let path = format!("/api/v1/incidents/{}/responses/Z80001", posted["id"].as_str().unwrap());
    app.api(&nation, "PUT", &path, json!({"answer": "affected"})).await;
    let page = app.status("Z80001").await;
    let line = page["lines"].as_array().unwrap().iter().find(|l| l["line"] == "nhs_111").unwrap();
    assert_eq!(line["text"], "The nation's words.");
    let own = json!({"lines": {"emergency_999": {"state": "changed", "words": "Call 998."}}});
    assert_eq!(app.api(&nation, "PUT", "/api/v1/organisations/Z80001/lines", own).await.status, 422);
}

/// H3: what changes about 111 is in every form of the page and in every message
/// that leaves from then on; who read what before is kept.
#[tokio::test]
async fn changed_words_on_111_reach_what_is_still_queued() {
    const WORDS: &str = "NHS 111 by phone is slow today. Go to 111.nhs.uk first.";
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let relay = Sink::start().await;
        let from = "updates@status.example.nhs.uk".into();
        let relays = RelaySettings { url: relay.url.clone(), from, ..RelaySettings::default() };
        let email = vec![ProviderSettings::Relay(relays)];
        app.channels = Some(Channels::new(&Settings { email, ..Settings::default() }).unwrap());
        let people = [("a@example.org", "email", "Z80001"), ("b@late.example.org", "email", "Z80001")];
        app.subscribers(&people).await;
        relay.set_for("late.example.org", Mood::PutsOff);
        let token = app.token("Z80001", Role::Publisher).await;
        let posted = app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await.json();
        app.run_workers().await;
        let text = |n: usize| String::from_utf8(relay.taken()[n].bytes.clone()).unwrap().replace("=\r\n", "");
        assert!(relay.taken().len() == 1 && text(0).contains("call 111"), "{}", text(0));
        app.advance(chrono::Duration::minutes(1));

        let (nation, second) =
            (app.token("X24", Role::Administrator).await, app.token("X24", Role::Approver).await);
        let lines = json!({"lines": {"nhs_111": {"state": "changed", "words": WORDS}}});
        let waits = app.api(&nation, "PUT", "/api/v1/organisations/X24/lines", lines).await.json();
        let path = format!("/api/v1/updates/{}/approval", waits["update"]["id"].as_str().unwrap());
        assert_eq!(app.api(&second, "POST", &path, json!({})).await.status, 200);
        app.publish().await;
        for form in ["", "/cap.xml", "/feed.atom", "/feed.rss", "/poster", "/voice.xml"] {
            let text = app.get(&format!("/Z80001{form}")).await.text();
            assert!(text.contains("is slow today"), "{form}: {text}");
            let old = text.replace(WORDS, "").to_lowercase();
            assert!(!old.contains("call 111") && !old.contains("call 1 1 1"), "{form}: {text}");
        }
        relay.set_for("late.example.org", Mood::Well);
        app.advance(chrono::Duration::minutes(5));
        app.send_due().await;
        assert_eq!(relay.taken().len(), 2);
        assert!(text(1).contains(WORDS) && !text(1).contains("call 111"), "{}", text(1));

        let update = posted["update"]["id"].as_str().unwrap().parse().unwrap();
        let who = signpost::domain::user::Actor::command_line();
        let (groups, _) = app.desk.groups(&who, update, 0).await.unwrap();
        let read: Vec<_> = groups
            .iter()
            .map(|g| (g.readers, g.until.is_some(), g.message.as_ref().unwrap().text_for(Channel::Email)))
            .map(|(readers, earlier, text)| (readers, earlier, text.contains(WORDS)))
            .collect();
        assert_eq!(read, [(1, true, false), (1, false, true)]);
    }
}

/// The tables behind passkeys, on both databases; the browser checks use the
/// ceremony itself.
#[tokio::test]
async fn passkeys_and_ceremonies_are_kept_and_serve_once() {
    use signpost::store::{sessions, users};
    for driver in Driver::BOTH {
        let app = TestApp::empty(driver).await;
        let new = signpost::desk::accounts::NewUser {
            email: "pat@example.org".into(),
            name: "Pat".into(),
            organisation: crate::harness::code("X24"),
            role: Role::Publisher,
        };
        app.desk.add_user(&signpost::domain::user::Actor::command_line(), &new).await.unwrap();
        let (now, id) = (app.now(), uuid::Uuid::new_v4());
        let mut tx = app.desk.db.write().await.unwrap();
        let user = users::find_by_email(&mut tx, "pat@example.org").await.unwrap().unwrap();
        let key = users::PasskeyRow {
            id,
            user_id: user.id,
            credential_id: vec![1, 2, 3],
            credential: sqlx::types::Json(json!({"counter": 0})),
            name: "Phone".into(),
            created_at: now,
            used_at: None,
        };
        users::insert_passkey(&mut tx, &key).await.unwrap();
        users::passkey_used(&mut tx, id, json!({"counter": 1}), now).await.unwrap();
        let found = users::passkey(&mut tx, &[1, 2, 3]).await.unwrap().unwrap();
        assert_eq!(
            (found.user_id, found.credential.0, found.used_at),
            (user.id, json!({"counter": 1}), Some(now))
        );
        assert_eq!(users::passkeys_of(&mut tx, user.id).await.unwrap().len(), 1);
        let soon = now + chrono::Duration::minutes(1);
        sessions::insert_ceremony(&mut tx, id, Some(user.id), json!({"state": 1}), soon).await.unwrap();
        assert!(sessions::take_ceremony(&mut tx, id, soon).await.unwrap().is_none(), "its time is over");
        let taken = sessions::take_ceremony(&mut tx, id, now).await.unwrap();
        assert_eq!(taken, Some((Some(user.id), json!({"state": 1}))));
        assert!(sessions::take_ceremony(&mut tx, id, now).await.unwrap().is_none(), "it serves once");
        sessions::sweep(&mut tx, now).await.unwrap();
    }
}
