//! Recovery counters and situation reports, on both databases.

use chrono::Duration;
use serde_json::{Value, json};
use signpost::domain::user::Role;
use signpost::store::reports;
use signpost::workers::reporter;

use crate::harness::{Driver, TestApp};
use crate::record_log::pages_of;
use crate::staff::{Person, texts, values};

async fn declared(app: &TestApp, token: &str, more: Value) -> String {
    let mut body = json!({"system": "emis-web", "level": 3});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let made = app.api(token, "POST", "/api/v1/incidents", body).await;
    made.json()["id"].as_str().unwrap_or_else(|| panic!("{}", made.text())).to_owned()
}

/// Somebody of the nation at the counters of a new incident: a token, the incident, the
/// person and the address.
async fn at_counters(app: &TestApp) -> (String, String, Person<'_>, String) {
    let token = app.token("X24", Role::Coordinator).await;
    let id = declared(app, &token, json!({})).await;
    let person = Person::of(app, "X24", Role::Coordinator).await;
    let home = format!("/desk/incidents/{id}/recovery");
    (token, id, person, home)
}

#[tokio::test]
async fn an_estate_is_counted_by_hand_by_rows_and_by_program() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let (token, id, person, home) = at_counters(&app).await;
        assert!(person.get(&home).await.text().contains("Nothing is counted yet."));
        let wrong = person.post(&home, &[("name", "Windows servers"), ("unit", ""), ("total", "many")]).await;
        assert_eq!(wrong.status, 422);
        assert_eq!(values(&wrong, ".nhsuk-error-summary a", "href"), ["#total"]);
        assert_eq!(values(&wrong, "#name", "value"), ["Windows servers"]);
        let made = person
            .post(
                &home,
                &[("name", "Windows servers"), ("unit", "servers"), ("total", "15,000"), ("done", "0")],
            )
            .await;
        assert_eq!(made.status, 303, "{}", made.text());
        let counter = made.header("location").split_once('?').unwrap().0.to_owned();
        assert!(person.get(&counter).await.text().contains("We cannot say yet when it ends"));

        app.advance(Duration::hours(1));
        let sent = [("done", "1,500"), ("total", "15000"), ("at", "2024-07-19T09:00")];
        assert_eq!(person.post(&counter, &sent).await.status, 303);
        let rows = "at,done\n2024-07-19 09:00,1500\n2024-07-19 08:30,500\n";
        assert_eq!(person.post(&format!("{counter}/rows"), &[("rows", rows)]).await.status, 303);
        let seen = person.get(&counter).await;
        let table = texts(&seen, "tbody tr");
        assert_eq!(table.len(), 3, "what stood there already is not added again: {table:?}");
        assert!(table[0].starts_with("9am 1,500 13,500 15,000"), "{table:?}");
        // 500 in half an hour, then 1,000: 13,500 are left.
        let text = seen.text();
        assert!(text.contains("It may end between 3:45pm and 10:30pm."), "{text}");
        assert!(text.contains("2000 and 1000 servers an hour"), "{text}");
        let about = values(&seen, "svg[role=img]", "aria-label");
        assert!(about[0].starts_with("Windows servers: 1,500 of 15,000 servers are done"), "{about:?}");
        let bad = "at,done\n2024-07-19 09:00,1500\n2024-07-19 11:00,1600\n2024-07-19 09:00,99999\n";
        let refused = person.post(&format!("{counter}/rows"), &[("rows", bad)]).await;
        assert_eq!(refused.status, 422);
        let said = texts(&refused, ".nhsuk-error-summary li").join(" ");
        assert!(
            said.contains("Line 3: This time is yet to come") && said.contains("Line 4: There are 15000"),
            "{said}"
        );

        let cid = counter.rsplit('/').next().unwrap();
        let path = format!("/api/v1/counters/{cid}/readings");
        app.advance(Duration::minutes(30));
        let done = app.api(&token, "POST", &path, json!({"done": 15000})).await;
        assert_eq!(done.status, 201, "{}", done.text());
        assert_eq!(done.json()["text"], "All done since 9:30am.");
        let list =
            app.api(&token, "GET", &format!("/api/v1/incidents/{id}/counters"), Value::Null).await.json();
        assert_eq!(list["counters"][0]["readings"].as_array().unwrap().len(), 4);
        let made = json!({"name": "Sessions", "unit": "sessions", "total": 40});
        let own = app.token("Z80001", Role::Publisher).await;
        let made = app.api(&own, "POST", &format!("/api/v1/incidents/{id}/counters"), made).await;
        assert_eq!((made.status.as_u16(), &made.json()["organisation"]), (201, &json!("Z80001")));
        // A surgery sees its own, and cannot count for the nation; the nation sees both.
        let mine =
            app.api(&own, "GET", &format!("/api/v1/incidents/{id}/counters"), Value::Null).await.json();
        assert_eq!(mine["counters"].as_array().unwrap().len(), 1);
        assert_eq!(app.api(&own, "POST", &path, json!({"done": 1})).await.status, 404);
        let theirs = format!("/api/v1/counters/{}/readings", made.json()["id"].as_str().unwrap());
        assert_eq!(app.api(&token, "POST", &theirs, json!({"done": 1})).await.status, 403);
        assert_eq!(texts(&person.get(&home).await, ".sp-results li").len(), 2);
    }
}

#[tokio::test]
async fn a_report_is_drafted_written_signed_and_never_changes() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let token = app.token("X24", Role::Coordinator).await;
        let practice = app.token("Z80001", Role::Publisher).await;
        let id = declared(&app, &token, json!({})).await;
        let person = Person::of(&app, "X24", Role::Coordinator).await;
        let home = format!("/desk/incidents/{id}/reports");
        assert!(person.get(&home).await.text().contains("There are no reports yet."));
        let answer = json!({"answer": "affected", "lines": {"phones": "down"}});
        app.api(&practice, "PUT", &format!("/api/v1/incidents/{id}/responses/Z80001"), answer).await;
        let drafted = person.post(&home, &[]).await;
        assert_eq!(drafted.status, 303, "{}", drafted.text());
        let report = drafted.header("location").to_owned();
        let seen = person.get(&report).await;
        let text = seen.text();
        assert!(
            text.contains("This is the first report.")
                && text.contains("Phone lines: not working at 3 organisations"),
            "{text}"
        );
        let empty = person
            .post(
                &format!("{report}/sign"),
                &[("as_at", &values(&seen, "[name=as_at]", "value")[0]), ("risks", "Kept =1+1")],
            )
            .await;
        assert_eq!(empty.status, 422);
        assert_eq!(texts(&empty, "#risks"), ["Kept =1+1"]);

        // The figures stay until somebody takes them again; who has read the old ones cannot sign.
        let old = values(&seen, "[name=as_at]", "value")[0].clone();
        app.advance(Duration::minutes(5));
        let not = json!({"answer": "not_affected"});
        let second = app.token("Z80002", Role::Publisher).await;
        app.api(&second, "PUT", &format!("/api/v1/incidents/{id}/responses/Z80002"), not).await;
        assert_eq!(values(&person.get(&report).await, "[name=as_at]", "value")[0], old);
        assert_eq!(person.post(&format!("{report}/figures"), &[]).await.status, 303);
        let written = [
            ("as_at", old.as_str()),
            ("summary", "Paper is in use."),
            ("supplier", "=cmd|x"),
            ("risks", "Allergies unseen"),
        ];
        assert_eq!(person.post(&format!("{report}/sign"), &written).await.status, 409);
        let now = values(&person.get(&report).await, "[name=as_at]", "value")[0].clone();
        let written = [("as_at", now.as_str()), written[1], written[2], written[3]];
        assert_eq!(person.post(&report, &written).await.status, 303, "saved, not signed");
        let signed = person.post(&format!("{report}/sign"), &written).await;
        assert_eq!(signed.status, 303, "{}", signed.text());
        assert!(texts(&person.get(&report).await, "h1")[0].starts_with("Situation report 1:"));
        for path in [report.clone(), format!("{report}/sign"), format!("{report}/figures")] {
            assert_eq!(person.post(&path, &written).await.status, 409, "{path}");
        }

        let file = async |form: &str| person.get(&format!("{report}/{form}")).await;
        let csv = file("report.csv").await.text();
        assert!(csv.starts_with("section,area,what,value\r\n"));
        assert!(csv.contains("organisations,NHS England,Affected,3\r\n"), "{csv}");
        assert!(csv.contains("'=cmd|x"), "no cell is a formula: {csv}");
        let json = file("report.json").await.json();
        assert_eq!((&json["number"], &json["content"]["counts"]["affected"]), (&json!(1), &json!(3)));
        assert_eq!(json["methane"].as_array().unwrap().len(), 7);
        assert_eq!(json["methane"][3]["text"], "Allergies unseen");
        let pages = pages_of(&file("report.pdf").await.body);
        let all = pages.join(" ");
        assert!(
            all.contains("Situation report 1: EMIS Web is not working") && all.contains("Paper is in use."),
            "{all}"
        );
        let hash = &json["hash"].as_str().unwrap()[..16];
        assert!(all.contains(&format!("Page 1 of {}. Report 1, {hash}", pages.len())), "{hash}: {all}");
        assert!(file("print").await.text().contains("Allergies unseen"));
        assert_eq!(file("report.doc").await.status, 404);

        // The next one says what changed; a program signs it.
        app.advance(Duration::minutes(5));
        let third = app.token("Z80003", Role::Publisher).await;
        let answer = json!({"answer": "affected"});
        app.api(&third, "PUT", &format!("/api/v1/incidents/{id}/responses/Z80003"), answer).await;
        let next =
            app.api(&token, "POST", &format!("/api/v1/incidents/{id}/reports"), Value::Null).await.json();
        let changes = next["content"]["changes"].to_string();
        assert!(changes.contains("Affected: 4, 1 more."), "{changes}");
        assert_eq!(
            next["commentary"]["risks"], "Allergies unseen",
            "risks hold until somebody says otherwise"
        );
        let path = format!("/api/v1/reports/{}/sign-off", next["id"].as_str().unwrap());
        let body = json!({"as_at": next["as_at"], "summary": "As before."});
        let signed = app.api(&token, "POST", &path, body.clone()).await;
        assert_eq!((signed.status.as_u16(), &signed.json()["number"]), (200, &json!(2)), "{}", signed.text());
        assert_eq!(app.api(&token, "POST", &path, body).await.status, 409);

        // Nobody else reads it; and whoever changes a word afterwards is found out.
        let path = format!("/api/v1/reports/{}", next["id"].as_str().unwrap());
        assert_eq!(app.api(&practice, "GET", &path, Value::Null).await.status, 404);
        let mut tx = app.desk.db.write().await.unwrap();
        assert_eq!(reports::altered(&mut tx).await.unwrap(), None);
        match &mut tx {
            signpost::store::Tx::Sqlite(t) => {
                let sql = "update reports set commentary = replace(commentary, 'Paper', 'No paper') where number = 1";
                sqlx::query(sql).execute(&mut **t).await.unwrap();
            }
            signpost::store::Tx::Postgres(t) => {
                let sql = "update reports set commentary = cast(replace(cast(commentary as text), 'Paper', 'No paper') as jsonb) where number = 1";
                sqlx::query(sql).execute(&mut **t).await.unwrap();
            }
        }
        assert_eq!(reports::altered(&mut tx).await.unwrap().map(|(_, n)| n), Some(1));
    }
}

/// A report is held against the last one that was signed off, and says where there
/// are only drafts. Its areas are boards, trusts and pharmacy groups.
#[tokio::test]
async fn a_draft_after_drafts_is_not_the_first_report() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let token = app.token("X24", Role::Coordinator).await;
        let id = declared(&app, &token, json!({})).await;
        let path = format!("/api/v1/incidents/{id}/reports");
        let person = Person::of(&app, "X24", Role::Coordinator).await;
        let changes = async |report: &Value| {
            let page = person.get(&format!("/desk/reports/{}", report["id"].as_str().unwrap())).await;
            page.text()
        };
        let first = app.api(&token, "POST", &path, Value::Null).await.json();
        assert!(changes(&first).await.contains("This is the first report."));
        app.advance(Duration::minutes(5));
        let second = app.api(&token, "POST", &path, Value::Null).await.json();
        let said = changes(&second).await;
        assert!(said.contains("No earlier report was signed off"), "{said}");
        assert!(!said.contains("This is the first report."));
    }
}

/// What was only captured was handed over to nobody.
#[tokio::test]
async fn the_record_says_which_messages_were_captured_and_not_sent() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.subscribers(&[("reader01@example.org", "email", "Z80001")]).await;
        let token = app.token("X24", Role::Coordinator).await;
        let id = declared(&app, &token, json!({})).await;
        app.run_workers().await;
        let person = Person::of(&app, "X24", Role::Coordinator).await;
        let record = person.get(&format!("/desk/incidents/{id}/record")).await.text();
        assert!(record.contains("Update 1: 1 message captured and not sent"), "{record}");
        assert!(!record.contains("handed over"), "{record}");
    }
}

#[tokio::test]
async fn drafts_are_made_at_the_set_hours_once() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let token = app.token("X24", Role::Coordinator).await;
        let id = declared(&app, &token, json!({"kind": "exercise"})).await;
        let person = Person::of(&app, "X24", Role::Coordinator).await;
        let path = format!("/desk/incidents/{id}/rhythm");
        let wrong = person.post(&path, &[("often", "sometimes")]).await;
        assert_eq!(wrong.status, 422);
        let set = person
            .post(&path, &[("often", "twice"), ("hour", "9"), ("second", "16"), ("day", "monday")])
            .await;
        assert_eq!(set.status, 303, "{}", set.text());
        let home = format!("/desk/incidents/{id}/reports");
        let text = person.get(&home).await.text();
        assert!(text.contains("Every day at 9am and 4pm") && text.contains("due at 9am"), "{text}");
        // The form is answered with what stands: saving it again changes nothing.
        let form = person.get(&home).await;
        let chosen = |name: &str| values(&form, &format!("select[name={name}] option[selected]"), "value");
        assert_eq!(
            (chosen("often"), chosen("hour"), chosen("second")),
            (vec!["twice".into()], vec!["9".into()], vec!["16".into()])
        );
        // What the form cannot say stays as a program set it.
        let api = format!("/api/v1/incidents/{id}/rhythm");
        app.api(&token, "PUT", &api, json!({"hours": [7, 9, 16]})).await;
        assert_eq!(
            values(&person.get(&home).await, "select[name=often] option[selected]", "value"),
            ["as_it_is"]
        );
        person.post(&path, &[("often", "as_it_is"), ("hour", "7")]).await;
        assert!(person.get(&home).await.text().contains("at 7am, 9am and 4pm"));
        app.api(&token, "PUT", &api, json!({"hours": [9, 16]})).await;
        assert_eq!(reporter::step(&app.desk).await.unwrap(), 0, "nothing is due");
        app.advance(Duration::minutes(61));
        // Several workers look at the same moment.
        let all = futures_util::future::join_all((0..4).map(|_| reporter::step(&app.desk))).await;
        assert_eq!(all.into_iter().map(Result::unwrap).sum::<usize>(), 1);
        let desk = person.get("/desk").await.text();
        assert!(desk.contains("A situation report waits for sign-off") && desk.contains("for 9am"), "{desk}");
        let report = values(&person.get(&home).await, ".sp-results a", "href")[0].clone();
        let draft = person.get(&report).await;
        assert!(texts(&draft, ".nhsuk-tag").contains(&"EXERCISE".to_owned()));
        assert!(draft.text().contains("EXERCISE, level 3."));
        let pages = pages_of(&person.get(&format!("{report}/report.pdf")).await.body);
        assert!(pages.iter().all(|p| p.contains("EXERCISE")), "{pages:?}");
        // After two days without workers, only the last hour's is made.
        app.advance(Duration::days(2));
        assert_eq!(reporter::step(&app.desk).await.unwrap(), 1);
        assert_eq!(reporter::step(&app.desk).await.unwrap(), 0);
        assert_eq!(texts(&person.get(&home).await, ".sp-results li").len(), 2);
        let off =
            app.api(&token, "PUT", &format!("/api/v1/incidents/{id}/rhythm"), json!({"hours": []})).await;
        assert_eq!((off.status.as_u16(), &off.json()["rhythm"]), (200, &Value::Null));
        let wrong =
            app.api(&token, "PUT", &format!("/api/v1/incidents/{id}/rhythm"), json!({"hours": [24]})).await;
        assert_eq!(wrong.status, 422);
        app.advance(Duration::days(1));
        assert_eq!(reporter::step(&app.desk).await.unwrap(), 0, "no more");
        let weekly = json!({"hours": [9], "day": "monday"});
        let set = app.api(&token, "PUT", &format!("/api/v1/incidents/{id}/rhythm"), weekly).await.json();
        assert_eq!(set["next_due"], "2024-07-29T08:00:00.000Z");
        // What is over needs no more reports.
        let over = json!({"state": "resolved"});
        app.api(&token, "POST", &format!("/api/v1/incidents/{id}/updates"), over).await;
        app.advance(Duration::days(8));
        assert_eq!(reporter::step(&app.desk).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn a_long_incident_has_its_reports_on_pages() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let token = app.token("X24", Role::Coordinator).await;
        let id = declared(&app, &token, json!({"kind": "exercise"})).await;
        let path = format!("/api/v1/incidents/{id}/reports");
        for _ in 0..52 {
            app.advance(Duration::minutes(1));
            assert_eq!(app.api(&token, "POST", &path, Value::Null).await.status, 201);
        }
        let first = app.api(&token, "GET", &path, Value::Null).await.json();
        assert_eq!(first["reports"].as_array().unwrap().len(), 50);
        let next = first["next"].as_str().unwrap();
        assert_eq!(first["reports"][49]["id"], next);
        let older = app.api(&token, "GET", &format!("{path}?before={next}"), Value::Null).await.json();
        assert_eq!((older["reports"].as_array().unwrap().len(), &older["next"]), (2, &Value::Null));
        let person = Person::of(&app, "X24", Role::Coordinator).await;
        let home = person.get(&format!("/desk/incidents/{id}/reports")).await.text();
        let at = format!("/desk/incidents/{id}/reports?before={next}");
        assert!(home.contains(&at), "{home}");
        let text = person.get(&at).await.text();
        assert!(
            text.contains(older["reports"][1]["id"].as_str().unwrap()) && !text.contains("Older reports")
        );
    }
}

/// What nobody counted is no zero, and a mistake can be struck out.
#[tokio::test]
async fn a_counter_begins_without_a_reading_and_a_reading_is_struck_out() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let (_, _, person, home) = at_counters(&app).await;
        let fields = [("name", "Windows servers"), ("unit", "servers"), ("total", "15,000"), ("done", "")];
        let made = person.post(&home, &fields).await;
        assert_eq!(made.status, 303, "{}", made.text());
        let counter = made.header("location").split_once('?').unwrap().0.to_owned();
        let empty = person.get(&counter).await;
        assert!(empty.text().contains("Nothing has been counted yet. There are 15,000 servers."));
        assert_eq!(texts(&empty, "tbody tr").len(), 0);
        let rows = "at,done\n2024-07-19 07:00,500\n2024-07-19 07:30,50000\n";
        let rows = rows.replace("50000", "5000");
        assert_eq!(person.post(&format!("{counter}/rows"), &[("rows", &rows)]).await.status, 303);
        let seen = person.get(&counter).await;
        assert!(texts(&seen, "tbody tr")[0].starts_with("7:30am 5,000 10,000 15,000"), "{}", seen.text());
        let newest = values(&seen, "input[name=reading]", "value")[0].clone();
        let strike = format!("{counter}/strike");
        assert_eq!(person.post(&strike, &[("reading", &newest)]).await.status, 303);
        assert_eq!(person.post(&strike, &[("reading", &newest)]).await.status, 409, "once");
        let seen = person.get(&counter).await;
        assert_eq!(texts(&seen, "tbody tr").len(), 1);
        assert!(
            seen.text().contains("7:30am: 5,000 of 15,000. Ada Fenwick struck it out"),
            "{}",
            seen.text()
        );
        let other = Person::of(&app, "Z80001", Role::Administrator).await;
        assert_eq!(other.post(&strike, &[("reading", &newest)]).await.status, 404);
    }
}
