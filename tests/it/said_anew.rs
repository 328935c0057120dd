//! "Do not come" is not the last word once the place has taken it back.

use serde_json::json;
use signpost::domain::approval::Rules;
use signpost::domain::subscriber::Channel;
use signpost::domain::user::Role;
use signpost::store::{broadcasts, delivery_reports, subscribers};

use crate::delivery::NUMBER;
use crate::duties::on_duty;
use crate::each_place::Reader;
use crate::harness::{Driver, code};
use crate::staff::Person;

#[tokio::test]
async fn who_was_told_not_to_come_with_the_end_hears_once_that_they_may() {
    for driver in Driver::BOTH {
        for leaves in [false, true] {
            let mut day = Reader::new(driver, &["Z80002"]).await;
            let emis = day.declare(json!({"system": "emis-web"})).await;
            assert_eq!(day.hears().await.len(), 1);
            let shut = json!({"answer": "affected", "lines": {"attend": "do_not_come"}});
            day.answers("Z80002", &emis, shut).await;
            // Its answer is news by itself.
            let told = day.hears().await;
            assert!(told.len() == 1 && told[0].contains("Do not come"), "{told:?}");
            let end = day.says(&emis, json!({"state": "resolved"})).await;
            let told = day.hears().await;
            assert!(told.len() == 1 && told[0].contains("Do not come"), "{told:?}");
            if leaves {
                let mut tx = day.app.desk.db.write().await.unwrap();
                let hash = day.app.desk.keys.index("sms", NUMBER);
                let reader = subscribers::lock_by_hash(&mut tx, Channel::Sms, &hash).await.unwrap().unwrap();
                subscribers::leave(&mut tx, reader.id, day.app.now()).await.unwrap();
                tx.commit().await.unwrap();
            }
            for n in 0..2 {
                day.answers("Z80002", &emis, json!({"answer": "recovered", "lines": {}})).await;
                day.app.advance(chrono::Duration::seconds(5));
                let told = day.hears().await;
                let is_told = told.len() == 1 && told[0].contains("Come to your appointment");
                assert_eq!(is_told, n == 0 && !leaves, "{n} {leaves}: {told:?}");
                assert!(is_told || told.is_empty(), "{told:?}");
            }
            if !leaves {
                let counts = day.app.counts(&day.region, &crate::approvals::update_of(&end)).await;
                assert_eq!(counts["sms"]["accepted"], 1, "{counts}");
                // What its answers sent is in the record, beside the updates.
                let person = Person::of(&day.app, "X24", Role::Coordinator).await;
                let record = format!("/desk/incidents/{}/record", emis["id"].as_str().unwrap());
                let record = person.get(&record).await.text();
                let words = "said of itself: 2 messages to the public handed over";
                assert!(record.contains(words), "{record}");
            }
        }
    }
}

const SHUT: &str = "Do not come";
const OPEN: &str = "Come to your appointment";

fn says(told: &[String], what: &str) -> bool {
    told.len() == 1 && told[0].contains(what)
}

#[tokio::test]
async fn an_answer_that_changes_whether_to_come_is_told_once() {
    for driver in Driver::BOTH {
        let mut day = Reader::new(driver, &["Z80002"]).await;
        let emis = day.declare(json!({"system": "emis-web"})).await;
        assert!(says(&day.hears().await, OPEN));
        let shut = json!({"answer": "affected", "lines": {"attend": "do_not_come", "phones": "down"}});
        day.answers("Z80002", &emis, shut.clone()).await;
        assert!(says(&day.hears().await, SHUT));
        // What changes nothing about coming is told with the next message.
        for answer in [shut, json!({"answer": "affected", "lines": {"attend": "do_not_come"}})] {
            day.answers("Z80002", &emis, answer).await;
            assert_eq!(day.hears().await, [""; 0]);
        }
        day.answers("Z80002", &emis, json!({"answer": "affected", "lines": {"attend": "come"}})).await;
        assert!(says(&day.hears().await, OPEN));
        // There and back before anything has left.
        for attend in ["do_not_come", "come"] {
            let answer = json!({"answer": "affected", "lines": {"attend": attend}});
            day.answers("Z80002", &emis, answer).await;
        }
        assert_eq!(day.hears().await, [""; 0]);
        day.answers("Z80002", &emis, json!({"answer": "not_affected", "lines": {}})).await;
        assert_eq!(day.hears().await, [""; 0], "they may come all the time");
    }
}

#[tokio::test]
async fn a_place_that_is_well_lifts_what_others_said() {
    for driver in Driver::BOTH {
        for (answer, words) in [("not_affected", "Not affected here"), ("recovered", "Back to normal")] {
            let mut day = Reader::new(driver, &["Z80002"]).await;
            day.app.subscribers(&[(crate::overtaken::OTHER, "sms", "Z80001")]).await;
            let emis = day.declare(json!({"system": "emis-web", "lines": {"attend": "do_not_come"}})).await;
            assert!(says(&day.hears().await, SHUT));
            day.answers("Z80002", &emis, json!({"answer": answer})).await;
            let told = day.hears().await;
            assert!(says(&told, OPEN) && told[0].to_lowercase().contains(&words.to_lowercase()), "{told:?}");
            // Later updates pass it by, as before.
            day.says(&emis, json!({"message": "It goes on."})).await;
            assert_eq!(day.hears().await, [""; 0]);
            day.answers("Z80002", &emis, json!({"answer": "affected"})).await;
            assert!(says(&day.hears().await, SHUT), "and after all");
        }
    }
}

#[tokio::test]
async fn who_heard_nothing_hears_not_to_come_and_of_several_places_each_by_itself() {
    for driver in Driver::BOTH {
        let mut day = Reader::new(driver, &[]).await;
        let emis = day.declare(json!({"system": "emis-web"})).await;
        day.app.run_workers().await;
        day.app.advance(chrono::Duration::minutes(1));
        let rows = [(crate::delivery::NUMBER, "sms", "Z80001"), (crate::delivery::NUMBER, "sms", "Z80002")];
        day.app.subscribers(&rows).await;
        day.answers("Z80002", &emis, json!({"answer": "affected", "lines": {"attend": "come"}})).await;
        assert_eq!(day.hears().await, [""; 0], "all is as they think");
        day.answers("Z80002", &emis, json!({"answer": "affected", "lines": {"attend": "do_not_come"}})).await;
        assert!(says(&day.hears().await, SHUT));
        // What is told of the incident next says it of both.
        day.says(&emis, json!({"message": "It goes on."})).await;
        assert_eq!(day.hears().await.len(), 2);
        day.answers("Z80001", &emis, json!({"answer": "affected", "lines": {"attend": "come"}})).await;
        assert_eq!(day.hears().await, [""; 0]);
        day.answers("Z80002", &emis, json!({"answer": "affected", "lines": {"attend": "come"}})).await;
        assert!(says(&day.hears().await, OPEN));
    }
}

#[tokio::test]
async fn what_waits_says_it_already_and_a_newer_update_takes_its_place() {
    for driver in Driver::BOTH {
        let mut day = Reader::new(driver, &["Z80002"]).await;
        let emis = day.declare(json!({"system": "emis-web"})).await;
        let shut = json!({"answer": "affected", "lines": {"attend": "do_not_come"}});
        day.answers("Z80002", &emis, shut).await;
        assert!(says(&day.hears().await, SHUT), "one message, with words of today");
        day.answers("Z80002", &emis, json!({"answer": "affected", "lines": {"attend": "come"}})).await;
        day.says(&emis, json!({"message": "It goes on."})).await;
        let told = day.hears().await;
        assert!(says(&told, OPEN), "{told:?}");
    }
}

#[tokio::test]
async fn whoever_heard_a_wrong_update_by_an_answer_is_corrected() {
    for driver in Driver::BOTH {
        let mut day = Reader::new(driver, &[]).await;
        let emis = day.declare(json!({"system": "emis-web", "message": "Wrong."})).await;
        day.app.run_workers().await;
        day.app.subscribers(&[(crate::delivery::NUMBER, "sms", "Z80002")]).await;
        let shut = json!({"answer": "affected", "lines": {"attend": "do_not_come"}});
        day.answers("Z80002", &emis, shut).await;
        assert!(says(&day.hears().await, SHUT));
        let path = format!("/api/v1/updates/{}/withdrawal", crate::approvals::update_of(&emis));
        let body = json!({"correction": "It was not so."});
        let done = day.app.api(&day.region.clone(), "POST", &path, body).await;
        assert!(done.status.is_success(), "{}", done.text());
        let told = day.hears().await;
        assert!(told.len() == 1 && told[0].contains("Correction"), "{told:?}");
    }
}

#[tokio::test]
async fn very_many_readers_wait_for_a_second_person() {
    for driver in Driver::BOTH {
        let mut day = Reader::new(driver, &["Z80002"]).await;
        day.app
            .subscribers(&[("a@example.org", "email", "Z80002"), ("b@example.org", "email", "Z80002")])
            .await;
        let emis = day.declare(json!({"system": "emis-web"})).await;
        assert_eq!(day.hears().await.len(), 1);
        let tight = Rules { people: 2, ..Rules::LOOSE };
        day.app.desk = day.app.desk.clone().with_rules(tight);
        let shut = json!({"answer": "affected", "lines": {"attend": "do_not_come"}});
        day.answers("Z80002", &emis, shut).await;
        assert_eq!(day.app.status("Z80002").await["headline"]["state"], "closed", "the page does not wait");
        assert_eq!(day.hears().await, [""; 0]);
        let second = day.app.token("Z80002", Role::Approver).await;
        let waiting = day.app.api(&second, "GET", "/api/v1/approvals", serde_json::Value::Null).await.json();
        let id = waiting["approvals"][0]["update"]["id"].as_str().unwrap().to_owned();
        let done = crate::approvals::decide(&day.app, &second, &id, "approval", json!({})).await;
        assert_eq!(done.status, 200, "{}", done.text());
        assert!(says(&day.hears().await, SHUT));
    }
}

#[tokio::test]
async fn an_exercise_is_told_to_no_reader_neither_in_its_middle_nor_with_its_end() {
    for driver in Driver::BOTH {
        for kind in ["exercise", "test"] {
            let mut day = Reader::new(driver, &["Z80002"]).await;
            day.app.subscribers(&[("a@example.org", "email", "Z80002")]).await;
            let body = json!({"system": "emis-web", "kind": kind, "lines": {"attend": "do_not_come"}});
            let emis = day.declare(body).await;
            for attend in ["do_not_come", "come"] {
                let answer = json!({"answer": "affected", "lines": {"attend": attend}});
                day.answers("Z80002", &emis, answer).await;
                assert_eq!(day.hears().await, [""; 0]);
            }
            let shut = json!({"answer": "affected", "lines": {"attend": "do_not_come"}});
            day.answers("Z80002", &emis, shut).await;
            day.says(&emis, json!({"state": "resolved"})).await;
            day.answers("Z80002", &emis, json!({"answer": "recovered", "lines": {}})).await;
            day.app.advance(chrono::Duration::seconds(5));
            assert_eq!(day.hears().await, [""; 0]);
            assert_eq!(day.app.captured().await, []);
        }
    }
}

#[tokio::test]
async fn the_screens_say_before_the_tap_how_many_hear_it() {
    for driver in Driver::BOTH {
        let mut day = Reader::new(driver, &["Z80002"]).await;
        on_duty(&day.app, &[("Z80002", "07700 900155", "sms")]).await;
        let emis = day.declare(json!({"system": "emis-web"})).await;
        let staff = Person::of(&day.app, "Z80002", Role::Publisher).await;
        let hears = "If this changes whether to come, your 1 reader gets a message at once.";
        let desk = staff.get("/desk").await.text();
        assert!(desk.contains(hears), "{desk}");
        let id = emis["id"].as_str().unwrap().parse().unwrap();
        let link = day.app.desk.answer_url(id, &code("Z80002"), day.app.now());
        let link = day.app.get(&link[link.find("/c/").unwrap()..]).await.text();
        assert!(link.contains(hears), "{link}");
        day.app.desk = day.app.desk.clone().with_rules(Rules { people: 0, ..Rules::LOOSE });
        let staff = Person::of(&day.app, "Z80002", Role::Publisher).await;
        let waits =
            "If this changes whether to come, your 1 reader gets a message once a second person agrees.";
        assert!(staff.get("/desk").await.text().contains(waits));
    }
}

/// A place that is not affected, and shut for another reason, hears no update; but where the
/// incident comes back, so does what it said of coming.
#[tokio::test]
async fn who_heard_that_they_may_come_hears_that_a_place_is_shut_again() {
    for driver in Driver::BOTH {
        let mut day = Reader::new(driver, &["Z80002"]).await;
        // Its board knows how the place is: its end ends what the place had said.
        day.region = day.app.token("QZ8", Role::Coordinator).await;
        let emis = day.declare(json!({"system": "emis-web"})).await;
        day.hears().await;
        let shut = json!({"answer": "busy", "lines": {"attend": "do_not_come"}});
        day.answers("Z80002", &emis, shut).await;
        let told = day.hears().await;
        assert!(says(&told, SHUT), "{told:?}");
        // What it is not affected by is no all-clear above that.
        let mut tx = day.app.desk.db.read().await.unwrap();
        let all = delivery_reports::newest(&mut tx, None, None, 1).await.unwrap();
        let words = broadcasts::message(&mut tx, all[0].broadcast, &code("Z80002"), "en").await.unwrap();
        drop(tx);
        let subject = words.unwrap().subject;
        assert!(subject.contains(SHUT) && !subject.contains("Not affected"), "{subject}");
        day.says(&emis, json!({"state": "resolved"})).await;
        let told = day.hears().await;
        assert!(says(&told, OPEN), "{told:?}");
        day.app.advance(chrono::Duration::minutes(5));
        day.says(&emis, json!({"state": "identified", "message": "It is back."})).await;
        let told = day.hears().await;
        assert!(says(&told, SHUT), "{told:?}");
        assert!(day.app.status("Z80002").await["headline"]["state"] == "closed");
        assert!(day.hears().await.is_empty());
    }
}

#[tokio::test]
async fn a_places_own_word_is_seen_and_stopped_from_its_desk() {
    for driver in Driver::BOTH {
        let mut day = Reader::new(driver, &["Z80002"]).await;
        let emis = day.declare(json!({"system": "emis-web"})).await;
        assert!(says(&day.hears().await, OPEN));
        let cookie = Person::of(&day.app, "Z80002", Role::Publisher).await.cookie;
        day.answers("Z80002", &emis, json!({"answer": "affected", "lines": {"attend": "do_not_come"}})).await;
        let person = Person { app: &day.app, cookie };
        let listed = crate::staff::values(&person.get("/desk").await, ".sp-results a", "href");
        let sent: Vec<_> = listed.iter().filter(|href| href.starts_with("/desk/updates/")).collect();
        let [at] = sent[..] else { panic!("its word alone, not what the region said: {listed:?}") };
        let screen = person.get(at).await.text();
        assert!(screen.contains("changed whether to come") && !screen.contains("/withdraw"), "{screen}");
        let stopped = person.post(&format!("{at}/stop"), &[]).await;
        assert_eq!(stopped.status, 303, "{}", stopped.text());
        assert_eq!(day.hears().await, [""; 0]);
    }
}
