//! The words of a broadcast for one audience, and beside them, where the
//! organisation has webhooks, the facts for machines.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Value, json};

use crate::desk::present::Present;
use crate::desk::telling::Topic;
use crate::desk::{Desk, Result};
use crate::domain::cascade;
use crate::domain::channel::Channel;
use crate::domain::facts::{self, Facts};
use crate::domain::incident::Update;
use crate::domain::org::OrgCode;
use crate::domain::time::rfc3339;
use crate::domain::written::Written;
use crate::page::{Context, json::status_json};
use crate::store::words::{Ground, Words};
use crate::store::{Tx, accounts};
use crate::words::{self, Locale};

/// Receivers are told at most this, in bytes; Standard Webhooks asks for less
/// than 20 kB.
const MAX_FACTS: usize = 19_000;

/// Writes one audience's words and facts from the same situation.
pub struct Writer<'a> {
    desk: &'a Desk,
    topic: &'a Topic,
    present: &'a Present,
    /// Whoever has a webhook.
    machines: HashSet<OrgCode>,
}

impl<'a> Writer<'a> {
    pub async fn new(tx: &mut Tx, desk: &'a Desk, topic: &'a Topic, present: &'a Present) -> Result<Self> {
        let machines = accounts::owners(tx, Channel::Webhook).await?.into_iter().collect();
        Ok(Self { desk, topic, present, machines })
    }

    pub fn write(&self, organisation: &OrgCode, locale: Locale) -> Option<Words> {
        let Present { situation, directory, revision, .. } = self.present;
        let mut message = self.desk.write_topic(self.topic, organisation, situation, directory, locale)?;
        let org = directory.get(organisation)?;
        let facts = facts::facts(org, situation, directory, &self.desk.catalogue);
        // Accounts are told in English.
        if locale == Locale::En && self.machines.contains(organisation) {
            message.facts = self.machine_facts(organisation, &facts);
        }
        let now = self.desk.now();
        let until = facts.deadlines().filter(|at| *at > now).min();
        Some(Words { message, ground: Some(Ground { revision: *revision, until }), since: None })
    }

    /// The update as a place repeats it that tells its own word.
    fn own_word(&self, organisation: &OrgCode) -> Option<Update> {
        let Topic::Word { incident, update, .. } = self.topic else { return None };
        let Present { situation, directory, .. } = self.present;
        let said = cascade::answer(incident, organisation, &situation.responses, directory);
        Some(update.by_word(said))
    }

    /// What happened, and `status.json` of the place as it is now.
    fn machine_facts(&self, organisation: &OrgCode, facts: &Facts) -> Option<Value> {
        let now = self.desk.now();
        let view = facts.at(now);
        let context = Context {
            facts,
            view: &view,
            now,
            checked_at: now,
            base_url: &self.desk.base_url,
            nhs_logo: false,
            since: None,
            words: words::english(),
        };
        let status: Value = serde_json::from_str(&status_json(&context)).ok()?;
        let (kind, at, mut data) = event(self.topic, self.own_word(organisation).as_ref());
        data["page"] = json!(self.desk.page_url(organisation));
        data["status"] = status;
        Some(bounded(json!({"type": kind, "timestamp": rfc3339(at), "data": data})))
    }
}

/// Its kind, its time, and what it is about; what a place says of itself as the place says it.
fn event(topic: &Topic, own: Option<&Update>) -> (String, chrono::DateTime<chrono::Utc>, Value) {
    match topic {
        Topic::Update { incident, update } | Topic::Word { incident, update, .. } => {
            let update = own.unwrap_or(update);
            let kind = if update.corrects.is_some() { "update.correction" } else { "update.published" };
            // Words of a correction that hold no longer are no news to machines either.
            let late = incident.said_since(update).map(|newer| update.behind(newer));
            let message = late.as_ref().unwrap_or(update).message.as_ref();
            let data = json!({
                "incident": {
                    "id": incident.id, "title": incident.title.english, "title_in": others(Some(&incident.title)),
                    "kind": incident.kind.as_str(),
                    "system": incident.target.system().map(|s| s.as_str()),
                    "declared_by": incident.declared_by,
                },
                "update": {
                    "id": update.id, "state": update.stage.as_str(), "message": english(message), "message_in": others(message),
                    "lines": update.lines, "published_at": rfc3339(update.published_at),
                    "next_update_by": rfc3339(update.next_update_by), "corrects": update.corrects,
                },
            });
            (kind.into(), update.published_at, data)
        }
        Topic::Step { planned, step } => {
            let data = json!({
                "planned": {
                    "id": planned.id, "title": planned.title.english, "title_in": others(Some(&planned.title)),
                    "planned_by": planned.planned_by,
                    "starts_at": rfc3339(planned.starts_at), "ends_at": rfc3339(planned.ends_at),
                },
                "step": {
                    "id": step.id, "kind": step.kind.as_str(), "occurrence": step.day.map(|d| d.to_string()),
                    "message": english(step.message.as_ref()), "message_in": others(step.message.as_ref()), "at": rfc3339(step.at), "ends_at": step.ends_at.map(rfc3339),
                },
            });
            (format!("planned.{}", step.kind.as_str()), step.at, data)
        }
    }
}

fn english(text: Option<&Written>) -> Option<&str> {
    text.map(|t| t.english.as_str())
}

/// By language.
fn others(text: Option<&Written>) -> Value {
    json!(text.map(|t| &t.others).into_iter().flatten().collect::<BTreeMap<_, _>>())
}

/// Leaves out what the page still says: other plans, older updates, other
/// incidents, then the lines.
fn bounded(mut event: Value) -> Value {
    let fits = |event: &Value| event.to_string().len() <= MAX_FACTS;
    let own = event["data"]["incident"]["id"].clone();
    if !fits(&event) {
        event["data"]["status"]["planned"] = json!([]);
    }
    if !fits(&event)
        && let Some(incidents) = event["data"]["status"]["incidents"].as_array_mut()
    {
        incidents.retain(|i| i["id"] == own);
        for updates in incidents.iter_mut().filter_map(|i| i["updates"].as_array_mut()) {
            updates.truncate(3);
        }
    }
    for part in ["incidents", "lines"] {
        if !fits(&event) {
            event["data"]["status"][part] = json!([]);
        }
    }
    event
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_loses_what_the_page_says_first() {
        let incident = |id: &str| json!({"id": id, "updates": vec![json!({"text": "x".repeat(2000)}); 6]});
        let event = |incidents: Vec<Value>| {
            json!({"data": {
                "incident": {"id": "own"}, "update": {"text": "y".repeat(1000)},
                "status": {"planned": [1], "lines": [2], "incidents": incidents},
            }})
        };
        let small = event(vec![incident("own")]);
        assert_eq!(bounded(small.clone()), small);
        let big = bounded(event(vec![incident("a"), incident("own"), incident("b")]));
        let status = &big["data"]["status"];
        assert_eq!((&status["planned"], &status["lines"]), (&json!([]), &json!([2])));
        assert_eq!(status["incidents"].as_array().unwrap().len(), 1);
        assert_eq!(status["incidents"][0]["updates"].as_array().unwrap().len(), 3);
        assert!(big.to_string().len() <= MAX_FACTS);
    }
}
