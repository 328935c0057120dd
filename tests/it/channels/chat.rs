//! Slack, Microsoft Teams and Discord: what is sent, by checkers that nobody
//! here wrote.

use serde_json::{Value, json};
use signpost::domain::account::{Account, Hook};
use signpost::domain::delivery::{Address, LookUp, Outcome, Outgoing};

use super::{outgoing, social};
use crate::support::{FarSide, counterpart, node, now, python};

fn to(url: &str, kind: fn(Hook) -> Account) -> Outgoing {
    outgoing(Address::Account(kind(Hook { url: url.into() })))
}

/// Messages of all sizes, with what could do harm in each part.
async fn sent(kind: fn(Hook) -> Account) -> Vec<(Outgoing, Value)> {
    let far = FarSide::new("ok").await;
    let channels = social();
    let harm = "<!channel> <@U1> @everyone <at>All</at> **b** [x](https://evil.example) & > `c` ";
    let mut all = Vec::new();
    for size in [0, 1, 20, 200] {
        let mut out = to(&format!("{}/hook?sig=1", far.url), kind);
        out.message.organisation = harm.repeat(size.min(4));
        out.message.headline = format!("Come. {}", harm.repeat(size));
        out.message.paragraphs = vec![harm.repeat(size.max(1)); size / 4 + 1];
        let outcome = channels.send(&out).await;
        assert!(matches!(outcome, Outcome::Accepted { .. } | Outcome::Unclear { .. }), "{outcome:?}");
        assert_eq!(channels.look_up(&out).await, LookUp::Impossible);
        all.push((out, far.take().remove(0).json()));
    }
    all
}

#[tokio::test]
async fn slack_takes_the_blocks() {
    for (_, body) in sent(Account::Slack).await {
        // `slack_sdk` raises an error for what Slack would refuse.
        let read = python(
            "from slack_sdk.models.blocks import Block\n\
             blocks = Block.parse_all(input['blocks'])\n\
             for block in blocks: block.validate_json()\n\
             say([block.to_dict() for block in blocks])",
            &body.to_string(),
        );
        assert_eq!(read.as_array().unwrap().len(), body["blocks"].as_array().unwrap().len());
        assert!(body["blocks"].as_array().unwrap().len() <= 50);
        let text = body.to_string();
        assert!(!text.contains("<!") && !text.contains("<@") && !text.contains("<https://evil"), "{text}");
        assert!(body["text"].as_str().unwrap().contains("https://status.example.nhs.uk/"));
    }
}

#[tokio::test]
async fn teams_takes_the_card() {
    for (out, body) in sent(Account::Teams).await {
        assert_eq!(body["type"], "message");
        let attachment = &body["attachments"][0];
        assert_eq!(attachment["contentType"], "application/vnd.microsoft.card.adaptive");
        // The reader of Adaptive Cards says what it does not know, and what is missing.
        let read = node(
            "const cards = load('adaptivecards/dist/adaptivecards.js');\n\
             const context = new cards.SerializationContext();\n\
             const card = new cards.AdaptiveCard();\n\
             card.parse(input, context);\n\
             const faults = card.validateProperties().validationEvents.map(e => e.message);\n\
             const unknown = [];\n\
             for (let i = 0; i < context.eventCount; i++) unknown.push(context.getEventAt(i).message);\n\
             const runs = [];\n\
             for (let i = 0; i < card.getItemCount(); i++) runs.push(card.getItemAt(i).getInlineAt(0).text);\n\
             say({faults, unknown, runs, url: card.getActionAt(0).url});",
            &attachment["content"].to_string(),
        );
        assert_eq!((&read["faults"], &read["unknown"]), (&json!([]), &json!([])), "{attachment}");
        assert_eq!(read["url"].as_str(), Some(out.message.page_url.as_str()));
        assert_eq!(read["runs"][1].as_str(), Some(out.message.headline.as_str()), "as written, no Markdown");
        assert!(body.to_string().len() < 28_000);
    }
}

#[tokio::test]
async fn discord_takes_the_message_as_it_describes_it() {
    let mock = counterpart("SIGNPOST_TEST_DISCORD");
    let (id, token) = ("123456789012345678", "t-0k_en");
    let channels = social();
    for (mut out, body) in sent(Account::Discord).await {
        assert!(body["content"].as_str().unwrap().ends_with(&out.message.page_url));
        out.to = Address::Account(Account::Discord(Hook { url: format!("{mock}/webhooks/{id}/{token}") }));
        let outcome = channels.send(&out).await;
        // The mock refuses what the description does not allow with 422.
        assert!(matches!(outcome, Outcome::Accepted { .. }), "{outcome:?}");
    }
}

#[tokio::test]
async fn a_check_posts_nothing() {
    let channels = social();
    let far = FarSide::new("").await;
    let check = |kind: fn(Hook) -> Account| {
        let (channels, account) = (channels.clone(), kind(Hook { url: format!("{}/h", far.url) }));
        async move { channels.check_account(&account, now()).await.is_ok() }
    };
    far.then(&[(400, "no_text"), (404, "no_service"), (400, ""), (410, ""), (200, "{}"), (404, "{}")]);
    let mut found = Vec::new();
    for kind in
        [Account::Slack, Account::Slack, Account::Teams, Account::Teams, Account::Discord, Account::Discord]
    {
        found.push(check(kind).await);
    }
    assert_eq!(found, [true, false, true, false, true, false]);
    let asked = far.take();
    assert!(asked.iter().all(|a| matches!(a.body.as_str(), "" | "{}")), "{asked:?}");
}
