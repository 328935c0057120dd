use super::super::http::tests::answer;
use super::super::tests::{named, to_hook};
use super::*;
use crate::domain::account::Account;

#[test]
fn each_answer_has_its_meaning() {
    let out = to_hook(Account::Slack);
    let id = format!("accepted {}", out.delivery);
    for (status, headers, body, expected) in [
        (200, vec![], "ok", id.as_str()),
        (200, vec![], r#"{"ok":true}"#, id.as_str()),
        (200, vec![], "<html>Please sign in</html>", "unclear"),
        (400, vec![], "invalid_payload", "never"),
        (400, vec![], "user_not_found", "gone"),
        (403, vec![], "action_prohibited", "pause 900"),
        (403, vec![], "invalid_token", "gone"),
        (404, vec![], "no_service", "gone"),
        (404, vec![], "channel_not_found", "gone"),
        (410, vec![], "channel_is_archived", "gone"),
        (429, vec![("retry-after", "3")], "", "pause 3"),
        (500, vec![], "rollup_error", "later"),
        (500, vec![], "", "unclear"),
        (302, vec![], "", "pause 900"),
    ] {
        assert_eq!(named(&judge(&answer(status, &headers, body), &out)), expected, "{status} {body}");
    }
}

#[test]
fn nothing_in_a_text_reaches_everybody() {
    let mut out = to_hook(Account::Slack);
    out.message.headline = "<!channel> <@U024BE7LH> <https://evil.example|x> &amp;".into();
    let all = message(&out.message).to_string();
    assert!(!all.contains("<!") && !all.contains("<@") && !all.contains("<https://evil"), "{all}");
    assert!(all.contains("&lt;!channel&gt;") && all.contains("&amp;amp;"));
    assert!(all.contains("<https://status.example.nhs.uk/A81001>"), "our own link stays one");
}

#[test]
fn long_texts_are_cut_after_escaping() {
    let long = "a & b ".repeat(2000);
    for max in [HEADER_MAX, SECTION_MAX] {
        let cut = escaped(&long, max);
        assert!(cut.chars().count() <= max && cut.chars().count() > max - 20 && cut.ends_with("..."));
    }
}

#[test]
fn a_correction_says_so_in_what_is_posted() {
    let mut out = to_hook(Account::Slack);
    assert!(!message(&out.message)["blocks"].to_string().contains("Correction"));
    out.message.is_correction = true;
    let header = &message(&out.message)["blocks"][0]["text"]["text"];
    assert_eq!(header, "Correction: Bryn Meddygfa’r Tŷ");
}
