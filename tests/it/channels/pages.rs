//! X and Facebook: counting, signing and parameters, by what nobody here wrote.

use serde_json::{Value, json};
use signpost::domain::account::{Account, FacebookAccount, XAccount};
use signpost::domain::channel::{Channel, Text};
use signpost::domain::delivery::{Address, LookUp, Outcome, Outgoing, Thread};

use super::{outgoing, social};
use crate::support::{FarSide, node, now, python};

fn x(base_url: &str, salt: usize) -> XAccount {
    let secret = |name: &str| format!("{name}+{salt}/é~ {}", "x".repeat(salt % 7));
    XAccount {
        base_url: base_url.into(),
        consumer_key: secret("ck"),
        consumer_secret: secret("cs"),
        access_token: secret("tk"),
        access_token_secret: secret("ts"),
    }
}

fn to_x(base_url: &str, salt: usize) -> Outgoing {
    outgoing(Address::Account(Account::X(x(base_url, salt))))
}

fn facebook(base_url: &str) -> Outgoing {
    outgoing(Address::Account(Account::Facebook(FacebookAccount {
        base_url: base_url.into(),
        page_id: "1234".into(),
        access_token: "page-token".into(),
    })))
}

/// Texts put together from parts that count in different ways.
fn texts() -> Vec<String> {
    let parts = [
        "EMIS Web is down. ",
        "Come to your appointment unless we contact you. ",
        "https://status.example.nhs.uk/A81001 ",
        "See status.nhs.uk/help?x=1. ",
        "(http://example.org/a_(b)) ",
        "Bryn Meddygfa’r Tŷ – ",
        "سيتم الاتصال بك ",
        "联系你 ",
        "✅ ",
        "👨‍👩‍👧‍👦 ",
        "🇬🇧🇺🇦 ",
        "1️⃣ ",
        "👍🏽 ",
        "e\u{301} ",
        "Open.Now ",
        "a@example.org ",
        "£5 & 10% <now> ",
        "Call 111.Then wait ",
        "“quoted” … ",
        "ਸੰਪਰਕ ",
        "https://example.com:8443/x, ",
        "#emis @nhs ",
        "9.30am ",
        "©️ ",
        "☎️ ",
    ];
    let mut all: Vec<String> = parts.iter().map(|p| (*p).to_owned()).collect();
    let mut seed = 7usize;
    for _ in 0..500 {
        let mut text = String::new();
        for _ in 0..1 + seed % 9 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(parts[(seed >> 33) % parts.len()]);
        }
        all.push(text);
    }
    all
}

#[test]
fn x_counts_as_its_own_library_does() {
    let Text::Post(limit) = Channel::X.about().text else { panic!("X takes posts") };
    let mut all = texts();
    // What we would post, cut where it is too long.
    for text in texts() {
        let mut out = to_x("https://api.x.com", 0);
        out.message.post = text.repeat(3);
        all.push(out.message.text_for(Channel::X));
    }
    let read = node(
        "const {parseTweet} = load('twitter-text');\n\
         say(input.map(text => { const t = parseTweet(text); return [t.weightedLength, t.valid]; }));",
        &json!(all).to_string(),
    );
    let mut different = Vec::new();
    for (text, theirs) in all.iter().zip(read.as_array().unwrap()) {
        let ours = (limit.count)(text) as u64;
        if theirs[0].as_u64() != Some(ours) {
            different.push((text.clone(), ours, theirs.clone()));
        }
    }
    assert_eq!(different, [], "{} of {}", different.len(), all.len());
    let posts = &read.as_array().unwrap()[all.len() / 2..];
    assert!(posts.iter().all(|t| t[1] == true), "each of our posts is valid");
    assert!(all.len() > 1000);
}

#[tokio::test]
async fn x_is_signed_as_another_library_signs() {
    let far = FarSide::new(r#"{"data":{"id":"17","text":"t"}}"#).await;
    let channels = social();
    let mut asked = Vec::new();
    for salt in 0..50 {
        let mut out = to_x(&far.url, salt);
        out.attempt = i32::try_from(salt).unwrap() + 1;
        assert_eq!(channels.send(&out).await, Outcome::Accepted { reference: "17".into() });
        let seen = far.take().remove(0);
        assert_eq!(seen.line, "POST /2/tweets");
        assert_eq!(seen.json(), json!({"text": out.message.text_for(Channel::X)}));
        let account = x(&far.url, salt);
        asked.push(json!({
            "url": format!("{}/2/tweets", far.url), "authorization": seen.header("authorization"),
            "keys": [account.consumer_key, account.consumer_secret, account.access_token, account.access_token_secret],
        }));
    }
    let read = python(
        "from urllib.parse import unquote\n\
         from oauthlib.oauth1 import Client\n\
         def parts(header): return {k: unquote(v.strip('\"')) for k, v in (p.split('=', 1) for p in header[6:].split(', '))}\n\
         out = []\n\
         for one in input:\n\
         \x20   ours = parts(one['authorization'])\n\
         \x20   ck, cs, tk, ts = one['keys']\n\
         \x20   client = Client(ck, cs, tk, ts, nonce=ours['oauth_nonce'], timestamp=ours['oauth_timestamp'])\n\
         \x20   _, headers, _ = client.sign(one['url'], 'POST')\n\
         \x20   theirs = parts(headers['Authorization'])\n\
         \x20   out.append([ours == theirs, ours['oauth_nonce']])\n\
         say(out)",
        &json!(asked).to_string(),
    );
    let all = read.as_array().unwrap();
    assert_eq!((all.len(), all.iter().filter(|r| r[0] == true).count()), (50, 50), "{read}");
    let nonces: std::collections::HashSet<&str> = all.iter().map(|r| r[1].as_str().unwrap()).collect();
    assert_eq!(nonces.len(), 50);
}

#[tokio::test]
async fn x_posts_once_in_a_thread() {
    let far = FarSide::new("{}").await;
    let channels = social();
    let duplicate = r#"{"detail":"You are not allowed to create a Tweet with duplicate content."}"#;
    let gone = r#"{"detail":"You attempted to reply to a Tweet that is deleted or not visible to you."}"#;
    far.then(&[
        (403, duplicate),
        (403, gone),
        (201, r#"{"data":{"id":"18"}}"#),
        (200, r#"{"data":{"id":"1"}}"#),
    ]);
    let mut again = to_x(&far.url, 1);
    (again.attempt, again.maybe_sent) = (2, true);
    assert_eq!(channels.look_up(&again).await, LookUp::Repeatable);
    // The first attempt had arrived.
    assert_eq!(channels.send(&again).await, Outcome::Accepted { reference: String::new() });
    far.take();
    let mut reply = to_x(&far.url, 1);
    reply.thread = Some(Thread { root: "11".into(), parent: "12".into() });
    assert_eq!(channels.send(&reply).await, Outcome::Accepted { reference: "18".into() });
    let asked = far.take();
    assert_eq!(asked[0].json()["reply"], json!({"in_reply_to_tweet_id": "12"}));
    assert_eq!(asked[1].json().get("reply"), None);
    assert_ne!(asked[0].header("authorization"), asked[1].header("authorization"));
    let checked = channels.check_account(&Account::X(x(&far.url, 1)), now()).await;
    assert!(checked.is_ok() && far.take()[0].line == "GET /2/users/me");
}

/// The parameters of `POST /{page-id}/feed`, and the version, as Facebook's own
/// library has them.
fn facebook_knows() -> Value {
    python(
        "import inspect, re\n\
         from facebook_business.adobjects.page import Page\n\
         from facebook_business.apiconfig import ads_api_config\n\
         source = inspect.getsource(Page.create_feed).split('enums')[0]\n\
         say({'names': re.findall(r\"'(\\w+)': '\", source), 'version': ads_api_config['API_VERSION']})",
        "{}",
    )
}

#[tokio::test]
async fn facebook_posts_and_looks() {
    let far = FarSide::new("{}").await;
    let channels = social();
    let mut out = facebook(&far.url);
    far.then(&[(200, r#"{"id":"1234_1"}"#)]);
    assert_eq!(channels.send(&out).await, Outcome::Accepted { reference: "1234_1".into() });
    let asked = far.take();
    let known = facebook_knows();
    assert_eq!(asked[0].line, format!("POST /{}/1234/feed", known["version"].as_str().unwrap()));
    let fields: Vec<(String, String)> =
        url::form_urlencoded::parse(asked[0].body.as_bytes()).into_owned().collect();
    for (name, value) in &fields {
        let known = known["names"].as_array().unwrap().contains(&json!(name)) || name == "access_token";
        assert!(known && !value.is_empty(), "{name}");
    }
    assert_eq!(fields[0].1, out.message.text_for(Channel::Facebook));

    let post = |message: &str, at: i64| json!({"id": "1234_9", "message": message, "created_time": at});
    let text = out.message.text_for(Channel::Facebook);
    let feed = |posts: &[Value]| json!({"data": posts}).to_string();
    let made = out.made_at.timestamp();
    far.then(&[
        (200, &feed(&[post("other", made), post(&text, made + 1)])),
        (200, &feed(&[post("other", made)])),
        (400, r#"{"error":{"code":10}}"#),
        (500, ""),
    ]);
    assert_eq!(channels.look_up(&out).await, LookUp::Found { reference: "1234_9".into() });
    assert_eq!(channels.look_up(&out).await, LookUp::NotFound);
    assert_eq!(channels.look_up(&out).await, LookUp::Repeatable);
    assert!(matches!(channels.look_up(&out).await, LookUp::Down { .. }));
    assert!(far.take()[0].line.starts_with("GET /v26.0/1234/feed?fields=id%2Cmessage%2Ccreated_time"));

    // The same words twice: refused, so the attempt before had arrived.
    out.maybe_sent = true;
    far.then(&[(400, r#"{"error":{"code":506}}"#)]);
    assert_eq!(channels.send(&out).await, Outcome::Accepted { reference: String::new() });
}
