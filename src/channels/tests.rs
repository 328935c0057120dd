use super::*;
use crate::domain::account::{BlueskyAccount, Hook, MastodonAccount};
use crate::domain::message::Message;

/// An outcome in one word, with its wait or reference, for tables.
pub(crate) fn named(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Accepted { reference } => format!("accepted {reference}").trim_end().into(),
        Outcome::Later { after, .. } => match after {
            Some(after) => format!("later {}", after.as_secs()),
            None => "later".into(),
        },
        Outcome::Pause { after, .. } | Outcome::SlowDown { after, .. } => {
            format!("pause {}", after.as_secs())
        }
        Outcome::Never { .. } => "never".into(),
        Outcome::Gone { .. } => "gone".into(),
        Outcome::Unclear { .. } => "unclear".into(),
        Outcome::Stopped => "stopped".into(),
    }
}

/// One message to an account of this kind.
pub(crate) fn to_hook(kind: fn(Hook) -> Account) -> Outgoing {
    outgoing(Address::Account(kind(Hook { url: "https://hooks.example/T/B/secret".into() })))
}

/// One message to anywhere, with a name that no plain alphabet holds.
pub(crate) fn outgoing(to: Address) -> Outgoing {
    let page_url = "https://status.example.nhs.uk/A81001".to_owned();
    Outgoing {
        delivery: "018f3a4e-0000-7000-8000-0000000000a1".parse().unwrap(),
        valid_for: Duration::from_secs(4 * 3600),
        to,
        provider: None,
        is_code: false,
        is_urgent: true,
        return_token: "a".repeat(52),
        message: Message {
            organisation: "Bryn Meddygfa’r Tŷ".into(),
            subject: "Bryn Meddygfa’r Tŷ: come to your appointment".into(),
            headline: "Come to your appointment unless we contact you.".into(),
            paragraphs: vec!["EMIS Web <is> down.".into(), "In an emergency, call 999.".into()],
            short: format!("Bryn Meddygfa'r Ty: Come to your appointment. {page_url}"),
            post: "Bryn Meddygfa’r Tŷ: EMIS Web is down. Come & see us.".into(),
            post_end: String::new(),
            notice: "Come to your appointment unless we contact you. EMIS Web is down.".into(),
            page_url,
            lang: "en".into(),
            is_correction: false,
            facts: None,
        },
        leave_url: None,
        made_at: "2024-07-19T07:40:00Z".parse().unwrap(),
        wording: None,
        worded_at: "2024-07-19T07:40:00Z".parse().unwrap(),
        attempt: 1,
        at: "2024-07-19T07:40:02Z".parse().unwrap(),
        thread: None,
        halt: crate::domain::delivery::Halt::default(),
        maybe_sent: false,
        known: vec![],
        about: None,
    }
}

#[tokio::test]
async fn a_channel_without_settings_sends_nothing() {
    let channels = Channels::new(&Settings::default()).unwrap();
    assert!(!channels.is_live(Channel::Email) && !channels.is_live(Channel::Sms));
    assert!(channels.is_live(Channel::Mastodon) && channels.is_live(Channel::Bluesky));
    for to in [Address::Email("a@example.org".into()), Address::Sms("+447700900123".into())] {
        assert!(matches!(channels.send(&outgoing(to)).await, Outcome::Pause { .. }));
    }
    assert!(channels.names(Channel::Email).is_empty());
}

#[test]
fn a_pause_holds_up_one_account_and_shows_no_secret() {
    let mastodon = |token: &str| {
        let base_url = "https://social.example".into();
        let account = MastodonAccount { base_url, access_token: token.into() };
        pause_scope(&Address::Account(Account::Mastodon(account)))
    };
    assert_ne!(mastodon("token-one"), mastodon("token-two"));
    assert!(!mastodon("token-one").contains("token-one"));
    let bluesky = pause_scope(&Address::Account(Account::Bluesky(BlueskyAccount {
        service: "https://bsky.social".into(),
        identifier: "a.example".into(),
        app_password: "hunter2".into(),
    })));
    assert!(bluesky.contains("a.example") && !bluesky.contains("hunter2"));
    assert_eq!(pause_scope(&Address::Email("a@example.org".into())), "email");
    assert_eq!(pause_scope(&Address::Sms("+447700900123".into())), "sms");
}
