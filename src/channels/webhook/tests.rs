use super::super::http::tests::answer;
use super::super::tests::named;
use super::*;
use crate::domain::account::OldSecret;

/// The vector on which the official Node, Python and Rust libraries agree.
#[test]
fn signs_as_the_specification_does() {
    let signed = sign(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1_614_265_330,
        r#"{"test": 2432232314}"#,
    );
    assert_eq!(signed.as_deref(), Some("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
    assert_eq!(sign("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "m", 1, "{}"), None);
}

#[test]
fn each_answer_has_its_meaning() {
    for (status, headers, expected) in [
        (200, vec![], "accepted msg_1"),
        (204, vec![], "accepted msg_1"),
        (301, vec![], "later"),
        (400, vec![], "later"),
        (401, vec![], "later"),
        (404, vec![], "later"),
        (410, vec![], "gone"),
        (429, vec![("retry-after", "7")], "later 7"),
        (500, vec![], "unclear"),
        (503, vec![("retry-after", "120")], "later 120"),
    ] {
        assert_eq!(named(&judge(&answer(status, &headers, ""), "msg_1")), expected, "{status}");
    }
}

#[test]
fn the_old_secret_signs_for_a_day() {
    let now = DateTime::UNIX_EPOCH + chrono::Duration::days(1);
    let mut endpoint = Endpoint { url: String::new(), secret: "whsec_b25l".into(), old: Vec::new() };
    assert_eq!(endpoint.secrets(now).collect::<Vec<_>>(), ["whsec_b25l"]);
    endpoint.rotate("whsec_dHdv".into(), now);
    let later = |hours| now + chrono::Duration::hours(hours);
    assert_eq!(endpoint.secrets(later(23)).collect::<Vec<_>>(), ["whsec_dHdv", "whsec_b25l"]);
    assert_eq!(endpoint.secrets(later(24)).collect::<Vec<_>>(), ["whsec_dHdv"]);
    // Each old one signs for its day, however often there is a new one.
    endpoint.rotate("whsec_dHJl".into(), later(1));
    assert_eq!(endpoint.secrets(later(23)).collect::<Vec<_>>(), ["whsec_dHJl", "whsec_dHdv", "whsec_b25l"]);
    assert_eq!(endpoint.secrets(later(24)).collect::<Vec<_>>(), ["whsec_dHJl", "whsec_dHdv"]);
    // As it was kept when there was one at most.
    let kept = r#"{"url": "", "secret": "a", "old": {"secret": "b", "until": "1970-01-02T00:00:00Z"}}"#;
    let kept: Endpoint = serde_json::from_str(kept).unwrap();
    assert_eq!(kept.old.iter().map(|o: &OldSecret| o.secret.as_str()).collect::<Vec<_>>(), ["b"]);
}
