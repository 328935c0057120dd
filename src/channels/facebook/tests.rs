use super::super::http::tests::answer;
use super::super::tests::{named, outgoing};
use super::*;
use crate::domain::account::Account;
use crate::domain::delivery::Address;

fn post() -> Outgoing {
    outgoing(Address::Account(Account::Facebook(account())))
}

fn account() -> FacebookAccount {
    FacebookAccount {
        base_url: "https://graph.facebook.com".into(),
        page_id: "1".into(),
        access_token: "secret".into(),
    }
}

#[test]
fn each_error_code_has_its_meaning() {
    let error = |code: i64| format!(r#"{{"error":{{"message":"m","type":"OAuthException","code":{code}}}}}"#);
    for (code, expected) in [
        (1, "unclear"),
        (2, "unclear"),
        (4, "pause 300"),
        (10, "pause 900"),
        (17, "pause 300"),
        (32, "pause 300"),
        (100, "never"),
        (190, "pause 900"),
        (200, "pause 900"),
        (368, "pause 900"),
        (506, "never"),
        (613, "pause 300"),
        (9999, "never"),
    ] {
        assert_eq!(named(&judge(&answer(400, &[], &error(code)), &post())), expected, "{code}");
    }
    let again = Outgoing { maybe_sent: true, ..post() };
    assert_eq!(named(&judge(&answer(400, &[], &error(506)), &again)), "accepted", "the first had arrived");
    let busy = r#"{"error":{"code":3000,"is_transient":true}}"#;
    assert_eq!(named(&judge(&answer(500, &[], busy), &post())), "pause 30");
    assert_eq!(named(&judge(&answer(502, &[], "<html>"), &post())), "unclear");
    assert_eq!(named(&judge(&answer(200, &[], r#"{"id":"1_2"}"#), &post())), "accepted 1_2");
    assert_eq!(named(&judge(&answer(200, &[], "{}"), &post())), "unclear");
}

#[test]
fn a_post_is_found_by_its_words_and_time() {
    let out = post();
    let made = out.made_at.timestamp();
    let found = |message: String, created_time| {
        find(&Feed { data: vec![Post { id: "1_2".into(), message, created_time }] }, &out)
    };
    let text = out.message.text_for(Channel::Facebook);
    assert_eq!(found(text.clone(), made + 5), LookUp::Found { reference: "1_2".into() });
    assert_eq!(found(text.clone(), made - 61), LookUp::NotFound);
    assert_eq!(found(text.replace("down", "back"), made + 5), LookUp::NotFound);
}
