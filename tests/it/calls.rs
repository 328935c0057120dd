//! What staff on duty are told, and how they answer.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::delivery::{DeliveryState, Lane};
use signpost::domain::user::{Actor, Role};
use signpost::store::deliveries::Delivery;
use signpost::store::{audit, delivery_reports};
use signpost::workers::{caller, expander};
use uuid::Uuid;

use crate::duties::on_duty;
use crate::harness::{BASE, Driver, TestApp, code};
use crate::staff::{Person, texts, values};

/// What was said to staff, oldest first: to whom (organisation), by what, how it
/// stands, and the words as they were sent.
pub async fn said(app: &TestApp) -> Vec<(Delivery, String)> {
    let all: Vec<Delivery> = {
        let mut tx = app.desk.db.read().await.unwrap();
        delivery_reports::newest(&mut tx, None, None, 1000).await.unwrap()
    };
    let mut out = Vec::new();
    for d in all.into_iter().rev().filter(|d| Lane::is_for_staff(d.lane)) {
        let sent = app.desk.message(&Actor::command_line(), d.id).await.unwrap();
        let text = sent.message.map(|m| m.text_for(d.channel)).unwrap_or_default();
        out.push((d, text));
    }
    out
}

async fn declare(app: &TestApp, body: Value) -> Uuid {
    let token = app.token("X24", Role::Coordinator).await;
    let answer = app.api(&token, "POST", "/api/v1/incidents", body).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()["id"].as_str().unwrap().parse().unwrap()
}

/// The path of the link in a message.
fn link(text: &str) -> String {
    let at = text.find(&format!("{BASE}/c/")).unwrap_or_else(|| panic!("no link in {text}"));
    text[at + BASE.len()..].split_whitespace().next().unwrap().to_owned()
}

#[tokio::test]
async fn a_site_is_asked_and_answers_from_a_phone_without_a_password() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        on_duty(&app, &[("Z80001", "07700 900123", "sms"), ("Z80002", "desk@example.org", "email")]).await;
        // A patient with the same number follows the place; they are not asked.
        app.subscribers(&[("+447700900124", "sms", "Z80001")]).await;
        let incident =
            declare(&app, json!({"title": "Phones are down", "organisations": ["Z80001", "Z80002"]})).await;
        assert_eq!(app.call().await, 1);
        let all = said(&app).await;
        assert_eq!(all.len(), 2);
        let (delivery, text) = all.iter().find(|(d, _)| d.organisation == code("Z80001")).unwrap();
        assert_eq!((delivery.state, delivery.lane), (DeliveryState::Captured, Lane::Duty.order()));
        assert!(
            text.contains("Phones are down. Are you affected? http://localhost:8080/c/Z80001."),
            "{text}"
        );
        let path = link(text);

        // It shows before it acts, and looking changes nothing.
        let before = app.status("Z80001").await;
        assert_eq!(before["incidents"][0]["confirmation"], "not_confirmed");
        for _ in 0..2 {
            let asked = app.get(&path).await;
            assert_eq!(asked.status, 200);
            assert_eq!(texts(&asked, "ul.sp-taps button").len(), 3);
            assert!(asked.text().contains("Nobody at your site has answered yet."));
        }
        assert_eq!(app.status("Z80001").await["incidents"][0]["confirmation"], "not_confirmed");

        let answered = app.form(&path, "answer=affected").await;
        assert_eq!(
            (answered.status.as_u16(), answered.header("location")),
            (303, format!("{path}?done=1").as_str())
        );
        assert_eq!(app.status("Z80001").await["incidents"][0]["confirmation"], "confirmed");
        // Two taps: something is different here.
        app.form(&path, "line=phones%3Adown").await;
        let status = app.status("Z80001").await;
        let phones = status["lines"].as_array().unwrap().iter().find(|l| l["line"] == "phones").unwrap();
        assert_eq!((&phones["state"], &phones["said_by"]["code"]), (&json!("down"), &json!("Z80001")));
        let stands = app.get(&path).await;
        assert!(
            stands.text().contains("You answered at 8am: <strong>Affected</strong>."),
            "{}",
            stands.text()
        );
        assert_eq!(texts(&stands, ".nhsuk-list--bullet li"), ["Phone lines: Not working"]);
        // Used again, it changes the answer.
        app.form(&path, "answer=not_affected").await;
        assert_eq!(app.status("Z80001").await["incidents"][0]["confirmation"], "not_affected");

        let mut tx = app.desk.db.read().await.unwrap();
        let log = audit::latest(&mut tx, None, 1).await.unwrap();
        drop(tx);
        assert_eq!((log[0].action.as_str(), log[0].door.as_str()), ("respond", "Link"));
        assert_eq!((log[0].organisation.as_str(), log[0].subject.clone()), ("Z80001", incident.to_string()));
    }
}

#[tokio::test]
async fn a_link_serves_one_site_and_one_incident_for_a_day() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let named = json!({"title": "Phones are down", "organisations": ["Z80001", "Z80002"]});
        let incident = declare(&app, named).await;
        let url = app.desk.answer_url(incident, &code("Z80001"), app.now());
        let path = url.strip_prefix(BASE).unwrap();
        assert_eq!(app.get(path).await.status, 200);
        // Neither another site, nor a later end, nor another incident.
        let (site, rest) = path.split_once('.').unwrap();
        let (until, token) = rest.split_once('.').unwrap();
        let later = until.parse::<i64>().unwrap() + 3600;
        let other = app.desk.answer_url(Uuid::from_u128(7), &code("Z80001"), app.now());
        for wrong in [
            path.replace("Z80001", "Z80002"),
            format!("{site}.{later}.{token}"),
            other.strip_prefix(BASE).unwrap().to_owned(),
            format!("{path}x"),
            "/c/x".into(),
        ] {
            let shown = app.get(&wrong).await;
            assert_eq!(shown.status, 404, "{wrong}");
            assert!(shown.text().contains("This link does not work any more"));
            assert_eq!(app.form(&wrong, "answer=affected").await.status, 404, "{wrong}");
        }
        app.advance(Duration::hours(24));
        assert_eq!(app.get(path).await.status, 404);
        assert_eq!(app.form(path, "answer=affected").await.status, 404);
        // Over before the day is: it says so.
        let token = app.token("X24", Role::Coordinator).await;
        let url = app.desk.answer_url(incident, &code("Z80001"), app.now());
        let path = url.strip_prefix(BASE).unwrap();
        let over = format!("/api/v1/incidents/{incident}/updates");
        app.api(&token, "POST", &over, json!({"state": "resolved"})).await;
        assert!(app.get(path).await.text().contains("Are you back to normal?"), "a nation does not know");
        let board = app.token("QZ8", Role::Coordinator).await;
        let said = format!("/api/v1/incidents/{incident}/confirmations");
        assert_eq!(app.api(&board, "POST", &said, json!({})).await.json(), json!({"organisations": 2}));
        assert!(app.get(path).await.text().contains("This problem is over"));
        assert_eq!(app.form(path, "answer=not_affected").await.header("location"), path);
        {
            let mut tx = app.desk.db.read().await.unwrap();
            let known = signpost::store::incidents::find(&mut tx, incident, false).await.unwrap().unwrap();
            let answers = signpost::store::incidents::responses_to(&mut tx, &known).await.unwrap();
            assert!(answers.iter().all(|answer| answer.by.is_some()), "only the board's: {answers:?}");
        }
        // Whoever still has the problem is heard, whatever others said for them.
        assert!(app.get(path).await.text().contains("You still have this problem"));
        for (tap, state) in [("answer=affected", "catching_up"), ("line=attend:do_not_come", "closed")] {
            app.advance(Duration::minutes(1));
            assert_eq!(app.form(path, tap).await.header("location"), format!("{path}?done=1"));
            app.publish().await;
            assert_eq!(app.status("Z80001").await["headline"]["state"], state, "{driver:?} {tap}");
        }
    }
}

#[tokio::test]
async fn the_silent_are_chased_until_somebody_stops_it() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        on_duty(&app, &[("Z80001", "07700 900123", "sms"), ("Z80002", "07700 900124", "sms")]).await;
        let named = json!({"title": "Phones are down", "organisations": ["Z80001", "Z80002", "Z80003"]});
        let incident = declare(&app, named).await;
        assert_eq!((app.call().await, app.call().await), (1, 0), "asked once");
        let ada = Person::of(&app, "X24", Role::Coordinator).await;
        let screen = format!("/desk/incidents/{incident}/answers");
        let shown = ada.get(&screen).await;
        assert_eq!(texts(&shown, ".sp-counts dd"), ["0", "0", "0", "0", "0", "3", "1", "0"]);
        // Of three silent places two have somebody on duty.
        assert!(shown.text().contains("At 1 of them there is nobody to ask."), "{}", shown.text());
        assert!(shown.text().contains("The others are asked again at 8:30am."), "{}", shown.text());
        let board = ada.get("/board").await;
        assert!(
            board.text().contains("3 places have not answered. At 1 of them there is nobody to ask. The others are asked again at 8:30am."),
            "{}",
            board.text()
        );

        let first = said(&app).await;
        let one = first.iter().find(|(d, _)| d.organisation == code("Z80001")).unwrap();
        app.form(&link(&one.1), "answer=affected").await;
        let rows = async |query: &str| {
            let page = ada.get(&format!("{screen}?{query}")).await;
            texts(&page, "[aria-label=Answers] tbody tr")
        };
        let given = rows("shown=affected").await;
        assert_eq!(given.len(), 1, "{given:?}");
        for word in ["Z80001", "Affected", "8am", "somebody on duty, by link"] {
            assert!(given[0].contains(word), "{given:?}");
        }
        let (silent, nobody) = (rows("shown=silent").await, rows("shown=nobody").await);
        assert_eq!((rows("").await.len(), silent.len(), nobody.len()), (3, 2, 1));
        assert!(nobody[0].contains("Z80003") && nobody[0].contains("Nobody to ask"), "{nobody:?}");
        let csv = ada.get(&format!("{screen}.csv")).await.text();
        let lines: Vec<&str> = csv.lines().collect();
        assert!(lines[0].starts_with("organisation,name,kind,town,answer,answered_at,answered_by"), "{csv}");
        assert!(lines[1].contains(",affected,2024-07-19T07:00:00"), "{csv}");
        assert!(lines[3].starts_with("Z80003,") && lines[3].ends_with(",no,live,silent"), "{csv}");
        app.advance(Duration::minutes(29));
        assert_eq!(app.call().await, 0);
        app.advance(Duration::minutes(1));
        assert_eq!(app.call().await, 1);
        // Only the silent, and the words say that it is the second time.
        let chased: Vec<_> = said(&app).await.into_iter().skip(first.len()).collect();
        assert_eq!(chased.len(), 1);
        assert_eq!(chased[0].0.organisation, code("Z80002"));
        assert!(chased[0].1.contains("Please answer: are you affected?"), "{}", chased[0].1);

        let stopped = ada.post(&screen, &[("asking", "off")]).await;
        assert_eq!(stopped.header("location"), format!("{screen}?done=off"));
        assert!(ada.get(&screen).await.text().contains("Somebody stopped asking them."));
        app.advance(Duration::hours(3));
        assert_eq!(app.call().await, 0);
        ada.post(&screen, &[("asking", "on")]).await;
        assert_eq!(app.call().await, 1);
        for (minutes, asked) in [(30, 1), (60, 1), (600, 0)] {
            app.advance(Duration::minutes(minutes));
            assert_eq!(app.call().await, asked, "{minutes}");
        }
        let shown = ada.get(&screen).await;
        assert!(
            shown.text().contains("The others were asked as often as we ask by ourselves."),
            "{}",
            shown.text()
        );
        // Programs see and do the same.
        let token = app.token("X24", Role::Publisher).await;
        let path = format!("/api/v1/incidents/{incident}/asking");
        let seen = app.api(&token, "GET", &path, Value::Null).await.json();
        assert_eq!((&seen["silent"], &seen["asked"]), (&json!(["Z80002", "Z80003"]), &json!(4)));
        assert_eq!(app.api(&token, "PUT", &path, json!({"asking": "maybe"})).await.status, 422);
        let on = app.api(&token, "PUT", &path, json!({"asking": "on"})).await.json();
        assert_eq!(
            (&on["next_at"], &on["asked"]),
            (&json!(signpost::domain::time::rfc3339(app.now())), &json!(1))
        );
        assert_eq!(
            app.api(&token, "PUT", &path, json!({"asking": "off"})).await.json()["next_at"],
            Value::Null
        );
        // Somebody elsewhere neither sees nor changes it.
        let bea = Person::of(&app, "Z80003", Role::Publisher).await;
        assert_eq!(bea.get(&screen).await.status, 404);
        assert_eq!(bea.post(&screen, &[("asking", "on")]).await.status, 404);
    }
}

#[tokio::test]
async fn two_workers_at_once_ask_once() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        on_duty(&app, &[("Z80001", "07700 900123", "sms")]).await;
        declare(&app, json!({"title": "Phones are down", "organisations": ["Z80001", "Z80002"]})).await;
        for minutes in [0, 30] {
            app.advance(Duration::minutes(minutes));
            let (a, b) = (app.desk.clone(), app.desk.clone());
            let (a, b) = tokio::join!(
                tokio::spawn(async move { caller::step(&a).await }),
                tokio::spawn(async move { caller::step(&b).await })
            );
            assert_eq!(a.unwrap().unwrap() + b.unwrap().unwrap(), 1, "{minutes}");
        }
    }
}

#[tokio::test]
async fn whoever_goes_off_duty_or_answers_meanwhile_gets_nothing() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        on_duty(&app, &[("Z80001", "07700 900123", "sms"), ("Z80002", "07700 900124", "sms")]).await;
        let named = json!({"title": "Phones are down", "organisations": ["Z80001", "Z80002"]});
        let incident = declare(&app, named).await;
        caller::step(&app.desk).await.unwrap();
        while expander::step(&app.desk).await.unwrap() {}
        // Between the outbox and the wire: one leaves, one answers.
        let who = Actor::command_line();
        let duty = app.desk.on_duty(&who, &code("Z80001")).await.unwrap()[0].id;
        app.desk.end_duty(&who, &code("Z80001"), duty).await.unwrap();
        let token = app.token("Z80002", Role::Publisher).await;
        let own = format!("/api/v1/incidents/{incident}/responses/Z80002");
        assert_eq!(app.api(&token, "PUT", &own, json!({"answer": "affected"})).await.status, 200);
        app.send_due().await;
        let all = said(&app).await;
        let why = |place: &str| {
            let (d, _) = all.iter().find(|(d, _)| d.organisation == code(place)).unwrap();
            (d.state, d.reason.clone().unwrap_or_default())
        };
        assert_eq!(why("Z80001"), (DeliveryState::Suppressed, "they are no longer on duty".into()));
        assert_eq!(why("Z80002"), (DeliveryState::Suppressed, "they have answered, or it is over".into()));
    }
}

#[tokio::test]
async fn a_practice_is_told_once_that_its_promised_update_is_late() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        on_duty(&app, &[("Z80001", "07700 900123", "sms")]).await;
        let token = app.token("Z80001", Role::Publisher).await;
        let due = "2024-07-19T10:00:00Z";
        let body = json!({"title": "Phones are down", "organisations": ["Z80001"], "next_update_by": due});
        let id = app.api(&token, "POST", "/api/v1/incidents", body).await.json()["id"].clone();
        assert_eq!(app.call().await, 0, "nobody is asked about their own");
        app.advance(Duration::hours(3) - Duration::seconds(1));
        assert_eq!(app.call().await, 1, "the reminder, see tests/it/reminders.rs");
        app.advance(Duration::seconds(1));
        assert_eq!((app.call().await, app.call().await), (1, 0));
        let all = said(&app).await;
        assert_eq!(all.len(), 2);
        assert!(
            all[1].1.contains("your update on Phones are down was due at 11am. Your page says so."),
            "{}",
            all[1].1
        );
        // The next promise is another one.
        let next = format!("/api/v1/incidents/{}/updates", id.as_str().unwrap());
        app.api(&token, "POST", &next, json!({"message": "Still down."})).await;
        app.advance(Duration::hours(2));
        assert_eq!(app.call().await, 1);
        assert_eq!(said(&app).await.len(), 3);
    }
}

#[tokio::test]
async fn an_alarm_reaches_whoever_answers_for_the_area() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        Person::of(&app, "X24", Role::Administrator).await;
        Person::of(&app, "Z80001", Role::Coordinator).await;
        // Neither of these answers for the place.
        Person::of(&app, "Z80001", Role::Publisher).await;
        Person::of(&app, "Z80002", Role::Coordinator).await;
        let mut tx = app.desk.db.write().await.unwrap();
        let (subject, text) = ("One person posted alone.", "Look at it within the hour.");
        app.desk.alarm(&mut tx, &code("Z80001"), subject, text).await.unwrap();
        tx.commit().await.unwrap();
        app.call().await;
        let all = said(&app).await;
        assert_eq!(all.len(), 2, "the coordinator there, and the administrator above");
        assert!(all[0].1.contains("One person posted alone.") && all[0].1.contains("within the hour"));
    }
}

#[tokio::test]
async fn staff_who_only_read_a_call_do_not_get_its_link() {
    let app = TestApp::with_region(Driver::Sqlite).await;
    on_duty(&app, &[("Z80001", "07700 900123", "sms")]).await;
    declare(&app, json!({"title": "Phones are down", "organisations": ["Z80001"]})).await;
    caller::step(&app.desk).await.unwrap();
    while expander::step(&app.desk).await.unwrap() {}
    let all = said(&app).await;
    assert_eq!(all[0].0.state, DeliveryState::Queued);
    assert!(all[0].1.contains("(not shown)") && !all[0].1.contains("/c/"), "{}", all[0].1);
    // One person's number, and nothing of it in full.
    let ada = Person::of(&app, "Z80001", Role::Publisher).await;
    let list = ada.get("/desk/messages").await;
    assert!(!list.text().contains("900123"));
    assert!(values(&list, "a", "href").iter().any(|h| h.starts_with("/desk/messages/")));
}

/// A link answers in the place's name, and ends a reader's messages: who may only look reads
/// neither.
#[tokio::test]
async fn who_may_only_look_reads_no_link() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        on_duty(&app, &[("Z80001", "07700 900123", "sms")]).await;
        app.subscribers(&[("reader@example.org", "email", "Z80001")]).await;
        declare(&app, json!({"title": "Phones are down", "organisations": ["Z80001"]})).await;
        app.run_workers().await;
        app.call().await;
        for (role, may) in [(Role::Viewer, false), (Role::Publisher, true)] {
            let person = Person::of(&app, "QZ8", role).await;
            let list = person.get("/desk/messages").await;
            let mut all = list.text();
            for at in values(&list, "main a[href^='/desk/messages/']", "href") {
                all += &person.get(&at).await.text();
            }
            assert!(all.contains("Are you affected?"), "{all}");
            for link in ["/c/Z80001.", "/s/"] {
                assert_eq!(all.contains(&format!("{BASE}{link}")), may, "{role:?}, {link}: {all}");
            }
        }
    }
}
