use super::super::http::tests::answer;
use super::super::tests::named;
use super::*;

#[test]
fn each_answer_has_its_meaning() {
    let duplicate = r#"{"title":"Forbidden","status":403,"type":"about:blank",
        "detail":"You are not allowed to create a Tweet with duplicate content."}"#;
    let forbidden =
        r#"{"title":"Client Forbidden","detail":"m","type":"https://api.x.com/2/problems/client-forbidden"}"#;
    let gone = r#"{"title":"Forbidden","detail":"You attempted to reply to a Tweet that is deleted or not visible to you."}"#;
    let date = ("date", "Fri, 19 Jul 2024 08:00:00 GMT");
    for (status, headers, body, maybe_sent, expected) in [
        (201, vec![], r#"{"data":{"id":"17","text":"t"}}"#, false, "accepted 17"),
        (201, vec![], "{}", false, "unclear"),
        (400, vec![], r#"{"title":"Invalid Request"}"#, false, "never"),
        (401, vec![], "", false, "pause 900"),
        (403, vec![], duplicate, false, "never"),
        (403, vec![], duplicate, true, "accepted"),
        (403, vec![], forbidden, true, "pause 900"),
        (403, vec![], gone, false, "never"),
        (429, vec![date, ("x-rate-limit-reset", "1721376075")], "", false, "pause 75"),
        (503, vec![], "", false, "unclear"),
    ] {
        let told = judge(&answer(status, &headers, body), maybe_sent);
        assert_eq!(named(&told), expected, "{status} {body}");
    }
}
