//! A correction that leaves late: it says what holds by then, and nothing that newer news
//! has made untrue.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::channels::{Channels, ProviderSettings, RelaySettings, Settings};
use signpost::domain::delivery::DeliveryState;
use signpost::domain::subscriber::Channel;
use signpost::domain::user::Role;
use signpost::store::attempts::{self, Record};
use signpost::store::deliveries::Delivery;
use signpost::workers::expander;

use crate::approvals::{decide, update_of};
use crate::channels::sink::{Mood, Sink};
use crate::delivery::{NUMBER, declared};
use crate::harness::{Driver, TestApp};
use crate::overtaken::{OTHER, claimed};

const ALICE: &str = "alice@example.org";
const WRONG: &str = "What we told you before was wrong.";

/// What a relay took, newest last, each as one line of text.
fn letters(sink: &Sink) -> Vec<String> {
    let all = sink.taken().into_iter().map(|t| String::from_utf8(t.bytes).unwrap());
    all.map(|text| text.replace("=\r\n", "").replace("\r\n", " ")).collect()
}

struct Told {
    app: TestApp,
    sink: Sink,
    token: String,
    incident: String,
}

impl Told {
    /// One reader by email, and an incident with its first update told.
    async fn of(driver: Driver, lines: Value, message: &str) -> Self {
        let mut app = TestApp::with_region(driver).await;
        let sink = Sink::start().await;
        let from = "updates@status.example.org".into();
        let relay = RelaySettings { url: sink.url.clone(), from, ..RelaySettings::default() };
        let email = vec![ProviderSettings::Relay(relay)];
        app.channels = Some(Channels::new(&Settings { email, ..Settings::default() }).unwrap());
        app.subscribers(&[(ALICE, "email", "Z80001")]).await;
        let token = app.token("Z80001", Role::Publisher).await;
        let body =
            json!({"title": "The roof", "organisations": ["Z80001"], "lines": lines, "message": message});
        let posted = app.api(&token, "POST", "/api/v1/incidents", body).await.json();
        let incident = posted["id"].as_str().unwrap().to_owned();
        app.run_workers().await;
        Self { app, sink, token, incident }
    }

    async fn say(&mut self, body: Value) -> String {
        let path = format!("/api/v1/incidents/{}/updates", self.incident);
        let posted = self.app.api(&self.token, "POST", &path, body).await;
        assert_eq!(posted.status, 201, "{}", posted.text());
        self.app.run_workers().await;
        update_of(&posted.json())
    }

    async fn take_back(&mut self, update: &str, words: &str) -> String {
        let own = json!({"correction": words});
        let done = decide(&self.app, &self.token, update, "withdrawal", own).await;
        assert_eq!(done.status, 201, "{}", done.text());
        self.app.run_workers().await;
        update_of(&done.json())
    }

    /// Until what was put off or is unclear has left.
    async fn go_on(&mut self) {
        for _ in 0..6 {
            self.app.advance(Duration::minutes(2));
            self.app.resolve().await;
            self.app.run_workers().await;
        }
    }
}

const CLOSED: &str = "That was wrong. We are closed. Do not come.";

#[tokio::test]
async fn a_correction_that_was_put_off_does_not_contradict_the_end() {
    for driver in Driver::BOTH {
        let mut told = Told::of(driver, json!({"attend": "do_not_come"}), "We are shut.").await;
        let wrong = told.say(json!({"message": "Open again.", "lines": {"attend": "come"}})).await;
        told.sink.set(Mood::PutsOff);
        let correction = told.take_back(&wrong, CLOSED).await;
        assert_eq!(letters(&told.sink).len(), 2, "it is put off");
        told.sink.set(Mood::Well);
        told.say(json!({"state": "resolved"})).await;
        told.go_on().await;
        let all = letters(&told.sink);
        assert_eq!(all.len(), 4, "each once: {all:?}");
        assert!(all[2].contains("back to normal") && !all[2].contains("Correction"), "{}", all[2]);
        let last = &all[3];
        assert!(last.contains("Correction: Ashwick Surgery") && last.contains(WRONG), "{last}");
        assert!(last.contains("back to normal") && last.contains("Come to your appointment"), "{last}");
        assert!(["closed", "Do not come", "Next update"].iter().all(|w| !last.contains(w)), "{last}");
        let counts = told.app.counts(&told.token, &correction).await["email"].clone();
        assert_eq!(counts["accepted"], 1, "{counts}");
    }
}

#[tokio::test]
async fn a_correction_that_was_put_off_repeats_the_newest_news() {
    for driver in Driver::BOTH {
        let mut told = Told::of(driver, json!({"phones": "down"}), "The phones are down.").await;
        let wrong = told.say(json!({"message": "Shut.", "lines": {"attend": "do_not_come"}})).await;
        told.sink.set(Mood::PutsOff);
        told.take_back(&wrong, "We are open. Come.").await;
        told.sink.set(Mood::Well);
        let fell = json!({"message": "Now the ceiling fell.", "lines": {"attend": "do_not_come"}});
        told.say(fell).await;
        told.go_on().await;
        let all = letters(&told.sink);
        assert_eq!(all.len(), 4, "each once: {all:?}");
        let last = &all[3];
        assert!(last.contains("Correction:") && last.contains(WRONG), "{last}");
        assert!(last.contains("Now the ceiling fell.") && last.contains("Do not come"), "{last}");
        assert!(!last.contains("We are open"), "{last}");
        assert_eq!(last.matches("Now the ceiling fell.").count(), 2, "once in each part: {last}");
    }
}

/// Nobody knows whether the relay took it, so it is sent again: not as it was.
#[tokio::test]
async fn a_copy_of_a_correction_does_not_contradict_newer_news() {
    for driver in Driver::BOTH {
        let mut told = Told::of(driver, json!({"attend": "do_not_come"}), "We are shut.").await;
        let wrong = told.say(json!({"message": "Open again.", "lines": {"attend": "come"}})).await;
        told.sink.set(Mood::LosesAnswer);
        told.take_back(&wrong, CLOSED).await;
        assert!(letters(&told.sink)[2].contains(CLOSED));
        told.sink.set(Mood::Well);
        told.say(json!({"state": "resolved"})).await;
        told.go_on().await;
        let all = letters(&told.sink);
        assert_eq!(all.len(), 5, "{all:?}");
        let since: Vec<_> = all[3..].iter().filter(|text| text.contains("closed")).collect();
        assert!(since.is_empty(), "{since:?}");
        assert!(all[3..].iter().all(|text| text.contains("back to normal")), "{all:?}");
    }
}

/// To be put off alone changes nothing of what it says.
#[tokio::test]
async fn a_correction_keeps_its_words_while_nothing_newer_stands() {
    for driver in Driver::BOTH {
        let mut told = Told::of(driver, json!({"phones": "down"}), "The phones are down.").await;
        let wrong = told.say(json!({"message": "Shut.", "lines": {"attend": "do_not_come"}})).await;
        told.sink.set(Mood::PutsOff);
        told.take_back(&wrong, "Only the car park is shut.").await;
        told.sink.set(Mood::Well);
        told.go_on().await;
        let all = letters(&told.sink);
        assert_eq!(all.len(), 3, "{all:?}");
        assert!(all[2].contains("Only the car park is shut.") && !all[2].contains(WRONG), "{}", all[2]);
    }
}

/// Machines get no words that hold no longer, and channels of text say what it is.
#[tokio::test]
async fn posts_say_that_they_correct_and_machines_get_no_words_of_before() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let token = app.token("Z80001", Role::Administrator).await;
        let account = json!({"url": "https://discord.com/api/webhooks/1/not-a-secret"});
        let path = "/api/v1/organisations/Z80001/channels/discord";
        assert_eq!(app.api(&token, "PUT", path, account).await.status, 200);
        let hook = json!({"url": "https://hooks.example.org/in"});
        let path = "/api/v1/organisations/Z80001/channels/webhook";
        assert_eq!(app.api(&token, "PUT", path, hook).await.status, 200);
        let body = json!({"title": "Phones", "organisations": ["Z80001"], "lines": {"phones": "down"}});
        let posted = app.api(&token, "POST", "/api/v1/incidents", body).await.json();
        let path = format!("/api/v1/incidents/{}/updates", posted["id"].as_str().unwrap());
        let shut = |message: &str| json!({"message": message, "lines": {"attend": "do_not_come"}});
        let wrong = app.api(&token, "POST", &path, shut("Shut.")).await.json();
        app.run_workers().await;
        let own = json!({"correction": "We were never shut."});
        decide(&app, &token, &update_of(&wrong), "withdrawal", own).await;
        while expander::step(&app.desk).await.unwrap() {}
        let fell = app.api(&token, "POST", &path, shut("Now the ceiling fell.")).await;
        assert_eq!(fell.status, 201, "{}", fell.text());
        app.run_workers().await;
        let sent = app.captured().await;
        let of = |channel| sent.iter().filter(move |(c, _)| *c == channel).map(|(_, text)| text);
        let posts: Vec<_> = of(Channel::Discord).filter(|text| text.starts_with("Correction: Ash")).collect();
        assert_eq!(posts.len(), 1, "{sent:?}");
        assert!(posts[0].contains(WRONG) && posts[0].contains("Now the ceiling fell."), "{}", posts[0]);
        assert!(posts[0].contains("Do not come") && !posts[0].contains("never shut"), "{}", posts[0]);
        let events: Vec<Value> =
            of(Channel::Webhook).map(|text| serde_json::from_str(text).unwrap()).collect();
        let events: Vec<_> = events.iter().filter(|e| e["type"] == "update.correction").collect();
        assert_eq!((events.len(), &events[0]["data"]["update"]["message"]), (1, &Value::Null), "{events:?}");
    }
}

/// What is said while a correction is on the wire waits until that has left: it must not come
/// before it.
#[tokio::test]
async fn news_waits_for_a_correction_that_is_going_to_the_same_reader() {
    for driver in Driver::BOTH {
        let (mut app, provider, token, posted) = declared(driver).await;
        app.subscribers(&[(OTHER, "sms", "Z80001")]).await;
        app.run_workers().await;
        let path = format!("/api/v1/incidents/{}/updates", posted["id"].as_str().unwrap());
        let said = app.api(&token, "POST", &path, json!({"message": "The lift fell."})).await;
        app.run_workers().await;
        let (had, other) = (provider.copies(NUMBER), provider.copies(OTHER));
        let own = json!({"correction": "It did not."});
        let done = decide(&app, &token, &update_of(&said.json()), "withdrawal", own).await;
        assert_eq!(done.status, 201, "{}", done.text());
        while expander::step(&app.desk).await.unwrap() {}
        app.advance(Duration::seconds(2));
        let mut going = vec![claimed(&app).await, claimed(&app).await];
        going.sort_by_key(|d| d.target);
        let now = app.api(&token, "POST", &path, json!({"message": "Now it did."})).await;
        assert_eq!(now.status, 201, "{}", now.text());
        // One of the two corrections has left by now.
        taken(&app, &going.remove(0)).await;
        app.run_workers().await;
        let sent = provider.copies(NUMBER) + provider.copies(OTHER) - had - other;
        assert_eq!(sent, 1, "whose correction has left");
        taken(&app, &going.remove(0)).await;
        app.advance(Duration::seconds(5));
        app.send_due().await;
        assert_eq!((provider.copies(NUMBER) - had, provider.copies(OTHER) - other), (1, 1));
    }
}

/// The provider took it.
async fn taken(app: &TestApp, d: &Delivery) {
    let mut tx = app.desk.db.write().await.unwrap();
    let ours = Record {
        delivery: d.id,
        attempt: d.attempt,
        state: DeliveryState::Accepted,
        outcome: "accepted",
        reason: None,
        reference: Some(d.id.to_string()),
        due_at: d.due_at,
        first_due: None,
        uncounted: false,
        look_ups: 0,
        pinned: None,
    };
    attempts::record(&mut tx, &[ours], app.now()).await.unwrap();
    tx.commit().await.unwrap();
}
