use super::super::http::tests::answer;
use super::super::tests::outgoing;
use super::*;
use crate::domain::delivery::Address;

const SERVICE: &str = "26785a09-ab16-4eb0-8407-a37497a57506";
const SECRET: &str = "3d844edf-8d35-48ac-975b-e847b4f122b0";

fn settings() -> NotifySettings {
    NotifySettings {
        base_url: PUBLIC_URL.into(),
        api_key: format!("signpost-live-{SERVICE}-{SECRET}"),
        sms_template: Some("f33517ff-2a88-4f6e-b855-c550268ce08a".into()),
        email_template: None,
    }
}

fn notify(channel: Channel, change: impl FnOnce(&mut NotifySettings)) -> Result<Notify, String> {
    super::super::init_tls();
    let mut settings = settings();
    change(&mut settings);
    let clock = Clock::fixed_at("2024-07-19T07:40:00Z".parse().unwrap());
    Notify::new(&settings, channel, Web::new().unwrap(), clock).map_err(|e| e.0)
}

#[test]
fn settings_that_cannot_work_are_refused() {
    for (channel, change, what) in [
        (Channel::Sms, (|s| s.api_key = SECRET.into()) as fn(&mut NotifySettings), "notify.api_key"),
        (Channel::Sms, |s| s.api_key = "é".repeat(40), "notify.api_key"),
        (Channel::Sms, |s| s.base_url = "http://api.example".into(), "https://"),
        (Channel::Sms, |s| s.sms_template = Some("1".into()), "notify.sms_template"),
        (Channel::Email, |_| {}, "notify.email_template"),
    ] {
        let error = notify(channel, change).err().unwrap();
        assert!(error.contains(what) && !error.contains(SECRET), "{error}");
    }
}

#[test]
fn the_key_is_taken_apart_from_its_end() {
    let (service, secret) = read_key(&format!("a-name-with-dashes-{SERVICE}-{SECRET}")).unwrap();
    assert_eq!((service.as_str(), secret.as_str()), (SERVICE, SECRET));
    let notify = notify(Channel::Sms, |_| {}).unwrap();
    let token = notify.token();
    let parts: Vec<Vec<u8>> = token.split('.').map(|p| URL_SAFE_NO_PAD.decode(p).unwrap()).collect();
    let claims: Value = serde_json::from_slice(&parts[1]).unwrap();
    assert_eq!(claims, json!({"iss": SERVICE, "iat": 1_721_374_800}));
    assert_eq!(serde_json::from_slice::<Value>(&parts[0]).unwrap(), json!({"alg": "HS256", "typ": "JWT"}));
}

#[test]
fn each_answer_of_notify_has_its_meaning() {
    let refusal = |status: u16, error: &str, message: &str| {
        let body = json!({"status_code": status, "errors": [{"error": error, "message": message}]});
        judge(&answer(status, &[], &body.to_string()))
    };
    let kind = |outcome: &Outcome| match outcome {
        Outcome::Pause { after, .. } if *after == PAUSE_LONG => "needs a person",
        Outcome::SlowDown { after, .. } if *after == PAUSE_LONG => "needs a person",
        Outcome::Pause { .. } | Outcome::SlowDown { .. } => "pause",
        Outcome::Never { .. } => "never",
        Outcome::Gone { .. } => "gone",
        Outcome::Later { .. } => "later",
        Outcome::Unclear { .. } => "unclear",
        Outcome::Stopped => "stopped",
        Outcome::Accepted { .. } => "accepted",
    };
    for (status, error, message, expected) in [
        (
            403,
            "AuthError",
            "Error: Your system clock must be accurate to within 30 seconds",
            "needs a person",
        ),
        (403, "AuthError", "Invalid token: API key not found", "needs a person"),
        (401, "AuthError", "Unauthorized: authentication token must be provided", "needs a person"),
        (
            429,
            "RateLimitError",
            "Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds",
            "pause",
        ),
        (429, "TooManyRequestsError", "Exceeded send limits (250000) for today", "needs a person"),
        (400, "BadRequestError", "Can't send to this recipient using a team-only API key", "needs a person"),
        (400, "BadRequestError", "Missing personalisation: message", "needs a person"),
        (400, "BadRequestError", "Template not found", "needs a person"),
        (400, "ValidationError", "template_id is not a valid UUID", "needs a person"),
        (400, "ValidationError", "phone_number Number is not valid – 07700 900123", "gone"),
        (400, "ValidationError", "email_address Not a valid email address", "gone"),
        (
            400,
            "BadRequestError",
            "Content for template has a character count greater than the limit of 918",
            "never",
        ),
        (400, "ValidationError", "Additional properties are not allowed", "never"),
        (404, "NoResultFound", "No result found", "needs a person"),
        (500, "Exception", "Internal server error", "unclear"),
        (503, "", "", "unclear"),
    ] {
        let outcome = refusal(status, error, message);
        assert_eq!(kind(&outcome), expected, "{status} {error} {message}");
        assert!(!format!("{outcome:?}").contains("900123"), "{outcome:?}");
    }
    let created = judge(&answer(201, &[], r#"{"id":"740e5834-3a29-46b4-9a6f-16142fde533a"}"#));
    assert_eq!(created, Outcome::Accepted { reference: "740e5834-3a29-46b4-9a6f-16142fde533a".into() });
    assert_eq!(kind(&judge(&answer(201, &[], "<html>"))), "unclear");
    assert_eq!(kind(&judge(&answer(400, &[], "<html>"))), "later");
}

#[tokio::test]
async fn a_text_that_is_too_long_does_not_leave() {
    let mut out = outgoing(Address::Sms("+447700900123".into()));
    out.message.short = "a".repeat(919);
    let notify = notify(Channel::Sms, |s| s.base_url = "http://127.0.0.1:1".into()).unwrap();
    assert!(matches!(notify.send(&out, "+447700900123").await, Outcome::Never { .. }));
    out.message.short = "a".repeat(918);
    assert!(matches!(notify.send(&out, "+447700900123").await, Outcome::Pause { .. }), "nobody is there");
}

#[test]
fn receipts_move_a_delivery() {
    use DeliveryState::{Accepted, Delivered, Failed};
    let told = |status: &str, kind: &str| {
        let body = json!({"id": "1", "reference": null, "status": status, "notification_type": kind});
        let receipt: Receipt = serde_json::from_value(body).unwrap();
        receipt.meaning().map(|(state, _, fault)| (state, fault))
    };
    for (status, kind, expected) in [
        ("created", "sms", Some((Accepted, None))),
        ("sending", "sms", Some((Accepted, None))),
        ("delivered", "email", Some((Delivered, None))),
        ("permanent-failure", "email", Some((Failed, Some(AddressFault::Dead)))),
        ("permanent-failure", "sms", Some((Failed, Some(AddressFault::Doubtful)))),
        ("temporary-failure", "sms", Some((Failed, None))),
        ("technical-failure", "sms", Some((Failed, None))),
        ("strange", "sms", None),
    ] {
        assert_eq!(told(status, kind), expected, "{status} {kind}");
    }
}
