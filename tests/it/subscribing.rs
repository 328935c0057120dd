//! Signing up, confirming, choosing and leaving.

use chrono::Duration;
use scraper::{Html, Selector};
use serde_json::{Value, json};
use signpost::desk::subscribe::SignUp;
use signpost::domain::subscriber::Channel;
use signpost::domain::user::Role;
use signpost::store::subscribers::Subscriber;
use signpost::store::{delivery_reports, subscribers};
use signpost::words::english;
use signpost::workers::rescuer;

use crate::harness::{Answer, BASE, Driver, TestApp, code};

fn field(answer: &Answer, name: &str) -> String {
    let page = Html::parse_document(&answer.text());
    let input = Selector::parse(&format!("input[name=\"{name}\"]")).unwrap();
    let found = page.select(&input).next().unwrap_or_else(|| panic!("no {name} in {}", answer.text()));
    found.value().attr("value").unwrap_or_default().to_owned()
}

/// The captured confirmations as they would have been sent: text, code, link.
async fn codes(app: &TestApp) -> Vec<(String, String, String)> {
    let mut tx = app.desk.db.read().await.unwrap();
    let mut out = Vec::new();
    for d in delivery_reports::newest(&mut tx, None, None, 100).await.unwrap() {
        let message = signpost::store::broadcasts::message(&mut tx, d.broadcast, &d.organisation, &d.locale)
            .await
            .unwrap()
            .unwrap();
        let Some(sent_at) = app.desk.live_code(&mut tx, &d).await.unwrap() else { continue };
        let (code, link) = app.desk.code_secrets(d.target, sent_at);
        out.push((app.desk.reveal(d.target, sent_at, &message).text_for(d.channel), code, link));
    }
    out
}

/// The newest code that waits for an answer, and the path of its link.
async fn newest_code(app: &TestApp, place: &str) -> (String, String) {
    let sent = codes(app).await;
    let (_, code, link) = sent.iter().find(|(text, ..)| text.contains(place)).expect("a code");
    (code.clone(), link.strip_prefix(BASE).unwrap().to_owned())
}

async fn known(app: &TestApp, address: &str) -> Subscriber {
    let hash = app.desk.keys.index("email", address);
    let mut tx = app.desk.db.write().await.unwrap();
    subscribers::lock_by_hash(&mut tx, Channel::Email, &hash).await.unwrap().expect("a known contact")
}

async fn pat(app: &TestApp) -> Subscriber {
    known(app, "pat@example.org").await
}

/// The places that Pat gets messages about, and those that somebody asked for
/// in her name.
async fn places(app: &TestApp) -> (Vec<String>, Vec<String>) {
    let id = pat(app).await.id;
    let mut tx = app.desk.db.read().await.unwrap();
    let follows = subscribers::subscriptions_of(&mut tx, id).await.unwrap();
    let asked = subscribers::asked_by(&mut tx, id).await.unwrap();
    (
        follows.iter().map(ToString::to_string).collect(),
        asked.iter().map(|a| a.organisation.to_string()).collect(),
    )
}

const PAT: &str = "channel=email&contact=pat%40example.org&locale=en";

#[tokio::test]
async fn nothing_is_sent_before_the_code_is_answered() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let token = app.token("X24", Role::Coordinator).await;
        let asked = app.form("/Z80001/subscribe", "channel=sms&contact=07700+900123&locale=en").await;
        assert_eq!(asked.status, 200, "{}", asked.text());
        let sign_up = field(&asked, "contact_id");
        app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await;
        app.run_workers().await;
        let sent = codes(&app).await;
        assert_eq!(sent.len(), 1, "only the code");
        assert!(
            sent[0].0.contains(&sent[0].1) && sent[0].0.starts_with("Ashwick Surgery: "),
            "{}",
            sent[0].0
        );

        let wrong = if sent[0].1 == "000000" { "000001" } else { "000000" };
        let body = |code: &str| format!("contact_id={sign_up}&code={code}");
        let refused = app.form("/Z80001/subscribe/confirm", &body(wrong)).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("This code is not right."));
        // Here messages are captured, and do not look sent.
        assert!(refused.text().contains("nothing to …123."), "it says again where: {}", refused.text());
        let polish = app.form("/Z80001/subscribe/confirm", &format!("{}&locale=pl", body(wrong))).await;
        assert!(
            polish.text().contains("lang=\"pl\"") && !polish.text().contains("not right"),
            "{}",
            polish.text()
        );
        let spaced = format!("{}+{}", &sent[0].1[..3], &sent[0].1[3..]);
        assert_eq!(app.form("/Z80001/subscribe/confirm", &body(&spaced)).await.status, 200);

        app.advance(Duration::minutes(10));
        let posted = app
            .api(
                &token,
                "POST",
                "/api/v1/incidents",
                json!({"system": "online-form", "organisations": ["Z80001"]}),
            )
            .await
            .json();
        assert_eq!(posted["reach"]["recipients"]["sms"], 1);
        app.run_workers().await;
        assert_eq!(app.captured().await.iter().filter(|(c, _)| *c == Channel::Sms).count(), 2);
    }
}

#[tokio::test]
async fn the_link_confirms_by_a_post_only_and_leaving_erases_the_contact() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.form("/Z80001/subscribe", "channel=email&contact=Pat%40example.org&locale=en").await;
        app.run_workers().await;
        let link = codes(&app).await[0].2.clone();
        let path = link.strip_prefix(BASE).unwrap();
        // Mail scanners follow links.
        for _ in 0..2 {
            let shown = app.get(path).await;
            assert_eq!(shown.status, 200);
            assert!(shown.text().contains("Ashwick Surgery"));
        }
        let counts = async |app: &TestApp| {
            let token = app.token("Z80001", Role::Viewer).await;
            app.api(&token, "GET", "/api/v1/organisations/Z80001", Value::Null).await.json()["subscribers"]
                .clone()
        };
        assert_eq!(counts(&app).await, json!({}), "looking confirms nothing");
        let confirmed = app.form(path, "").await;
        assert_eq!(confirmed.status, 200, "{}", confirmed.text());
        assert_eq!(counts(&app).await, json!({"email": 1}));
        assert_eq!(app.form(path, "").await.status, 404, "the link serves once");

        let page = Html::parse_document(&confirmed.text());
        let manage = page
            .select(&Selector::parse("a").unwrap())
            .filter_map(|a| a.value().attr("href"))
            .find(|h| h.contains("/s/"))
            .unwrap()
            .to_owned();
        let manage = manage.strip_prefix(BASE).unwrap_or(&manage).to_owned();
        assert!(app.get(&manage).await.text().contains("p…@e….org"), "only masked");
        assert_eq!(counts(&app).await, json!({"email": 1}), "looking changes nothing");
        // RFC 8058: one POST, no cookie, no further step.
        assert_eq!(app.form(&manage, "List-Unsubscribe=One-Click").await.status, 200);
        assert_eq!(app.form(&manage, "List-Unsubscribe=One-Click").await.status, 200, "twice is no error");
        assert_eq!(counts(&app).await, json!({}));
        assert!(pat(&app).await.contact_sealed.is_none(), "the address is gone");
    }
}

#[tokio::test]
async fn contacts_are_sealed_in_the_database() {
    let app = TestApp::with_region(Driver::Sqlite).await;
    app.subscribers(&[("secret.person@example.org", "email", "Z80001"), ("07700 900777", "sms", "Z80001")])
        .await;
    let mut tx = app.desk.db.read().await.unwrap();
    let signpost::store::Tx::Sqlite(t) = &mut tx else { panic!() };
    let dump: Vec<(Vec<u8>, Vec<u8>)> =
        sqlx::query_as("select contact_sealed, contact_hash from subscribers")
            .fetch_all(&mut **t)
            .await
            .unwrap();
    assert_eq!(dump.len(), 2);
    for (sealed, hash) in dump {
        for bytes in [sealed, hash] {
            let text = String::from_utf8_lossy(&bytes).to_lowercase();
            assert!(!text.contains("secret") && !text.contains("900777"));
        }
    }
}

#[tokio::test]
async fn a_form_cannot_be_used_to_bother_a_stranger() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let ask = "channel=sms&contact=07700+900123&locale=en";
        for _ in 0..6 {
            let answer = app.form("/Z80001/subscribe", ask).await;
            assert_eq!(answer.status, 200, "the same answer each time");
            app.run_workers().await;
            app.advance(Duration::minutes(3));
        }
        app.run_workers().await;
        assert_eq!(app.captured().await.len(), 3, "three codes without an answer");
        let sign_up = field(&app.form("/Z80001/subscribe", ask).await, "contact_id");
        for _ in 0..5 {
            app.form("/Z80001/subscribe/confirm", &format!("contact_id={sign_up}&code=12")).await;
        }
        let answer = app.form("/Z80001/subscribe/confirm", &format!("contact_id={sign_up}&code=12")).await;
        assert!(answer.text().contains("This code no longer works."), "five tries");

        // The third went out at 8.06, and it is 8.18.
        app.advance(Duration::hours(23) + Duration::minutes(47));
        app.form("/Z80001/subscribe", ask).await;
        app.run_workers().await;
        assert_eq!(app.captured().await.len(), 3, "not yet");
        app.advance(Duration::minutes(2));
        for _ in 0..4 {
            app.form("/Z80001/subscribe", ask).await;
            app.run_workers().await;
            app.advance(Duration::minutes(3));
        }
        app.run_workers().await;
        assert_eq!(app.captured().await.len(), 6, "three more, a day after the last one");
    }
}

#[tokio::test]
async fn wrong_input_comes_back_beside_its_field_with_what_was_typed() {
    let app = TestApp::with_region(Driver::Sqlite).await;
    for (body, said) in [
        ("", "Choose how we should tell you."),
        (
            "channel=email&contact=pat&locale=en",
            "Enter an email address in the correct format, like name@example.com.",
        ),
        ("channel=sms&contact=01632+960001&locale=en", "Enter a UK mobile phone number, like 07700 900 982."),
        ("channel=email&contact=&locale=en", "Enter an email address or mobile number."),
    ] {
        let answer = app.form("/Z80001/subscribe", body).await;
        assert_eq!(answer.status, 422, "{body}");
        assert!(answer.text().contains(said), "{body}: {}", answer.text());
    }
    let answer = app.form("/Z80001/subscribe", "channel=email&contact=pat&locale=en").await;
    assert_eq!(field(&answer, "contact"), "pat");
}

#[tokio::test]
async fn stop_by_text_holds_at_once_and_only_when_it_is_genuine() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.subscribers(&[("07700 900123", "sms", "Z80001"), ("07700 900124", "sms", "Z80001")]).await;
        let token = app.token("X24", Role::Coordinator).await;
        let posted = app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await.json();
        app.publish().await;
        while signpost::workers::expander::step(&app.desk).await.unwrap() {}
        let fields: Vec<(String, String)> =
            [("From", "+447700900123"), ("To", "+447700900999"), ("Body", " stop ")]
                .map(|(a, b)| (a.to_owned(), b.to_owned()))
                .to_vec();
        let url = format!("{}/hooks/twilio/inbound", BASE);
        let stop = async |signature: &str| {
            let body: String =
                url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&fields).finish();
            let request = axum::http::Request::post("/hooks/twilio/inbound")
                .header("x-twilio-signature", signature)
                .header("content-type", "application/x-www-form-urlencoded")
                .body(axum::body::Body::from(body));
            app.send(request.unwrap()).await.status.as_u16()
        };
        assert_eq!(stop("bm90IGdlbnVpbmU=").await, 403);
        let signature = signpost::channels::twilio::signature("tok", &url, &fields);
        assert_eq!(stop(&signature).await, 200);
        app.run_workers().await;
        let counts = app.counts(&token, posted["update"]["id"].as_str().unwrap()).await;
        assert_eq!((&counts["sms"]["captured"], &counts["sms"]["suppressed"]), (&json!(1), &json!(1)));
    }
}

#[tokio::test]
async fn a_code_or_link_confirms_only_the_place_it_was_sent_for() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        // Pat asks for one place; a stranger asks for others in her name.
        let sign_up = field(&app.form("/Z80001/subscribe", PAT).await, "contact_id");
        assert_eq!(app.form("/Z80003/subscribe", PAT).await.status, 200);
        assert_eq!(places(&app).await, (vec![], vec!["Z80001".into()]), "no code, no subscription");
        app.advance(Duration::minutes(3));
        app.form("/Z80002/subscribe", PAT).await;
        app.run_workers().await;
        assert_eq!(places(&app).await.1, ["Z80002", "Z80001"]);
        let name = |o: &str| app.site.facts(&code(o)).unwrap().org.name.clone();
        let (first, second) = (name("Z80001"), name("Z80002"));
        let (own, own_link) = newest_code(&app, &first).await;
        let (other, other_link) = newest_code(&app, &second).await;

        let body = |digits: &str| format!("contact_id={sign_up}&code={digits}");
        assert_eq!(app.form("/Z80001/subscribe/confirm", &body(&other)).await.status, 422);
        assert_eq!(app.form("/Z80002/subscribe/confirm", &body(&own)).await.status, 422);
        assert_eq!(app.form("/Z80003/subscribe/confirm", &body(&own)).await.status, 422);
        assert_eq!(app.form("/Z80001/subscribe/confirm", &body(&own)).await.status, 200);
        assert_eq!(places(&app).await, (vec!["Z80001".into()], vec!["Z80002".into()]));
        assert_eq!(app.get(&own_link).await.status, 404, "it served");

        // The link says what it is for, and cannot be turned to anything else.
        let (when, whose) = other_link.split_once('.').unwrap();
        let (own_when, own_whose) = own_link.split_once('.').unwrap();
        assert_eq!(app.form(&format!("{own_when}.{whose}"), "").await.status, 404);
        assert_eq!(app.form(&format!("{when}.{own_whose}"), "").await.status, 404);
        assert!(app.get(&other_link).await.text().contains(&second));
        assert_eq!(places(&app).await.0, ["Z80001"]);
        assert!(app.form(&other_link, "").await.text().contains(&second));
        assert_eq!(places(&app).await, (vec!["Z80001".into(), "Z80002".into()], vec![]));
    }
}

#[tokio::test]
async fn an_older_link_never_confirms_what_was_asked_for_later() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.form("/Z80001/subscribe", PAT).await;
        app.run_workers().await;
        let (_, link) = newest_code(&app, "Ashwick Surgery").await;
        app.advance(Duration::minutes(3));
        app.form("/Z80002/subscribe", PAT).await;
        assert!(app.get(&link).await.text().contains("Ashwick Surgery"));
        assert!(app.form(&link, "").await.text().contains("Ashwick Surgery"));
        assert_eq!(places(&app).await, (vec!["Z80001".into()], vec!["Z80002".into()]));
    }
}

#[tokio::test]
async fn what_nobody_answered_for_a_day_is_deleted() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.subscribers(&[("pat@example.org", "email", "Z80001")]).await;
        app.form("/Z80002/subscribe", PAT).await;
        app.form("/Z80002/subscribe", "channel=email&contact=sam%40example.org&locale=en").await;
        app.run_workers().await;
        app.advance(Duration::hours(23));
        rescuer::sweep(&app.desk).await.unwrap();
        assert_eq!(places(&app).await, (vec!["Z80001".into()], vec!["Z80002".into()]));
        app.advance(Duration::hours(2));
        rescuer::sweep(&app.desk).await.unwrap();
        assert_eq!(places(&app).await, (vec!["Z80001".into()], vec![]));
        assert!(pat(&app).await.is_active());
        assert!(known(&app, "sam@example.org").await.contact_sealed.is_none());
    }
}

#[tokio::test]
async fn a_sign_up_does_not_tell_since_when_a_contact_is_known() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        app.subscribers(&[("pat@example.org", "email", "Z80001")]).await;
        let sam = "channel=email&contact=sam%40example.org&locale=en";
        for (path, ask) in
            [("/Z80001/subscribe", PAT), ("/Z80002/subscribe", PAT), ("/Z80001/subscribe", sam)]
        {
            let sign_up = field(&app.form(path, ask).await, "contact_id");
            let id = app.desk.keys.read_token("sign-up", &sign_up).unwrap();
            assert_eq!(id.get_version_num(), 4, "random, without a time");
        }
    }
}

#[tokio::test]
async fn a_code_cannot_be_had_again_by_leaving() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        for _ in 0..3 {
            app.form("/Z80001/subscribe", PAT).await;
            app.advance(Duration::minutes(3));
        }
        let token = app.desk.keys.token("manage", pat(&app).await.id);
        app.desk.leave(&token).await.unwrap();
        app.form("/Z80001/subscribe", PAT).await;
        let left = pat(&app).await;
        assert!(left.contact_sealed.is_none() && left.left_at.is_some(), "they stay away");
        app.run_workers().await;
        assert_eq!(app.captured().await.len(), 0);
    }
}

#[tokio::test]
async fn a_place_that_was_removed_is_followed_no_more() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        app.subscribers(&[("pat@example.org", "email", "Z80001"), ("pat@example.org", "email", "Z80002")])
            .await;
        app.form("/Z80003/subscribe", PAT).await;
        let id = pat(&app).await.id;
        let follows = async |place: &str| {
            let mut tx = app.desk.db.read().await.unwrap();
            subscribers::subscriptions_of(&mut tx, id).await.unwrap().contains(&code(place))
        };
        assert!(follows("Z80001").await && follows("Z80002").await);
        assert!(!follows("Z80003").await, "only asked for");
        let token = app.desk.keys.token("manage", id);
        app.desk.unsubscribe_from(&token, &code("Z80001")).await.unwrap();
        assert!(!follows("Z80001").await && follows("Z80002").await);
    }
}

/// A hospital's patients may hear of one service alone; a stranger changes
/// nothing by asking, and that nobody should come is told to everybody.
#[tokio::test]
async fn somebody_may_hear_of_one_service_alone() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        assert!(!app.get("/Z80001/subscribe").await.text().contains("Radiotherapy"), "no hospital");
        assert!(app.get("/RZ6/subscribe").await.text().contains("Radiotherapy"));
        let only = format!("{PAT}&services=radiotherapy&services=no_such_thing");
        let asked = app.form("/RZ6/subscribe", &only).await;
        let sign_up = field(&asked, "contact_id");
        app.run_workers().await;
        let (code, _) = newest_code(&app, "Brambleford").await;
        let body = format!("contact_id={sign_up}&code={code}");
        assert_eq!(app.form("/RZ6/subscribe/confirm", &body).await.status, 200);
        let id = pat(&app).await.id;
        let page = app.get(&format!("/s/{}", app.desk.keys.token("manage", id))).await.text();
        assert!(page.contains("Only about: Radiotherapy"), "{page}");
        // Somebody else asks for everything in her name.
        app.advance(Duration::minutes(10));
        app.form("/RZ6/subscribe", PAT).await;

        let token = app.token("RZ6", Role::Publisher).await;
        let reach = async |lines: serde_json::Value| {
            let body = json!({"title": "Something", "organisations": ["RZ6"], "lines": lines});
            let posted = app.api(&token, "POST", "/api/v1/incidents", body).await.json();
            posted["reach"]["recipients"]["email"].clone()
        };
        let come = "come_unless_contacted";
        assert_eq!(reach(json!({"attend": come, "operations": "cancelled"})).await, 0);
        assert_eq!(reach(json!({"attend": come, "radiotherapy": "cancelled"})).await, 1);
        assert_eq!(reach(json!({"attend": "do_not_come"})).await, 1);
        app.run_workers().await;
        let told = app.captured().await.into_iter().filter(|(_, text)| text.contains("Something")).count();
        assert_eq!(told, 2);
    }
}

fn asks(contact: &str) -> SignUp {
    SignUp { channel: "email".into(), contact: contact.into(), locale: "en".into(), services: vec![] }
}

/// On SQLite one writer waits for the other; on Postgres they meet.
#[tokio::test]
async fn two_first_sign_ups_at_once_are_one() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        for n in 0..10 {
            let sign_up = asks(&format!("pat{n}@example.org"));
            let place = code("Z80001");
            let (a, b) =
                tokio::join!(app.desk.subscribe(&place, &sign_up), app.desk.subscribe(&place, &sign_up));
            assert_eq!(a.unwrap().sign_up, b.unwrap().sign_up);
        }
        app.run_workers().await;
        assert_eq!(app.captured().await.len(), 10, "one code each");
    }
}

#[tokio::test]
async fn leaving_holds_whatever_else_happens_at_once() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let place = code("Z80002");
        for _ in 0..10 {
            // On the list again, and with a code for another place under way.
            app.desk.subscribe(&code("Z80001"), &asks("pat@example.org")).await.unwrap();
            let id = pat(&app).await.id;
            let link = |at| {
                let (_, link) = app.desk.code_secrets(id, at);
                link.rsplit('/').nth(1).unwrap().to_owned()
            };
            app.desk.confirm_by_link(&link(app.now())).await.unwrap();
            app.advance(Duration::minutes(3));
            app.desk.subscribe(&place, &asks("pat@example.org")).await.unwrap();
            let manage = app.desk.keys.token("manage", id);
            let confirm = link(app.now());
            let (left, _) = tokio::join!(app.desk.leave(&manage), app.desk.confirm_by_link(&confirm));
            left.unwrap();
            let left = pat(&app).await;
            assert!(left.left_at.is_some() && left.contact_sealed.is_none(), "the contact came back");
            assert_eq!(places(&app).await, (vec![], vec![]));
            app.advance(Duration::hours(25));
        }
    }
}

#[tokio::test]
async fn guesses_at_once_are_all_counted() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let place = code("Z80001");
        let sign_up = app.desk.subscribe(&place, &asks("pat@example.org")).await.unwrap().sign_up;
        let (right, _) = app.desk.code_secrets(pat(&app).await.id, app.now());
        let guess = || app.desk.confirm_by_code(&place, &sign_up, "12", english());
        let guesses = futures_util::future::join_all((0..8).map(|_| guess())).await;
        let refused = guesses.iter().filter(|g| format!("{g:?}").contains("is not right")).count();
        assert_eq!(refused, 5, "each try is looked at once: {guesses:?}");
        assert!(
            app.desk.confirm_by_code(&place, &sign_up, &right, english()).await.is_err(),
            "the tries are used up"
        );
        assert_eq!(places(&app).await.0, Vec::<String>::new());
    }
}

/// A stranger asks in the name of somebody who left: they stay out until they
/// answer the code themselves.
#[tokio::test]
async fn who_left_stays_out_until_they_answer() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.subscribers(&[("07700 900123", "sms", "Z80001")]).await;
        app.desk
            .leave_by_text(signpost::domain::subscriber::Channel::Sms, "+447700900123", "")
            .await
            .unwrap();
        app.form("/Z80001/subscribe", "channel=sms&contact=07700+900123&locale=en").await;
        let file = signpost::desk::import::File {
            name: "p.csv".into(),
            bytes: b"contact,channel,locale,organisation\n07700 900123,sms,en,Z80001\n".to_vec(),
        };
        let who = signpost::domain::user::Actor::command_line();
        assert_eq!(app.desk.import_subscribers(&who, &file, None).await.unwrap().added, 0);
        let token = app.token("X24", Role::Coordinator).await;
        let posted = app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web"})).await.json();
        assert_eq!(posted["reach"]["recipients"]["sms"], 0);
        app.run_workers().await;
        assert_eq!(codes(&app).await.len(), 1, "the code itself reaches them");
    }
}

/// Whoever is known already gets the language that they choose, once they have shown
/// that it is they who choose.
#[tokio::test]
async fn the_language_of_a_later_sign_up_and_of_ones_own_page_counts() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        app.subscribers(&[("pat@example.org", "email", "Z80002")]).await;
        let asked = app.form("/Z80001/subscribe", "channel=email&contact=pat%40example.org&locale=pl").await;
        let sign_up = field(&asked, "contact_id");
        assert_eq!(field(&asked, "locale"), "pl", "the page that asks for the code goes on in it");
        assert_eq!(pat(&app).await.locale, "en", "a stranger may be asking");
        let (code, _) = newest_code(&app, "Ashwick Surgery").await;
        let body = format!("contact_id={sign_up}&code={code}&locale=pl");
        let done = app.form("/Z80001/subscribe/confirm", &body).await;
        assert!(done.text().contains("lang=\"pl\""), "{}", done.text());
        assert_eq!(pat(&app).await.locale, "pl");

        let own = app.desk.manage_url(pat(&app).await.id);
        let own = own.strip_prefix(BASE).unwrap();
        assert!(app.get(own).await.text().contains(&format!("{own}/language")));
        let changed = app.form(&format!("{own}/language"), "locale=cy").await.text();
        assert!(changed.contains("Byddwn yn defnyddio") && changed.contains("lang=\"cy\""), "{changed}");
        assert_eq!(pat(&app).await.locale, "cy");
        assert_eq!(app.form(&format!("{own}/language"), "locale=xx").await.status, 303);
        assert_eq!(pat(&app).await.locale, "cy");
    }
}
