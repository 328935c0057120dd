use super::super::http::tests::answer;
use super::super::tests::{named, outgoing};
use super::*;
use crate::domain::delivery::Address;
use crate::domain::network::Allowed;

fn browser(endpoint: &str) -> Subscription {
    Subscription {
        endpoint: endpoint.into(),
        p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
            .into(),
        auth: "BTBZMqHH6r4Tts7J_aSIgg".into(),
    }
}

#[test]
fn only_404_and_410_end_a_subscription() {
    let out = outgoing(Address::Push(browser("https://push.example/x")));
    let id = format!("accepted {}", out.delivery);
    let wait = || vec![("retry-after", "7")];
    for (status, headers, expected) in [
        (201, vec![], id.as_str()),
        (202, vec![], id.as_str()),
        (307, vec![], "never"),
        (400, vec![], "never"),
        (401, vec![], "later 900"),
        (403, vec![], "later 900"),
        (404, vec![], "gone"),
        (408, vec![], "unclear"),
        (410, vec![], "gone"),
        (413, vec![], "never"),
        (429, wait(), "later 7"),
        (429, vec![], "later 30"),
        (500, vec![], "unclear"),
        (503, vec![], "unclear"),
        (503, wait(), "later 7"),
    ] {
        assert_eq!(named(&judge(&answer(status, &headers, ""), &out)), expected, "{status}");
    }
}

fn push() -> Push {
    super::super::init_tls();
    let settings =
        PushSettings { key: [7; 32], subject: "mailto:a@example.org".into(), services: Services::default() };
    Push::new(&settings, Guarded::new(Allowed::default()).unwrap()).unwrap()
}

#[test]
fn a_push_service_that_hangs_leaves_room_for_the_others() {
    let (push, now) = (push(), Instant::now());
    let room = |endpoint: &str| {
        let to = browser(endpoint);
        std::iter::from_fn(|| push.admit(&to, false, now).ok()).collect::<Vec<_>>()
    };
    let window = Channel::Push.about().window;
    let hanging = room("https://updates.push.services.mozilla.com/wpush/v2/a");
    assert_eq!(hanging.len(), window / 2);
    assert_eq!(room("https://updates.push.services.mozilla.com/wpush/v2/b").len(), 0);
    assert_eq!(room("https://web.push.apple.com/a").len(), window / 2);
}

#[tokio::test]
async fn nothing_is_dialled_but_push_services() {
    let push = push();
    for (endpoint, expected) in [
        ("https://push.example/x", "never"),
        ("http://fcm.googleapis.com/x", "gone"),
        ("https://127.0.0.1/x", "never"),
    ] {
        let to = browser(endpoint);
        let outcome = push.send(&outgoing(Address::Push(to.clone())), &to).await;
        assert_eq!(named(&outcome), expected, "{endpoint}");
    }
}

#[test]
fn a_notification_fits_into_one_record() {
    let mut out = outgoing(Address::Push(browser("https://push.example/x")));
    out.message.organisation = "ਸ਼".repeat(400);
    out.message.notice = "ਸ਼ \"x\"\n".repeat(400);
    out.leave_url = Some(format!("https://status.example.nhs.uk/s/{}", "a".repeat(64)));
    let text = payload(&out);
    assert!(text.len() < 3993, "{}", text.len());
    let said: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert!(said["body"].as_str().unwrap().ends_with("..."));
    assert_eq!((said["lang"].as_str(), said["dir"].as_str()), (Some("en"), Some("ltr")));
    assert_eq!(said["manage"]["title"], "Change or stop your updates");
}
