use super::super::http::tests::answer;
use super::super::tests::{named, outgoing};
use super::*;
use crate::domain::delivery::Address;

#[test]
fn only_404_and_410_end_a_subscription() {
    let to = Subscription {
        endpoint: "https://push.example/x".into(),
        p256dh: String::new(),
        auth: String::new(),
    };
    let out = outgoing(Address::Push(to));
    let id = format!("accepted {}", out.delivery);
    for (status, headers, expected) in [
        (201, vec![], id.as_str()),
        (400, vec![], "never"),
        (401, vec![], "pause 900"),
        (403, vec![], "pause 900"),
        (404, vec![], "gone"),
        (410, vec![], "gone"),
        (413, vec![], "never"),
        (429, vec![("retry-after", "7")], "later 7"),
        (503, vec![], "unclear"),
    ] {
        assert_eq!(named(&judge(&answer(status, &headers, ""), &out)), expected, "{status}");
    }
}
