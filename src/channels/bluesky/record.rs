//! A post as a record: its key, and its text with links marked.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use uuid::Uuid;

use crate::domain::delivery::Outgoing;
use crate::domain::subscriber::Channel;

pub(super) const COLLECTION: &str = "app.bsky.feed.post";

/// The record, the same for every attempt at one delivery.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Post {
    #[serde(rename = "$type")]
    kind: &'static str,
    text: String,
    created_at: String,
    langs: [String; 1],
    facets: Vec<Facet>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply: Option<Reply>,
}

/// Where a reply hangs: the thread's first post and the one it answers.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Reply {
    root: Strong,
    parent: Strong,
}

/// A record by its address and the hash of its content.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Strong {
    uri: String,
    cid: String,
}

impl Strong {
    /// From a reference as posts are accepted with.
    fn parse(reference: &str) -> Option<Self> {
        let (uri, cid) = reference.split_once(' ')?;
        Some(Self { uri: uri.to_owned(), cid: cid.to_owned() })
    }
}

/// A stretch of the text that means something.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Facet {
    index: Stretch,
    features: [Feature; 1],
}

/// Offsets in bytes of UTF-8; servers do not check them.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Stretch {
    byte_start: usize,
    byte_end: usize,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct Feature {
    #[serde(rename = "$type")]
    kind: &'static str,
    uri: String,
}

impl Post {
    pub(super) fn new(out: &Outgoing) -> Self {
        let text = out.message.text_for(Channel::Bluesky);
        Self {
            kind: COLLECTION,
            facets: link(&text, &out.message.page_url).into_iter().collect(),
            text,
            created_at: out.made_at.to_rfc3339_opts(SecondsFormat::Millis, true),
            langs: [out.message.lang.clone()],
            reply: out.thread.as_ref().and_then(|t| {
                Some(Reply { root: Strong::parse(&t.root)?, parent: Strong::parse(&t.parent)? })
            }),
        }
    }
}

/// Marks the last place where the text shows the link.
fn link(text: &str, url: &str) -> Option<Facet> {
    if url.is_empty() {
        return None;
    }
    let start = text.rfind(url)?;
    Some(Facet {
        index: Stretch { byte_start: start, byte_end: start + url.len() },
        features: [Feature { kind: "app.bsky.richtext.facet#link", uri: url.to_owned() }],
    })
}

/// The record key: a TID (<https://atproto.com/specs/tid>) of the moment in
/// microseconds and of ten bits of the delivery, so that two deliveries of one
/// moment differ.
pub(super) fn key(made_at: DateTime<Utc>, delivery: Uuid) -> String {
    const ALPHABET: &[u8; 32] = b"234567abcdefghijklmnopqrstuvwxyz";
    let micros = u64::try_from(made_at.timestamp_micros()).unwrap_or(0) & ((1 << 53) - 1);
    let clock = u64::from(u16::from_be_bytes([delivery.as_bytes()[14], delivery.as_bytes()[15]]) & 0x3ff);
    let number = (micros << 10) | clock;
    (0..13).rev().map(|digit| char::from(ALPHABET[(number >> (digit * 5)) as usize & 31])).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::outgoing;
    use super::*;
    use crate::domain::account::{Account, BlueskyAccount};
    use crate::domain::delivery::{Address, Thread};

    fn post() -> Outgoing {
        outgoing(Address::Account(Account::Bluesky(BlueskyAccount {
            service: "https://bsky.social".into(),
            identifier: "a.example".into(),
            app_password: "secret".into(),
        })))
    }

    #[test]
    fn a_key_is_a_tid() {
        // The lowest one that the specification allows.
        let zero = key(DateTime::UNIX_EPOCH, Uuid::nil());
        assert_eq!(zero, "2222222222222");
        let at = |text: &str| key(text.parse().unwrap(), Uuid::nil());
        let (first, second) = (at("2024-07-19T07:40:00.000001Z"), at("2024-07-19T07:40:00.000002Z"));
        assert!(first < second && first.len() == 13);
        // The moment can be read back.
        let alphabet = "234567abcdefghijklmnopqrstuvwxyz";
        let number = first.chars().fold(0u64, |n, c| (n << 5) | alphabet.find(c).unwrap() as u64);
        let moment: DateTime<Utc> = "2024-07-19T07:40:00.000001Z".parse().unwrap();
        assert_eq!((number >> 10, number & 1023), (moment.timestamp_micros() as u64, 0));
        let made: DateTime<Utc> = "2024-07-19T07:40:00Z".parse().unwrap();
        assert_ne!(key(made, Uuid::from_u128(1)), key(made, Uuid::from_u128(2)));
        assert_eq!(key(made, Uuid::from_u128(1)), key(made, Uuid::from_u128(1)));
    }

    #[test]
    fn the_link_is_marked_in_bytes() {
        let post = Post::new(&post());
        let facet = &post.facets[0];
        let marked = &post.text.as_bytes()[facet.index.byte_start..facet.index.byte_end];
        assert_eq!(marked, b"https://status.example.nhs.uk/A81001");
        assert!(facet.index.byte_start > post.text[..].chars().count() - marked.len(), "accents shift it");
        assert_eq!(link("no link", "https://x.example"), None);
        assert_eq!(link("", ""), None);
    }

    #[test]
    fn the_record_is_what_the_lexicon_says() {
        let json = serde_json::to_value(Post::new(&post())).unwrap();
        assert_eq!(
            json,
            serde_json::json!({
                "$type": "app.bsky.feed.post",
                "text": "Bryn Meddygfa’r Tŷ: EMIS Web is down. Come & see us.\n\n\
                    https://status.example.nhs.uk/A81001",
                "createdAt": "2024-07-19T07:40:00.000Z",
                "langs": ["en"],
                "facets": [{
                    "index": {"byteStart": 57, "byteEnd": 93},
                    "features": [{
                        "$type": "app.bsky.richtext.facet#link",
                        "uri": "https://status.example.nhs.uk/A81001",
                    }],
                }],
            })
        );
    }

    #[test]
    fn a_reply_names_root_and_parent() {
        let thread = |root: &str| Some(Thread { root: root.into(), parent: "at://b 2".into() });
        let reply = |thread| {
            serde_json::to_value(Post::new(&Outgoing { thread, ..post() })).unwrap()["reply"].clone()
        };
        let expected = serde_json::json!({
            "root": {"uri": "at://a", "cid": "1"}, "parent": {"uri": "at://b", "cid": "2"},
        });
        assert_eq!(reply(thread("at://a 1")), expected);
        assert_eq!(reply(thread("at://a")), serde_json::Value::Null, "from before cids were kept");
        assert_eq!(reply(None), serde_json::Value::Null);
    }
}
