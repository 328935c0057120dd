use super::super::http::tests::answer;
use super::super::tests::{named, to_hook};
use super::*;
use crate::domain::account::Account;

#[test]
fn each_answer_has_its_meaning() {
    let out = to_hook(Account::Teams);
    let id = format!("accepted {}", out.delivery);
    for (status, headers, body, expected) in [
        (202, vec![], "", id.as_str()),
        (200, vec![], "1", &id),
        (400, vec![], "bad card", "never"),
        (400, vec![], r#"{"error":{"code":"WorkflowTriggerIsNotEnabled"}}"#, "gone"),
        (404, vec![], r#"{"error":{"code":"WorkflowNotFound"}}"#, "gone"),
        (410, vec![], "", "gone"),
        (401, vec![], "", "pause 900"),
        (413, vec![], "", "never"),
        (429, vec![("retry-after", "20")], "", "pause 20"),
        (502, vec![], "", "unclear"),
    ] {
        assert_eq!(named(&judge(&answer(status, &headers, body), &out)), expected, "{status} {body}");
    }
}

#[test]
fn a_card_stays_below_what_teams_takes() {
    let mut out = to_hook(Account::Teams);
    out.message.paragraphs = vec!["wörds ".repeat(500); 40];
    let card = message(&out.message);
    assert!(card.to_string().len() <= MAX_BYTES);
    assert!(card["attachments"][0]["content"]["body"].as_array().unwrap().len() > 4);
}

#[test]
fn a_correction_says_so_on_its_card() {
    let mut out = to_hook(Account::Teams);
    assert!(!message(&out.message)["attachments"][0]["content"]["body"].to_string().contains("Correction"));
    out.message.is_correction = true;
    let heading = &message(&out.message)["attachments"][0]["content"]["body"][0]["inlines"][0]["text"];
    assert_eq!(heading, "Correction: Bryn Meddygfa’r Tŷ");
}
