//! Staff at their screens, as a browser sees them: signing in, looking, and
//! what they may not see.

use axum::body::Body;
use axum::http::{Request, header};
use scraper::{Html, Selector};
use serde_json::{Value, json};
use signpost::desk::accounts::NewUser;
use signpost::domain::user::{Actor, Role};

use crate::harness::{Answer, BASE, Driver, TestApp, code};

pub const PASSWORD: &str = "plum kettle north tram";

/// Somebody in front of a browser.
pub struct Person<'a> {
    pub app: &'a TestApp,
    pub cookie: String,
}

impl<'a> Person<'a> {
    /// Opens their one-time link and chooses a password.
    pub async fn of(app: &'a TestApp, organisation: &str, role: Role) -> Person<'a> {
        let link = link(app, organisation, role).await;
        let answer = app.form(&link, &form(&[("password", PASSWORD), ("again", PASSWORD)])).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/desk"), "{}", answer.text());
        Person { app, cookie: cookie(&answer) }
    }

    pub async fn get(&self, path: &str) -> Answer {
        let request = Request::get(path).header(header::COOKIE, &self.cookie);
        self.app.send(request.body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = Request::post(path)
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.app.send(request.body(Body::from(form(fields))).unwrap()).await
    }
}

/// A one-time link, as a path.
pub async fn link(app: &TestApp, organisation: &str, role: Role) -> String {
    let new = NewUser {
        email: email(organisation, role),
        name: "Ada Fenwick".into(),
        organisation: code(organisation),
        role,
    };
    let link = app.desk.add_user(&Actor::command_line(), &new).await.unwrap();
    link.strip_prefix(BASE).unwrap().to_owned()
}

fn email(organisation: &str, role: Role) -> String {
    format!("{role}.{}@example.org", organisation.to_lowercase())
}

pub fn form(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

pub fn cookie(answer: &Answer) -> String {
    answer.header("set-cookie").split(';').next().unwrap().to_owned()
}

/// The texts of all elements that a selector finds, white space squeezed.
pub fn texts(answer: &Answer, selector: &str) -> Vec<String> {
    texts_of(&answer.text(), selector)
}

/// The same of a page at hand.
pub fn texts_of(html: &str, selector: &str) -> Vec<String> {
    let (page, selector) = (Html::parse_document(html), Selector::parse(selector).unwrap());
    let squeezed = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    page.select(&selector).map(|e| squeezed(e.text().collect::<Vec<_>>().join(" "))).collect()
}

/// The values of one attribute.
pub fn values(answer: &Answer, selector: &str, name: &str) -> Vec<String> {
    let (page, selector) = (Html::parse_document(&answer.text()), Selector::parse(selector).unwrap());
    page.select(&selector).filter_map(|e| e.value().attr(name).map(str::to_owned)).collect()
}

#[tokio::test]
async fn a_link_then_a_password_then_the_desk() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let link = link(&app, "Z80001", Role::Publisher).await;
        // Looking does not use the link up: mail scanners look too.
        for _ in 0..2 {
            assert_eq!(texts(&app.get(&link).await, "h1"), ["Welcome, Ada Fenwick"]);
        }
        let unlike = app.form(&link, &form(&[("password", PASSWORD), ("again", "another long one")])).await;
        assert_eq!(unlike.status, 422);
        let wrong = "Error: The two passwords are not the same. Enter the new one twice.";
        assert_eq!(texts(&unlike, "#again-error"), [wrong]);
        let short = app.form(&link, &form(&[("password", "short"), ("again", "short")])).await;
        assert_eq!(texts(&short, "#password-error"), ["Error: Use at least 12 characters."]);

        let answer = app.form(&link, &form(&[("password", PASSWORD), ("again", PASSWORD)])).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/desk"));
        assert!(answer.header("set-cookie").contains("HttpOnly; SameSite=Lax"));
        let person = Person { app: &app, cookie: cookie(&answer) };
        let desk = person.get("/desk").await;
        assert_eq!(texts(&desk, "h1"), ["Ashwick Surgery"]);
        assert_eq!(texts(&desk, ".sp-answer .nhsuk-tag"), ["No known problems"]);
        assert_eq!(desk.header("cache-control"), "no-store");

        let used = app.get(&link).await;
        assert_eq!(
            (used.status.as_u16(), texts(&used, "h1").join("")),
            (404, "This sign-in link no longer works".to_owned())
        );

        let out = person.post("/sign-out", &[]).await;
        assert_eq!(
            (out.header("location"), out.header("set-cookie").contains("Max-Age=0")),
            ("/sign-in", true)
        );
        let gone = person.get("/desk").await;
        assert_eq!((gone.status.as_u16(), gone.header("location")), (303, "/sign-in?next=%2Fdesk"));
    }
}

#[tokio::test]
async fn signing_in_tells_strangers_nothing_and_leads_nowhere_else() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        Person::of(&app, "Z80001", Role::Publisher).await;
        let mail = email("Z80001", Role::Publisher);
        let sign_in = async |mail: &str, password: &str, next: &str| {
            app.form("/sign-in", &form(&[("email", mail), ("password", password), ("next", next)])).await
        };
        let wrong = sign_in(&mail, "not the password", "/board").await;
        let unknown = sign_in("nobody@example.org", "not the password", "/board").await;
        let summary = ".nhsuk-error-summary__list";
        assert_eq!((wrong.status.as_u16(), unknown.status.as_u16()), (422, 422));
        assert_eq!(texts(&wrong, summary), texts(&unknown, summary));
        assert_eq!(values(&wrong, "#email", "value"), [mail.as_str()]);
        assert_eq!(values(&wrong, "#password", "value"), Vec::<String>::new());
        assert_eq!(values(&wrong, "input[name=next]", "value"), ["/board"]);

        for (next, goes) in [
            ("/board?scope=Z80001", "/board?scope=Z80001"),
            ("", "/desk"),
            ("//evil.example", "/desk"),
            ("https://evil.example/", "/desk"),
            ("/\\evil.example", "/desk"),
        ] {
            let answer = sign_in(&mail, PASSWORD, next).await;
            assert_eq!((answer.status.as_u16(), answer.header("location")), (303, goes), "{next}");
        }
        let page = app.get("/sign-in?next=//evil.example").await;
        assert!(!page.text().contains("evil"));
    }
}

#[tokio::test]
async fn whoever_is_not_signed_in_is_sent_to_sign_in_and_back() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        for path in [
            "/desk",
            "/desk/post?system=emis-web",
            "/desk/messages",
            "/desk/account",
            "/desk/channels",
            "/board?scope=Y91",
        ] {
            let answer = app.get(path).await;
            let next = form(&[("next", path)]);
            assert_eq!(
                (answer.status.as_u16(), answer.header("location")),
                (303, format!("/sign-in?{next}").as_str())
            );
        }
        for path in ["/desk/post", "/desk/lines", "/desk/channels/mastodon", "/desk/account/password"] {
            let to = app.form(path, "").await.header("location").to_owned();
            assert_eq!(to, "/sign-in?next=%2Fdesk&lost=yes");
            assert!(
                app.get(&to).await.text().contains("You were signed out, so what you sent was not saved")
            );
        }
        let sent =
            Request::post("/desk/post").header(header::REFERER, format!("{BASE}/desk/post?system=emis-web"));
        let to = app.send(sent.body(Body::empty()).unwrap()).await.header("location").to_owned();
        assert_eq!(to, "/sign-in?next=%2Fdesk%2Fpost%3Fsystem%3Demis-web&lost=yes", "back to the form");
        assert!(!app.get("/sign-in").await.text().contains("You were signed out"));
    }
}

/// Looking at every screen leaves everything as it was.
#[tokio::test]
async fn looking_changes_nothing() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let token = app.token("Z80001", Role::Administrator).await;
        let body = json!({"system": "emis-web", "scope": "Z80001"});
        let posted = app.api(&token, "POST", "/api/v1/incidents", body).await.json();
        let (incident, update) = (posted["id"].as_str().unwrap(), posted["update"]["id"].as_str().unwrap());
        let person = Person::of(&app, "Z80001", Role::Administrator).await;
        let before = everything(&app, &token).await;
        for path in [
            "/desk".to_owned(),
            "/desk/post?system=emis-web".into(),
            format!("/desk/incidents/{incident}/update?state=resolved"),
            format!("/desk/updates/{update}"),
            format!("/desk/updates/{update}/done"),
            format!("/desk/updates/{update}/withdraw"),
            "/desk/messages?channel=sms".into(),
            "/desk/channels".into(),
            "/desk/account".into(),
            "/board".into(),
        ] {
            let answer = person.get(&path).await;
            assert_eq!(answer.status, 200, "{path}: {}", answer.text());
            assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        }
        for path in [
            "/desk/lines",
            "/desk/post/preview",
            "/sign-out",
            "/desk/accounts/018f3a4e-0000-7000-8000-0000000000a1/remove",
        ] {
            assert_eq!(person.get(path).await.header("location"), "/desk", "{path}");
        }
        assert_eq!(everything(&app, &token).await, before);
    }
}

/// The log and the incidents, which every change leaves a trace in.
async fn everything(app: &TestApp, token: &str) -> (Value, Value) {
    let read = async |path| app.api(token, "GET", path, Value::Null).await.json();
    (read("/api/v1/log").await, read("/api/v1/incidents").await)
}

/// What another organisation has does not exist; what a role may not do says
/// so.
#[tokio::test]
async fn other_peoples_things_are_not_found_and_a_viewer_only_looks() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.subscribers(&[("reader01@example.org", "email", "Z80001")]).await;
        let token = app.token("Z80001", Role::Publisher).await;
        let body = json!({"system": "emis-web", "scope": "Z80001"});
        let posted = app.api(&token, "POST", "/api/v1/incidents", body).await.json();
        let (incident, update) = (posted["id"].as_str().unwrap(), posted["update"]["id"].as_str().unwrap());
        app.run_workers().await;
        let items =
            app.api(&token, "GET", &format!("/api/v1/updates/{update}/deliveries"), Value::Null).await;
        let message = items.json()["items"][0]["id"].as_str().unwrap().to_owned();

        let other = Person::of(&app, "Z80002", Role::Administrator).await;
        for path in [
            format!("/desk/incidents/{incident}/update"),
            format!("/desk/updates/{update}"),
            format!("/desk/updates/{update}/done"),
            format!("/desk/updates/{update}/withdraw"),
            format!("/desk/messages/{message}"),
            "/desk/messages/not-an-id".into(),
            "/desk/post?system=no-such-system".into(),
        ] {
            assert_eq!(other.get(&path).await.status, 404, "{path}");
        }
        for (path, field) in [
            (format!("/desk/incidents/{incident}/answer"), ("answer", "affected")),
            (format!("/desk/incidents/{incident}/preview"), ("message", "Mine now")),
            (format!("/desk/incidents/{incident}/update"), ("message", "Mine now")),
            (format!("/desk/updates/{update}/withdraw"), ("correction", "Mine now")),
        ] {
            assert_eq!(other.post(&path, &[field]).await.status, 404, "{path}");
        }
        assert_eq!(texts(&other.get("/desk/messages").await, ".sp-story"), Vec::<String>::new());

        let viewer = Person::of(&app, "Z80001", Role::Viewer).await;
        assert_eq!(texts(&viewer.get("/desk").await, ".sp-taps"), Vec::<String>::new());
        assert_eq!(viewer.get(&format!("/desk/messages/{message}")).await.status, 200);
        for path in ["/desk/post?system=emis-web".to_owned(), format!("/desk/updates/{update}/withdraw")] {
            assert_eq!(viewer.get(&path).await.status, 403, "{path}");
        }
        for path in [
            "/desk/post".to_owned(),
            "/desk/post/preview".into(),
            "/desk/lines".into(),
            format!("/desk/incidents/{incident}/update"),
            format!("/desk/updates/{update}/withdraw"),
            format!("/desk/incidents/{incident}/answer"),
        ] {
            let fields = [("system", "emis-web"), ("message", "x"), ("correction", "x"), ("answer", "busy")];
            let answer = viewer.post(&path, &fields).await;
            assert_eq!(
                (answer.status.as_u16(), texts(&answer, "h1").join("")),
                (403, "You are not allowed to do this".to_owned()),
                "{path}"
            );
        }
        // Channels are for administrators; a board is for what is theirs.
        let publisher = Person::of(&app, "Z80001", Role::Publisher).await;
        assert_eq!(publisher.get("/desk/channels").await.status, 403);
        assert_eq!(publisher.get("/board?scope=QZ8").await.status, 403);
    }
}

#[tokio::test]
async fn the_captured_code_of_a_sign_up_can_be_read() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let sign_up = form(&[("channel", "sms"), ("contact", "07700 900123"), ("locale", "en")]);
        let asked = app.form("/Z80001/subscribe", &sign_up).await;
        let contact = values(&asked, "input[name=contact_id]", "value").remove(0);
        app.run_workers().await;
        let person = Person::of(&app, "Z80001", Role::Viewer).await;
        let list = person.get("/desk/messages?channel=sms").await;
        assert_eq!(texts(&list, ".sp-story h2"), ["Text message to …123 Captured, not sent"]);
        let text = texts(&list, ".sp-story .sp-message").remove(0);
        let digits = text.split("Your code is ").nth(1).unwrap()[..6].to_owned();
        assert!(!list.text().contains("900123"));
        let confirm = form(&[("contact_id", contact.as_str()), ("code", digits.as_str())]);
        assert_eq!(app.form("/Z80001/subscribe/confirm", &confirm).await.status, 200);
    }
}

#[tokio::test]
async fn secrets_of_channels_are_never_shown_again() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let person = Person::of(&app, "Z80001", Role::Administrator).await;
        let bad = [("base_url", "ftp://mastodon.example"), ("access_token", "")];
        let refused = person.post("/desk/channels/mastodon", &bad).await;
        assert_eq!(refused.status, 422);
        assert_eq!(values(&refused, "#mastodon-base_url", "value"), ["ftp://mastodon.example"]);
        assert_eq!(texts(&refused, "#mastodon-access_token-error"), ["Error: Enter the access token."]);

        let good = [("base_url", "https://mastodon.example"), ("access_token", "s3cret-token")];
        assert_eq!(
            person.post("/desk/channels/mastodon", &good).await.header("location"),
            "/desk/channels?done=saved"
        );
        let shown = person.get("/desk/channels?done=saved").await;
        assert_eq!(values(&shown, "#mastodon-base_url", "value"), ["https://mastodon.example"]);
        assert!(!shown.text().contains("s3cret-token"));
        let remove = values(&shown, "form[action$='/remove']", "action").remove(0);
        assert_eq!(person.post(&remove, &[]).await.status, 303);
        assert_eq!(person.post(&remove, &[]).await.status, 404);
        assert_eq!(
            values(&person.get("/desk/channels").await, "#mastodon-base_url", "value"),
            Vec::<String>::new()
        );
    }
}

#[tokio::test]
async fn changing_the_password_needs_the_old_one_and_ends_other_sessions() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let person = Person::of(&app, "Z80001", Role::Publisher).await;
        let new = "river slate onion bell";
        let change = |current| [("current", current), ("password", new), ("again", new)];
        let refused = person.post("/desk/account/password", &change("a wrong password")).await;
        assert_eq!(texts(&refused, "#current-error"), ["Error: This is not the password you have now."]);
        let changed = person.post("/desk/account/password", &change(PASSWORD)).await;
        assert_eq!(changed.header("location"), "/desk/account?done=password");
        assert_eq!(person.get("/desk").await.status, 303);
        let again = Person { app: &app, cookie: cookie(&changed) };
        assert_eq!(again.get("/desk").await.status, 200);
    }
}

#[tokio::test]
async fn a_region_sees_its_board_and_its_parts() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let token = app.token("Y91", Role::Coordinator).await;
        app.api(&token, "POST", "/api/v1/incidents", json!({"system": "emis-web", "level": 2})).await;
        let person = Person::of(&app, "Y91", Role::Viewer).await;
        let board = person.get("/board").await;
        assert_eq!(
            texts(&board, ".sp-results strong").first().map(String::as_str),
            Some("EMIS Web is not working")
        );
        let counts = texts(&board, ".sp-counts:first-of-type div");
        assert!(counts.iter().any(|c| c.starts_with("Have not answered 3")), "{counts:?}");
        assert!(values(&board, ".nhsuk-table a", "href").contains(&"/board?scope=QZ8".to_owned()));
        let part = person.get("/board?scope=QZ8").await;
        assert!(texts(&part, "h1")[0].contains("NHS Ashwick and Brambleford Integrated Care Board"));
        assert_eq!(person.get("/board?scope=Y92").await.status, 403);
        assert_eq!(person.get("/board?scope=%3F").await.status, 404);
    }
}
