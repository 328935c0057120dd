//! The calendar of planned work, as bytes. What other programs make of it is
//! in `tests/clients/calendar_reads.py`.

use serde_json::{Value, json};
use signpost::domain::user::Role;

use crate::harness::{Driver, TestApp};

/// Long lines put together again.
fn unfolded(text: &str) -> Vec<String> {
    text.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
}

fn events(text: &str) -> Vec<Vec<String>> {
    let all = unfolded(text);
    let blocks = all.split(|l| l == "BEGIN:VEVENT").skip(1);
    blocks.map(|b| b.iter().take_while(|l| *l != "END:VEVENT").cloned().collect()).collect()
}

fn value<'a>(event: &'a [String], key: &str) -> &'a str {
    event.iter().find(|l| l.starts_with(key)).map_or("", |l| &l[key.len()..])
}

#[tokio::test]
async fn a_plan_is_one_event_with_its_rule_and_what_differs_from_it() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let token = app.token("X24", Role::Coordinator).await;
    let empty = app.get("/Z80001/calendar.ics").await;
    assert_eq!((empty.status.as_u16(), empty.header("content-type")), (200, "text/calendar; charset=utf-8"));
    assert!(empty.text().contains("BEGIN:VTIMEZONE") && events(&empty.text()).is_empty());

    // Saturdays from 11pm to 4am, across the end of summer time on 27 October.
    let body = json!({"title": "Server, storage; and a \"quite\" long title that must be folded somewhere",
        "organisations": ["Z80001"], "lines": {"phones": "down"}, "message": "Line one\nLine two",
        "starts_at": "2024-10-12T22:00:00Z", "ends_at": "2024-10-13T03:00:00Z",
        "repeat": {"frequency": "weekly", "days": ["saturday"], "until": "2024-11-16"}});
    let posted = app.api(&token, "POST", "/api/v1/planned", body).await;
    assert_eq!(posted.status, 201, "{}", posted.text());
    let id = posted.json()["id"].as_str().unwrap().to_owned();
    let cancel = json!({"occurrence": "2024-11-02"});
    app.api(&token, "POST", &format!("/api/v1/planned/{id}/cancellation"), cancel).await;
    app.publish().await;
    let text = app.get("/Z80001/calendar.ics").await.text();
    assert!(text.split("\r\n").all(|l| l.len() <= 75), "{text}");
    let all = events(&text);
    assert_eq!(all.len(), 3, "{text}");
    let (main, clocks, off) = (&all[0], &all[1], &all[2]);
    assert_eq!(value(main, "UID:"), format!("{id}.Z80001@signpost"));
    assert_eq!(value(main, "DTSTART;TZID=Europe/London:"), "20241012T230000");
    assert_eq!(value(main, "DTEND;TZID=Europe/London:"), "20241013T040000");
    assert_eq!(value(main, "RRULE:"), "FREQ=WEEKLY;INTERVAL=1;BYDAY=SA;UNTIL=20241116T235959Z");
    assert_eq!((value(main, "STATUS:"), value(main, "SEQUENCE:")), ("CONFIRMED", "1"));
    assert_eq!(value(main, "DTSTAMP:"), "20240719T070000Z");
    assert!(value(main, "SUMMARY:").starts_with("Server\\, storage\\; and"));
    assert!(value(main, "DESCRIPTION:").contains("Line one\\nLine two\\nOur phones are not working."));
    assert_eq!(value(main, "URL:"), "http://localhost:8080/Z80001");
    // The night has an hour more, and the rule would repeat the length.
    assert_eq!(value(clocks, "RECURRENCE-ID;TZID=Europe/London:"), "20241026T230000");
    assert_eq!(value(clocks, "DTEND;TZID=Europe/London:"), "20241027T040000");
    assert_eq!(value(off, "RECURRENCE-ID;TZID=Europe/London:"), "20241102T230000");
    assert_eq!(value(off, "STATUS:"), "CANCELLED");
    assert!(all.iter().all(|e| value(e, "UID:") == value(main, "UID:") && value(e, "ORGANIZER").is_empty()));
    assert_eq!(app.get("/Z80001/calendar.ics").await.text(), text, "the same facts give the same bytes");

    // Once it is past, what never took place is taken out of the rule.
    app.desk.clock.set("2024-11-04T09:00:00Z".parse().unwrap());
    app.publish().await;
    let text = app.get("/Z80001/calendar.ics").await.text();
    assert_eq!(value(&events(&text)[0], "EXDATE;TZID=Europe/London:"), "20241102T230000");

    // Called off as a whole after some took place: the rule ends there.
    app.api(&token, "POST", &format!("/api/v1/planned/{id}/cancellation"), Value::Null).await;
    app.publish().await;
    let main = events(&app.get("/Z80001/calendar.ics").await.text()).remove(0);
    assert_eq!(value(&main, "RRULE:"), "FREQ=WEEKLY;INTERVAL=1;BYDAY=SA;UNTIL=20241102T235959Z");
    assert_eq!((value(&main, "STATUS:"), value(&main, "SEQUENCE:")), ("CONFIRMED", "2"));
}

#[tokio::test]
async fn a_plan_called_off_before_it_began_is_cancelled() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let token = app.token("X24", Role::Coordinator).await;
    let body = json!({"title": "Once", "organisations": ["Z80001"], "starts_at": "2024-10-27T01:30:00Z",
        "ends_at": "2024-10-27T03:00:00Z"});
    let id = app.api(&token, "POST", "/api/v1/planned", body).await.json()["id"].as_str().unwrap().to_owned();
    app.publish().await;
    let once = events(&app.get("/Z80001/calendar.ics").await.text()).remove(0);
    // The second half past one of that night has no name of its own in London.
    assert_eq!(value(&once, "DTSTART:"), "20241027T013000Z");
    assert_eq!(value(&once, "DTEND;TZID=Europe/London:"), "20241027T030000");
    app.api(&token, "POST", &format!("/api/v1/planned/{id}/cancellation"), json!({"message": "Not needed."}))
        .await;
    app.publish().await;
    let once = events(&app.get("/Z80001/calendar.ics").await.text()).remove(0);
    assert_eq!((value(&once, "STATUS:"), value(&once, "SEQUENCE:")), ("CANCELLED", "1"));
    assert!(value(&once, "DESCRIPTION:").contains("Not needed."));
}
