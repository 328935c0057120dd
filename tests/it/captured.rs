//! A channel that is not set up captures its messages, and they never look sent:
//! to patients who sign up, and to staff before and after they publish.

use signpost::channels::{Channels, ProviderSettings, RelaySettings, Settings};
use signpost::domain::user::Role;
use signpost::words::{self, Locale};

use crate::harness::{Driver, TestApp};
use crate::staff::{Person, form, texts, values};

const NOT_SET_UP: &str = "We cannot send emails or text messages here yet. Look at the web page instead.";

#[tokio::test]
async fn patients_are_told_that_nothing_is_sent() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        assert!(app.get("/Z80001/subscribe").await.text().contains(NOT_SET_UP));
        for (channel, contact) in [("email", "pat@example.org"), ("sms", "07700 900124")] {
            let typed = form(&[("channel", channel), ("contact", contact), ("locale", "en")]);
            let asked = app.form("/Z80001/subscribe", &typed).await;
            assert_eq!(texts(&asked, "h1"), ["No message was sent"]);
            let said = asked.text();
            assert!(said.contains(&format!("We have sent nothing to {contact}.")), "{said}");
            assert!(!said.contains("It may take a few minutes"), "{said}");
        }
        let welsh = form(&[("channel", "email"), ("contact", "sian@example.org"), ("locale", "cy")]);
        let cy = words::of(Locale::Cy);
        assert_eq!(texts(&app.form("/Z80001/subscribe", &welsh).await, "h1"), [cy.get("not-sent")]);
    }
}

/// What leaves is offered, and what does not is not.
#[tokio::test]
async fn only_what_leaves_is_offered() {
    let mut app = TestApp::with_region(Driver::Sqlite).await;
    let relay = RelaySettings {
        url: "smtp://localhost:1?tls=none".into(),
        from: "updates@status.example.nhs.uk".into(),
        takes_bounces: false,
        bounce_domain: None,
        dkim: Vec::new(),
    };
    let settings = Settings { email: vec![ProviderSettings::Relay(relay)], ..Settings::default() };
    app.channels = Some(Channels::new(&settings).unwrap());
    let form_page = app.get("/Z80001/subscribe").await;
    assert_eq!(values(&form_page, "input[name=channel]", "value"), ["email"]);
    assert!(!form_page.text().contains(NOT_SET_UP) && values(&form_page, "#device", "id").is_empty());
    let typed = form(&[("channel", "email"), ("contact", "pat@example.org"), ("locale", "en")]);
    assert_eq!(texts(&app.form("/Z80001/subscribe", &typed).await, "h1"), ["Check your email"]);
    // A program that asks for the other gets the truth.
    let typed = form(&[("channel", "sms"), ("contact", "07700 900124"), ("locale", "en")]);
    assert_eq!(texts(&app.form("/Z80001/subscribe", &typed).await, "h1"), ["No message was sent"]);
}

#[tokio::test]
async fn staff_see_it_before_and_after_they_publish() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        app.subscribers(&[("a@example.org", "email", "Z80001")]).await;
        let post =
            [("system", "emis-web"), ("lines.attend", "come_unless_contacted"), ("next_update_by", "2h")];
        let (done, update) = {
            let person = Person::of(&app, "Z80001", Role::Publisher).await;
            let preview = person.post("/desk/post/preview", &post).await;
            assert_eq!(
                texts(&preview, "main ul")[0],
                "1 by email, captured and not sent",
                "{}",
                preview.text()
            );
            let posted = person.post("/desk/post", &post).await;
            let to = posted.header("location").to_owned();
            (person.get(&to).await.text(), to.trim_end_matches("/done").to_owned())
        };
        assert!(done.contains("Its messages: 1 by email, captured and not sent."), "{done}");
        assert!(done.contains("nobody is told by it"), "{done}");
        app.run_workers().await;
        let person = Person::of(&app, "Z80001", Role::Publisher).await;
        let withdraw = person.get(&format!("{update}/withdraw")).await.text();
        assert!(
            withdraw.contains("By email it is captured, as the message was: nobody gets it"),
            "{withdraw}"
        );
    }
}
