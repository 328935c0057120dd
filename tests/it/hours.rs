//! Opening hours: entered by screen, call and file; and no update is promised
//! for a time when nobody is there.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::desk::import::File;
use signpost::domain::user::{Actor, Role};

use crate::harness::{Driver, TestApp};
use crate::staff::{Person, texts, values};
use crate::staff_post::{answers, hidden, press, update_of};

const PATH: &str = "/api/v1/organisations/Z80001/hours";

fn weekdays() -> Value {
    let day = json!([["08:00", "18:30"]]);
    json!({"week": {"monday": day, "tuesday": day, "wednesday": [["08:00", "12:30"], ["14:00", "18:30"]],
        "thursday": day, "friday": day}})
}

async fn set(app: &TestApp, token: &str, path: &str, body: Value) -> Value {
    let answer = app.api(token, "PUT", path, body).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

/// When the newest update of an incident promised the next.
async fn due(app: &TestApp, token: &str) -> Value {
    let open = app.api(token, "GET", "/api/v1/incidents", Value::Null).await.json();
    open["incidents"][0]["next_update_by"].clone()
}

#[tokio::test]
async fn no_update_is_promised_for_a_time_when_nobody_is_there() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let token = app.token("Z80001", Role::Publisher).await;
        set(&app, &token, PATH, weekdays()).await;
        let body = json!({"title": "No heating", "organisations": ["Z80001"]});
        let posted = app.api(&token, "POST", "/api/v1/incidents", body).await.json();
        let path = format!("/api/v1/incidents/{}/updates", posted["id"].as_str().unwrap());
        // Friday 8am in London.
        assert_eq!(due(&app, &token).await, "2024-07-19T09:00:00.000Z", "two hours");
        for (minutes, promised, why) in [
            (9 * 60, "2024-07-19T17:30:00.000Z", "5pm: when they close at 6:30pm"),
            (80, "2024-07-22T07:30:00.000Z", "6:20pm: half an hour after they open on Monday"),
            (24 * 60, "2024-07-22T07:30:00.000Z", "Saturday"),
        ] {
            app.advance(Duration::minutes(minutes));
            let more = app.api(&token, "POST", &path, json!({"message": "Still cold."})).await;
            assert_eq!(more.status, 201, "{}", more.text());
            assert_eq!(due(&app, &token).await, promised, "{why}");
        }
        // Who says when, is believed.
        let own = json!({"message": "Warm again soon.", "next_update_by": "2024-07-20T19:00:00Z"});
        app.api(&token, "POST", &path, own).await;
        assert_eq!(due(&app, &token).await, "2024-07-20T19:00:00.000Z");
        // A correction goes by the hours as well.
        let update = app.api(&token, "POST", &path, json!({"message": "Wrong."})).await.json();
        let update = update["update"]["id"].as_str().unwrap();
        let path = format!("/api/v1/updates/{update}/withdrawal");
        let done = app.api(&token, "POST", &path, json!({"correction": "That was wrong."})).await;
        assert_eq!(done.status, 201, "{}", done.text());
        assert_eq!(due(&app, &token).await, "2024-07-22T07:30:00.000Z");
    }
}

#[tokio::test]
async fn whoever_speaks_goes_by_their_own_hours() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let surgery = app.token("Z80001", Role::Publisher).await;
        set(&app, &surgery, PATH, weekdays()).await;
        let region = app.token("Y91", Role::Publisher).await;
        app.advance(Duration::hours(9));
        let post = async || {
            let body = json!({"system": "emis-web", "scope": "Y91"});
            let posted = app.api(&region, "POST", "/api/v1/incidents", body).await.json();
            let path = format!("/api/v1/incidents/{}", posted["id"].as_str().unwrap());
            app.api(&region, "GET", &path, Value::Null).await.json()["next_update_by"].clone()
        };
        assert_eq!(post().await, "2024-07-19T18:00:00.000Z", "a region whose hours nobody knows");
        let duty = json!([["07:00", "17:30"]]);
        set(&app, &region, "/api/v1/organisations/Y91/hours", json!({"week": {"friday": duty}})).await;
        assert_eq!(post().await, "2024-07-19T16:30:00.000Z", "and one that goes home at 5:30pm");
    }
}

#[tokio::test]
async fn the_form_offers_closing_time_and_what_it_previewed_holds() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let token = app.token("Z80001", Role::Publisher).await;
        let person = Person::of(&app, "Z80001", Role::Publisher).await;
        let chosen = "#next_update_by option[selected]";
        let form = person.get("/desk/post?system=emis-web").await;
        assert_eq!(texts(&form, chosen), ["In 2 hours"], "as ever, where no hours are known");
        set(&app, &token, PATH, weekdays()).await;
        let form = person.get("/desk/post?system=emis-web").await;
        assert_eq!(texts(&form, chosen), ["In 2 hours"], "in the morning as well");
        app.advance(Duration::hours(9));
        let form = person.get("/desk/post?system=emis-web").await;
        assert_eq!(texts(&form, chosen), ["When you close, 6:30pm"]);
        let all = texts(&form, "#next_update_by option");
        assert!(!all.iter().any(|o| o.starts_with("At the end of the day")), "the same said twice: {all:?}");

        let preview = press(&person, "/desk/post/preview", &answers(&form)).await;
        assert_eq!(preview.status, 200, "{}", preview.text());
        let publish = hidden(&preview);
        app.advance(Duration::minutes(85));
        let published = press(&person, "/desk/post", &publish).await;
        assert_eq!(published.status, 303, "{}", published.text());
        assert_eq!(due(&app, &token).await, "2024-07-19T17:30:00.000Z", "although only 5 minutes are left");
        // After that the first word is due on Monday.
        let told = app.api(&token, "GET", "/api/v1/incidents", Value::Null).await.json();
        let id = told["incidents"][0]["id"].as_str().unwrap();
        let form = person.get(&format!("/desk/incidents/{id}/update")).await;
        assert_eq!(texts(&form, chosen), ["Soon after you open, 8:30am on Monday 22 July"]);
        assert!(!update_of(&published).is_empty());
    }
}

#[tokio::test]
async fn hours_are_entered_on_a_screen_and_mistakes_stand_beside_their_day() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let person = Person::of(&app, "Z80001", Role::Publisher).await;
        let empty = person.get("/desk/hours").await;
        assert!(empty.text().contains("Nobody has entered your hours yet."), "{}", empty.text());
        assert!(empty.text().contains("Summer bank holiday, 26 August 2024: closed."));
        let wrong = [
            ("monday.opens", "08:00"),
            ("monday.closes", "18:30"),
            ("monday.opens_again", "18:00"),
            ("monday.closes_again", "19:00"),
            ("tuesday.opens", "18:30"),
            ("tuesday.closes", "08:00"),
            ("except.0.date", ""),
            ("except.0.why", "Staff training"),
            ("except.1.date", "2024-12-24"),
            ("except.1.opens", "09:00"),
            ("except.1.closes", "12:00"),
        ];
        let again = person.post("/desk/hours", &wrong).await;
        assert_eq!(again.status, 422);
        let times = "Enter when you open and when you close after that, such as 08:00 and 18:30.";
        assert_eq!(
            texts(&again, ".nhsuk-error-summary__list li"),
            [times, "Enter the day, such as 2026-12-24.", "Open again after you have closed."]
        );
        assert_eq!(
            values(&again, ".nhsuk-error-summary__list a", "href"),
            ["#week-tuesday", "#except-0", "#week-monday"]
        );
        for id in ["#week-tuesday", "#except-0", "#week-monday"] {
            assert_eq!(values(&again, id, "type"), ["text"], "{id} can be gone to");
        }
        assert_eq!(values(&again, "#except-1-date", "value"), ["2024-12-24"], "what was typed stays");

        let right = [
            ("monday.opens", "08:00"),
            ("monday.closes", "12:30"),
            ("monday.opens_again", "14:00"),
            ("monday.closes_again", "18:30"),
            ("friday.opens", "0.00"),
            ("friday.closes", "00:00"),
            ("except.0.date", "2024-12-24"),
            ("except.0.why", "Christmas Eve"),
            ("bank_holidays", "open"),
        ];
        let saved = person.post("/desk/hours", &right).await;
        assert_eq!(saved.header("location"), "/desk/hours?organisation=Z80001&done=saved");
        let page = person.get("/desk/hours").await;
        assert_eq!(values(&page, "#week-monday", "value"), ["08:00"]);
        assert_eq!(values(&page, "#week-monday-closes-again", "value"), ["18:30"]);
        assert_eq!(values(&page, "#except-0-why", "value"), ["Christmas Eve"]);
        assert_eq!(values(&page, "#bank_holidays[checked]", "value"), ["open"]);
        assert!(
            page.text().contains("Summer bank holiday, 26 August 2024: 8am to 12:30pm and 2pm to 6:30pm.")
        );
        let token = app.token("Z80001", Role::Viewer).await;
        let seen = app.api(&token, "GET", PATH, Value::Null).await.json();
        assert_eq!(seen["hours"]["week"]["friday"], json!([["00:00", "24:00"]]));
        assert_eq!(seen["hours"]["except"]["2024-12-24"], json!({"spans": [], "why": "Christmas Eve"}));
        assert_eq!(seen["open"], true);

        // Whoever only looks on has nothing to enter; a region enters for its places.
        let viewer = Person::of(&app, "Z80002", Role::Viewer).await;
        assert_eq!(viewer.get("/desk/hours").await.status, 403);
        let region = Person::of(&app, "Y91", Role::Publisher).await;
        let page = region.get("/desk/hours?organisation=Z80001").await;
        assert_eq!(values(&page, "#week-monday", "value"), ["08:00"]);
        // Everything empty takes it back.
        let back = region.post("/desk/hours", &[("organisation", "Z80001")]).await;
        assert_eq!(back.status, 303);
        assert_eq!(app.api(&token, "GET", PATH, Value::Null).await.json()["hours"], Value::Null);
    }
}

#[tokio::test]
async fn a_program_sets_hours_and_is_told_every_mistake() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let token = app.token("Z80001", Role::Publisher).await;
        let none = app.api(&token, "GET", PATH, Value::Null).await.json();
        assert_eq!(none, json!({"hours": null, "open": null, "next_update_by": "2024-07-19T09:00:00.000Z"}));
        let wrong = json!({"week": {"monday": [["18:30", "08:00"]], "someday": []},
            "except": {"Christmas": {"spans": []}, "2024-12-24": {"spans": "closed"}},
            "open_on_bank_holidays": "yes"});
        let answer = app.api(&token, "PUT", PATH, wrong).await;
        assert_eq!(answer.status, 422);
        let answer = answer.json();
        let mut at: Vec<&str> =
            answer["errors"].as_array().unwrap().iter().map(|e| e["pointer"].as_str().unwrap()).collect();
        at.sort_unstable();
        let pointers = [
            "/except/2024-12-24",
            "/except/Christmas",
            "/open_on_bank_holidays",
            "/week/monday",
            "/week/someday",
        ];
        assert_eq!(at, pointers);
        let overlap = json!({"week": {"monday": [["08:00", "12:00"], ["11:00", "18:00"]]}});
        let answer = app.api(&token, "PUT", PATH, overlap).await.json();
        assert_eq!(answer["errors"][0]["pointer"], "/week/monday");

        let mut body = weekdays();
        body["except"] = json!({"2024-07-19": {"spans": [["08:00", "09:00"]], "why": "Training"}});
        let set_now = set(&app, &token, PATH, body.clone()).await;
        assert_eq!(set_now["next_update_by"], "2024-07-19T08:00:00.000Z", "they close at 9am today");
        // Once more is nothing new; others may not.
        set(&app, &token, PATH, body).await;
        let national = app.token("X24", Role::Viewer).await;
        let log = app.api(&national, "GET", "/api/v1/log", Value::Null).await.text();
        assert_eq!(log.matches("set_hours").count(), 1, "{log}");
        assert_eq!(app.api(&national, "PUT", PATH, weekdays()).await.status, 403);
        let neighbour = app.token("Z80002", Role::Administrator).await;
        assert_eq!(app.api(&neighbour, "GET", PATH, Value::Null).await.status, 404);
        assert_eq!(app.api(&neighbour, "PUT", PATH, weekdays()).await.status, 404);
    }
}

#[tokio::test]
async fn a_file_of_hours_folds_and_lists_what_is_wrong() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let token = app.token("X24", Role::Publisher).await;
        let closed = json!({"week": {}, "except": {"2024-12-24": {"spans": [], "why": "Party"}}});
        set(&app, &token, PATH, closed).await;
        let import = async |text: &str| {
            let file = File { name: "hours.csv".into(), bytes: text.as_bytes().to_vec() };
            app.desk.import_hours(&Actor::command_line(), &file).await.unwrap()
        };
        let text = "ods_code,day,opens,closes\n\
            Z80001,monday,08:00,12:30\n\
            Z80001,Monday,14:00,18:30\n\
            Z80001,monday,13:00,15:00\n\
            Z80001,sunday,,\n\
            Z80002,tuesday,08:00,18:30\n\
            Z80002,someday,08:00,18:30\n\
            Z80002,friday,18:30,08:00\n\
            Z99999,monday,08:00,18:30\n\
            !,monday,08:00,18:30\n";
        let report = import(text).await;
        assert_eq!((report.read, report.added, report.changed), (9, 1, 1));
        let rejects: Vec<(u64, &str)> = report.rejects.iter().map(|r| (r.line, r.reason.as_str())).collect();
        assert_eq!(
            rejects,
            [
                (4, "it does not go with the other times of that Monday"),
                (7, "\"someday\" is not a day; use monday to sunday"),
                (8, "\"18:30\" to \"08:00\" are no times of opening; use 08:00 and 18:30"),
                (9, "there is no organisation Z99999"),
                (10, "\"!\" is not a code"),
            ]
        );
        let seen = app.api(&token, "GET", PATH, Value::Null).await.json();
        assert_eq!(seen["hours"]["week"], json!({"monday": [["08:00", "12:30"], ["14:00", "18:30"]]}));
        assert_eq!(seen["hours"]["except"]["2024-12-24"]["why"], "Party", "days that are different stay");
        let again = import(text).await;
        assert!(again.changed_nothing(), "{again:?}");
        let mut tx = app.desk.db.read().await.unwrap();
        assert!(signpost::store::audit::verify(&mut tx).await.unwrap().is_ok());
    }
}
