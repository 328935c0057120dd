//! Mail that comes back: bounces (RFC 3464), complaints (RFC 5965), and what
//! a status says about the address (RFC 3463).

use super::delivery::AddressFault;

/// A report about one message of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// What may be the delivery's return token, in the order of trust.
    pub return_tokens: Vec<String>,
    /// What may be the token of the reader's own page.
    pub manage_tokens: Vec<String>,
    pub fate: Fate,
}

/// What the report says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It will never arrive.
    Failed {
        reason: String,
        fault: Option<AddressFault>,
    },
    Delivered,
    /// The reader calls it unwanted.
    Complaint,
    /// It is late, or was passed on; or it is no report at all.
    Nothing,
}

/// What "5.1.1" means, in a few words.
pub fn status_meaning(status: &str) -> Option<&'static str> {
    // A refusal for now, above all of a sender that is not known yet (greylisting).
    if status.starts_with("4.7.") {
        return Some("the recipient's mail system put it off");
    }
    Some(match status.split_once('.').map_or("", |(_, rest)| rest) {
        "1.1" | "1.0" | "1.3" => "there is no such mailbox",
        "1.2" | "1.10" => "the domain takes no mail",
        "1.6" => "the mailbox has moved",
        "2.0" | "2.1" => "the mailbox is switched off",
        "2.2" => "the mailbox is full",
        "2.3" | "3.4" => "the message is too long",
        "3.1" | "3.2" | "4.5" => "the mail system is full or busy",
        "4.1" | "4.2" | "4.4" => "the recipient's mail server cannot be reached",
        "4.7" => "it could not be delivered in time",
        "7.0" | "7.1" | "7.25" | "7.26" | "7.28" => "refused by the recipient's policy",
        "7.8" | "7.9" => "the sign-in was not accepted",
        _ => return None,
    })
}

/// What a failure for good with this status says about the address. Policy
/// (5.7), content (5.6, 5.3.4) and our own address (5.1.7, 5.1.8) are no fault
/// of it.
pub fn status_fault(status: &str) -> Option<AddressFault> {
    let mut numbers = status.split('.').map(|n| n.parse::<u16>().ok());
    let (class, subject, detail) = (numbers.next()??, numbers.next()??, numbers.next()??);
    match (class, subject, detail) {
        (5, 1, 7 | 8) | (_, 2, 3) | (_, 3, 4) => None,
        (5, 1, 4 | 5 | 9) => Some(AddressFault::Doubtful),
        (5, 1, _) => Some(AddressFault::Dead),
        (4 | 5, 0..=4, _) => Some(AddressFault::Doubtful),
        _ => None,
    }
}

/// Whether a reason, as we write them, is that one mailbox is full or switched off
/// for now: nothing that its mail system does to others.
pub fn is_of_mailbox(reason: &str) -> bool {
    let words = reason.split([' ', ',']).map(|word| word.trim_end_matches('.'));
    words.filter(|word| is_status(word)).any(|status| status.starts_with("4.2."))
}

/// Whether a word has the form of a status: "5.1.1".
pub fn is_status(word: &str) -> bool {
    let mut numbers = word.split('.');
    let ok = numbers.by_ref().take(3).filter(|n| n.len() <= 3 && n.parse::<u16>().is_ok()).count() == 3;
    ok && numbers.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_mailbox_says_nothing_of_its_mail_system() {
        for (reason, is) in [
            ("The mail server put the message off: 452 4.2.2, the mailbox is full.", true),
            ("The mail server put the message off: 450 4.2.1.", true),
            ("The mail server put the message off: 451 4.7.1.", false),
            ("The mail server put the message off: 451.", false),
            ("", false),
        ] {
            assert_eq!(is_of_mailbox(reason), is, "{reason}");
        }
    }

    #[test]
    fn only_what_lies_in_the_address_counts_against_it() {
        use AddressFault::{Dead, Doubtful};
        for (status, fault) in [
            ("5.1.1", Some(Dead)),
            ("5.1.2", Some(Dead)),
            ("5.1.10", Some(Dead)),
            ("5.1.8", None),
            ("5.2.1", Some(Doubtful)),
            ("5.2.2", Some(Doubtful)),
            ("5.2.3", None),
            ("5.4.4", Some(Doubtful)),
            ("4.4.1", Some(Doubtful)),
            ("5.0.0", Some(Doubtful)),
            ("5.7.1", None),
            ("5.6.0", None),
            ("5.1", None),
            ("", None),
        ] {
            assert_eq!(status_fault(status), fault, "{status}");
        }
    }
}
