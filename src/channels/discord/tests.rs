use super::super::http::tests::answer;
use super::super::tests::{named, to_hook};
use super::*;
use crate::domain::account::Account;

#[test]
fn each_answer_has_its_meaning() {
    for (status, headers, body, expected) in [
        (200, vec![], r#"{"id":"1"}"#, "accepted 1"),
        (200, vec![], "{", "unclear"),
        (204, vec![], "", "accepted"),
        (400, vec![], r#"{"code":50006}"#, "never"),
        (401, vec![], r#"{"code":50027}"#, "gone"),
        (404, vec![], r#"{"code":10015}"#, "gone"),
        (403, vec![], "", "pause 900"),
        (429, vec![], r#"{"retry_after":64.57,"global":false}"#, "pause 64"),
        (429, vec![("retry-after", "5")], r#"{"retry_after":4.2}"#, "pause 5"),
        (429, vec![], r#"{"retry_after":-1}"#, "pause 60"),
        (500, vec![], "", "unclear"),
    ] {
        assert_eq!(named(&judge(&answer(status, &headers, body))), expected, "{status} {body}");
    }
}

#[test]
fn nothing_in_a_text_is_a_mark_or_a_mention() {
    let mut out = to_hook(Account::Discord);
    out.message.headline = "@everyone <@123> **now** [x](https://evil.example)".into();
    let said = message(&out.message);
    let content = said["content"].as_str().unwrap();
    assert!(
        content.contains(r"\@everyone \<\@123\> \*\*now\*\* \[x\]\(https\://evil.example\)"),
        "{content}"
    );
    assert!(content.ends_with("https://status.example.nhs.uk/A81001"), "{content}");
    assert_eq!(said["allowed_mentions"], json!({"parse": []}));
}

#[test]
fn a_long_message_keeps_its_link() {
    let mut out = to_hook(Account::Discord);
    out.message.paragraphs = vec!["(words) ".repeat(100); 10];
    let said = message(&out.message);
    let content = said["content"].as_str().unwrap();
    assert!(content.chars().count() <= MAX && content.chars().count() > MAX - 30);
    assert!(content.ends_with("\nhttps://status.example.nhs.uk/A81001"), "{content}");
}

#[test]
fn a_correction_begins_by_saying_so() {
    let mut out = to_hook(Account::Discord);
    let content = |out: &Outgoing| message(&out.message)["content"].as_str().unwrap().to_owned();
    assert!(!content(&out).contains("Correction"));
    out.message.is_correction = true;
    assert!(content(&out).starts_with(r"Correction\: Bryn Meddygfa’r Tŷ"), "{}", content(&out));
}
