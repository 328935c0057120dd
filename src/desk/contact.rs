//! Reading the contact points that people type.

use std::str::FromStr;

use phonenumber::{Mode, country};

use crate::domain::FieldError;
use crate::domain::subscriber::{Channel, Contact};
use crate::words::Words;

/// The longest address that SMTP carries (RFC 5321, 4.5.3.1.3, less the
/// angle brackets).
const MAX_EMAIL: usize = 254;

/// Reads an email address or a UK mobile number, as people write them.
///
/// # Errors
/// What to do, in the words of whoever typed it.
pub fn read(channel: Channel, text: &str, pointer: &str, w: &'static Words) -> Result<Contact, FieldError> {
    let text = text.trim();
    let value = match channel {
        _ if text.is_empty() => Err("enter-contact"),
        Channel::Email => email(text).ok_or("enter-email"),
        Channel::Sms | Channel::WhatsApp => mobile(text).ok_or("enter-mobile"),
        _ => Err("choose-channel"),
    };
    match value {
        Ok(value) => Ok(Contact { channel, value }),
        Err(id) => Err(FieldError::new(pointer, w.get(id))),
    }
}

fn email(text: &str) -> Option<String> {
    if text.len() > MAX_EMAIL || text.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return None;
    }
    let lower = text.to_lowercase();
    let address = lettre::Address::from_str(&lower).ok()?;
    address.domain().contains('.').then_some(lower)
}

/// UK mobile numbers only: others cost more, and sign-up forms are used to
/// pump messages to numbers that pay. 070 and 076 are not mobile phones.
fn mobile(text: &str) -> Option<String> {
    let text = plain_digits(text);
    if text.len() > 32 {
        return None;
    }
    let number = phonenumber::parse(Some(country::GB), text).ok()?;
    let e164 = number.format().mode(Mode::E164).to_string();
    let mobile = e164.len() == 13
        && e164.starts_with("+447")
        && !e164.starts_with("+4470")
        && !e164.starts_with("+4476");
    mobile.then_some(e164)
}

/// The digits that keyboards for Arabic, Urdu, Bengali, Punjabi and Gujarati have, as
/// the usual ones (Unicode, general category Nd).
pub fn plain_digits(text: &str) -> String {
    const ZEROS: [u32; 5] = [0x660, 0x6f0, 0x9e6, 0xa66, 0xae6];
    let plain = |c: char| {
        let digit = ZEROS.iter().find_map(|zero| u32::from(c).checked_sub(*zero).filter(|n| *n < 10));
        digit.and_then(|n| char::from_digit(n, 10)).unwrap_or(c)
    };
    text.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(channel: Channel, text: &str) -> Option<String> {
        read(channel, text, "/contact", crate::words::english()).ok().map(|c| c.value)
    }

    #[test]
    fn mobile_numbers_are_read_as_people_write_them() {
        for text in [
            "07700 900123",
            "+44 7700 900123",
            "(07700) 900 123",
            "00447700900123",
            "447700900123",
            "٠٧٧٠٠٩٠٠١٢٣",
            "০৭৭০০৯০০১২৩",
        ] {
            assert_eq!(value(Channel::Sms, text).as_deref(), Some("+447700900123"), "{text}");
        }
        for text in ["01632 960001", "0700 9001234", "+1 202 555 0143", "0770090012", "hello", ""] {
            assert_eq!(value(Channel::Sms, text), None, "{text}");
        }
    }

    #[test]
    fn addresses_are_read_and_headers_cannot_be_injected() {
        assert_eq!(value(Channel::Email, " Alice@Example.org ").as_deref(), Some("alice@example.org"));
        for text in
            ["alice", "alice@", "a b@example.org", "a@example.org\r\nBcc: b@example.org", "a@localhost"]
        {
            assert_eq!(value(Channel::Email, text), None, "{text}");
        }
    }
}
