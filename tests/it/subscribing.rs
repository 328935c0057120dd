//! Signing up, confirming, choosing and leaving.

use chrono::Duration;
use scraper::{Html, Selector};
use serde_json::{Value, json};
use signpost::domain::subscriber::Channel;
use signpost::domain::user::Role;
use signpost::store::{deliveries, subscribers};

use crate::harness::{Answer, Driver, TestApp};

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
    for d in deliveries::newest(&mut tx, None, None, 100).await.unwrap() {
        let message = signpost::store::broadcasts::message(&mut tx, d.broadcast, &d.organisation, &d.locale)
            .await
            .unwrap()
            .unwrap();
        let subscriber = subscribers::find(&mut tx, d.target).await.unwrap().unwrap();
        let Some(sent_at) = subscriber.code_sent_at else { continue };
        let (code, link) = app.desk.code_secrets(d.target, sent_at);
        out.push((app.desk.reveal(d.target, sent_at, &message).text_for(d.channel), code, link));
    }
    out
}

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
        let path = link.strip_prefix(crate::harness::BASE).unwrap();
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
        let manage = manage.strip_prefix(crate::harness::BASE).unwrap_or(&manage).to_owned();
        assert!(app.get(&manage).await.text().contains("p…@e….org"), "only masked");
        assert_eq!(counts(&app).await, json!({"email": 1}), "looking changes nothing");
        // RFC 8058: one POST, no cookie, no further step.
        assert_eq!(app.form(&manage, "List-Unsubscribe=One-Click").await.status, 200);
        assert_eq!(app.form(&manage, "List-Unsubscribe=One-Click").await.status, 200, "twice is no error");
        assert_eq!(counts(&app).await, json!({}));
        let mut tx = app.desk.db.read().await.unwrap();
        let hash = app.desk.keys.index("email", "pat@example.org");
        let left = subscribers::find_by_hash(&mut tx, Channel::Email, &hash).await.unwrap().unwrap();
        assert!(left.contact_sealed.is_none(), "the address is gone");
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
            app.advance(Duration::minutes(3));
        }
        app.run_workers().await;
        assert_eq!(app.captured().await.len(), 3, "three codes, ever");
        let sign_up = field(&app.form("/Z80001/subscribe", ask).await, "contact_id");
        for _ in 0..5 {
            app.form("/Z80001/subscribe/confirm", &format!("contact_id={sign_up}&code=12")).await;
        }
        let answer = app.form("/Z80001/subscribe/confirm", &format!("contact_id={sign_up}&code=12")).await;
        assert!(answer.text().contains("This code no longer works."), "five tries");
    }
}

#[tokio::test]
async fn wrong_input_comes_back_beside_its_field_with_what_was_typed() {
    let app = TestApp::with_region(Driver::Sqlite).await;
    for (body, said) in [
        ("", "Choose email or text message."),
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
        let url = format!("{}/hooks/twilio/inbound", crate::harness::BASE);
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
        let signature = signpost::channels::sms::signature("tok", &url, &fields);
        assert_eq!(stop(&signature).await, 200);
        app.run_workers().await;
        let counts = app.counts(&token, posted["update"]["id"].as_str().unwrap()).await;
        assert_eq!((&counts["sms"]["captured"], &counts["sms"]["suppressed"]), (&json!(1), &json!(1)));
    }
}
