//! One email as bytes. The same words of a delivery give the same bytes on every
//! attempt, so that a mail system that drops repeats can recognise one.

use askama::Template;
use lettre::Address;
use lettre::address::Envelope;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MessageBuilder, MultiPart, MultiPartKind, SinglePart};
use url::Url;

use crate::domain::delivery::Outgoing;
use crate::domain::message::Message;
use crate::domain::subscriber::Channel;

#[derive(Template)]
#[template(path = "messages/email.html")]
struct Page<'a> {
    message: &'a Message,
    leave_url: Option<&'a str>,
    asked: String,
}

/// An email that is ready to hand over.
pub(super) struct Letter {
    pub to: Address,
    /// The envelope's sender, which bounces go to.
    pub returns_to: Address,
    /// `<delivery-wording@domain>`; what the far side is told to call it.
    pub message_id: String,
    /// ASCII, CRLF, not dot-stuffed.
    pub bytes: Vec<u8>,
}

/// Writes the email: plain text first, then HTML; no remote content.
///
/// `Auto-Submitted` keeps holiday replies away (RFC 3834). `Precedence` is left
/// out: no standard defines it, and some hosts hold `bulk` back, which is wrong
/// for a closed hospital.
///
/// # Errors
/// A sentence without the address, when it is not one that mail can go to.
pub(super) fn write(out: &Outgoing, from: &Address, to: &str) -> Result<Letter, String> {
    let to = address(to).ok_or("This is not an email address that mail can be sent to.")?;
    let message_id = format!("<{}@{}>", super::super::id(out), from.domain());
    let leave_url = out.leave_url.as_deref().and_then(web_address);
    let message = &out.message;
    let asked = message.words().with("you-asked", &[("name", (&message.organisation).into())]);
    let html = Page { message, leave_url: leave_url.as_deref(), asked }
        .render()
        .map_err(|_| "The email could not be written.")?;
    let envelope = Envelope::new(Some(from.clone()), vec![to.clone()])
        .map_err(|_| "This is not an email address that mail can be sent to.")?;
    let builder = lettre::Message::builder()
        .from(Mailbox::new(Some(one_line(&message.organisation)), from.clone()))
        .to(Mailbox::new(None, to.clone()))
        .subject(one_line(&message.subject))
        .date(out.worded_at.into())
        .message_id(Some(message_id.clone()))
        // As we know it; lettre would read it out of the headers again.
        .envelope(envelope)
        .raw_header(header("Auto-Submitted", "auto-generated"))
        .raw_header(header("Content-Language", &one_line(&message.lang)));
    // lettre draws a boundary at random; this one is the delivery's own.
    let body = MultiPart::builder()
        .kind(MultiPartKind::Alternative)
        .boundary(format!("signpost-{}", out.delivery.simple()))
        .singlepart(part(ContentType::TEXT_PLAIN, plain(message, leave_url.as_deref())))
        .singlepart(part(ContentType::TEXT_HTML, html));
    let letter = leaving(builder, leave_url.as_deref())
        .multipart(body)
        .map_err(|_| "The email could not be written.")?;
    Ok(Letter { to, returns_to: from.clone(), message_id, bytes: letter.formatted() })
}

/// The headers of leaving by one press (RFC 2369, RFC 8058).
fn leaving(builder: MessageBuilder, leave_url: Option<&str>) -> MessageBuilder {
    let Some(url) = leave_url else { return builder };
    // Not lettre's encoder: it would split a long link as if it were words.
    // The link has been through `Url`, so it is ASCII without spaces or line ends.
    let link = format!("<{url}>");
    let name = HeaderName::new_from_ascii_str("List-Unsubscribe");
    builder
        .raw_header(HeaderValue::dangerous_new_pre_encoded(name, link.clone(), link))
        .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
}

fn plain(message: &Message, leave_url: Option<&str>) -> String {
    format!("{}{}", message.text_for(Channel::Email), footer(message, leave_url))
}

/// Why somebody gets this, and how they leave; empty where there is no way.
fn footer(message: &Message, leave_url: Option<&str>) -> String {
    let Some(url) = leave_url else { return String::new() };
    let (w, name) = (message.words(), one_line(&message.organisation));
    let asked = w.with("you-asked", &[("name", (&name).into())]);
    let stop = w.with("stop-emails-at", &[("url", url.into())]);
    format!("\n{asked} {stop}\n")
}

/// The whole text of an email that another service writes.
pub(in crate::channels) fn text(out: &Outgoing) -> String {
    plain(&out.message, out.leave_url.as_deref().and_then(web_address).as_deref())
}

/// Quoted-printable whatever is in it: people who read the source can read it,
/// and no line is too long for a relay.
fn part(kind: ContentType, text: String) -> SinglePart {
    SinglePart::builder().header(kind).header(ContentTransferEncoding::QuotedPrintable).body(text)
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// Text for a header: control characters, line ends above all, become spaces.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_control() || c.is_whitespace()).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// A link that is one, in its ASCII form.
fn web_address(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    matches!(url.scheme(), "https" | "http").then(|| url.into())
}

/// An address with its domain in ASCII, as SMTP wants it.
pub(super) fn address(text: &str) -> Option<Address> {
    let (user, domain) = text.trim().rsplit_once('@')?;
    let domain = match url::Host::parse(domain).ok()? {
        url::Host::Domain(name) => name,
        // Mail to a bare number is never a patient's.
        url::Host::Ipv4(_) | url::Host::Ipv6(_) => return None,
    };
    Address::new(user, domain).ok()
}

#[cfg(test)]
mod tests {
    use mail_parser::{HeaderValue as Parsed, MessageParser, MimeHeaders};

    use super::super::super::tests::outgoing;
    use super::*;
    use crate::domain::delivery::Address as To;

    const LEAVE: &str =
        "https://status.example.nhs.uk/s/3fZk0aD1-a-long-token-that-would-be-folded-by-an-encoder?x=1&y=2";

    fn letter(change: impl FnOnce(&mut Outgoing)) -> Letter {
        let mut out = outgoing(To::Email("alice@example.org".into()));
        out.leave_url = Some(LEAVE.into());
        change(&mut out);
        write(&out, &"updates@status.example.nhs.uk".parse().unwrap(), "alice@example.org").unwrap()
    }

    #[test]
    fn the_email_reads_as_it_should() {
        let letter = letter(|_| {});
        let mail = MessageParser::default().parse(&letter.bytes).unwrap();
        assert_eq!(mail.subject(), Some("Bryn Meddygfa’r Tŷ: come to your appointment"));
        let from = mail.from().unwrap().first().unwrap();
        assert_eq!(from.name(), Some("Bryn Meddygfa’r Tŷ"));
        assert_eq!(from.address(), Some("updates@status.example.nhs.uk"));
        assert_eq!(mail.to().unwrap().first().unwrap().address(), Some("alice@example.org"));
        assert_eq!(mail.date().unwrap().to_rfc3339(), "2024-07-19T07:40:00Z");
        let id = mail.message_id().unwrap();
        assert_eq!(id, "018f3a4e-0000-7000-8000-0000000000a1@status.example.nhs.uk");
        assert_eq!(letter.message_id, format!("<{id}>"));
        for (name, value) in [
            ("Auto-Submitted", "auto-generated"),
            ("Content-Language", "en"),
            ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ] {
            assert_eq!(mail.header(name).and_then(Parsed::as_text), Some(value), "{name}");
        }
        assert_eq!(mail.header_raw("List-Unsubscribe").unwrap().trim(), format!("<{LEAVE}>"));
        assert!(mail.header("Precedence").is_none());
    }

    #[test]
    fn plain_text_comes_first_and_both_parts_say_how_to_leave() {
        let letter = letter(|_| {});
        let mail = MessageParser::default().parse(&letter.bytes).unwrap();
        let parts: Vec<_> = mail.parts.iter().map(|p| p.content_type().unwrap().subtype().unwrap()).collect();
        assert_eq!(parts, ["alternative", "plain", "html"]);
        let text = mail.body_text(0).unwrap();
        assert!(text.starts_with("Bryn Meddygfa’r Tŷ\r\n\r\nCome to your appointment"), "{text}");
        assert!(text.contains("Full information: https://status.example.nhs.uk/A81001"));
        assert!(text.trim_end().ends_with(&format!("Stop these emails: {LEAVE}")), "{text}");
        let html = mail.body_html(0).unwrap();
        assert!(
            html.contains("<html lang=\"en\" dir=\"ltr\">") && html.contains("EMIS Web &#60;is&#62; down"),
            "{html}"
        );
        let page = scraper::Html::parse_document(&html);
        let links: Vec<_> = page
            .select(&scraper::Selector::parse("a").unwrap())
            .filter_map(|a| a.value().attr("href"))
            .collect();
        assert_eq!(links, ["https://status.example.nhs.uk/A81001", LEAVE]);
        for remote in ["<img", "<link", "<script", "url("] {
            assert!(!html.contains(remote), "{remote}");
        }
    }

    #[test]
    fn two_attempts_are_the_same_bytes() {
        assert_eq!(letter(|out| out.attempt = 1).bytes, letter(|out| out.attempt = 2).bytes);
        assert!(letter(|_| {}).bytes.is_ascii());
    }

    #[test]
    fn nothing_can_be_smuggled_into_the_headers() {
        let letter = letter(|out| {
            out.message.organisation = "Surgery\r\nBcc: all@example.org\r\n\r\nHello".into();
            out.message.subject = "Closed\nX-Bad: 1\r\n\r\nbody".into();
            out.message.lang = "en\r\nX-Bad: 2".into();
            out.leave_url = Some("https://x.example/s\r\nX-Bad: 3".into());
        });
        let mail = MessageParser::default().parse(&letter.bytes).unwrap();
        assert!(mail.bcc().is_none() && mail.header("X-Bad").is_none());
        assert_eq!(mail.from().unwrap().first().unwrap().name(), Some("Surgery Bcc: all@example.org Hello"));
        assert_eq!(mail.subject(), Some("Closed X-Bad: 1 body"));
        assert_eq!(mail.to().unwrap().as_list().map(<[_]>::len), Some(1));
    }

    #[test]
    fn without_a_way_to_leave_nothing_says_so() {
        let letter = letter(|out| out.leave_url = Some("javascript:alert(1)".into()));
        let text = String::from_utf8(letter.bytes).unwrap();
        assert!(
            !text.contains("List-Unsubscribe")
                && !text.contains("Stop these")
                && !text.contains("javascript")
        );
    }

    #[test]
    fn addresses_are_checked_and_brought_into_ascii() {
        assert_eq!(address(" a@bücher.example").unwrap().to_string(), "a@xn--bcher-kva.example");
        for bad in
            ["a", "@example.org", "a@", "a@[127.0.0.1]", "a@127.0.0.1", "a b@example.org", "a@b\r\nX: 1"]
        {
            assert!(address(bad).is_none(), "{bad}");
        }
    }
}
