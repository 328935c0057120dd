//! The states in which pages are looked at.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use serde_json::json;
use signpost::domain::facts::{Facts, Situation, facts};
use signpost::domain::incident::{Answer, Incident, Kind, LocalFacts, Response, Stage, Target, Update};
use signpost::domain::line::Lines;
use signpost::domain::org::OrgCode;
use signpost::domain::system::SystemKey;
use signpost::domain::written::Written;
use signpost::page::Context;
use uuid::Uuid;

use super::region::{catalogue, directory};
use signpost::words::{self, Locale};

pub const BASE: &str = "https://status.example";

pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub fn code(text: &str) -> OrgCode {
    OrgCode::parse(text).unwrap()
}

pub fn lines(value: serde_json::Value) -> Lines {
    Lines::parse(&value).unwrap()
}

/// Ids that do not change from run to run.
pub fn id(n: u128) -> Uuid {
    Uuid::from_u128(0x0190_c000_0000_7000_8000_0000_0000_0000 + n)
}

pub struct Said<'a> {
    pub at: &'a str,
    pub stage: Stage,
    pub lines: serde_json::Value,
    pub message: Option<&'a str>,
    pub by: &'a str,
}

pub fn incident(n: u128, title: &str, system: &str, by: &str, said: &[Said<'_>]) -> Incident {
    let target = Target::System { system: SystemKey::new(system), scope: code("Y90") };
    let updates = said.iter().zip(1..).map(|(s, seq)| Update {
        id: id(n * 100 + seq as u128),
        incident: id(n),
        seq,
        stage: s.stage,
        lines: lines(s.lines.clone()),
        message: s.message.map(Into::into),
        published_at: at(s.at),
        next_update_by: at(s.at) + Duration::hours(2),
        said_by: code(s.by),
        withdrawn_at: None,
        corrects: None,
    });
    Incident {
        id: id(n),
        title: title.into(),
        target,
        declared_by: code(by),
        kind: Kind::Live,
        level: Some(3),
        created_at: at(said[0].at),
        updates: updates.collect(),
        note: None,
    }
}

pub fn emis() -> Incident {
    let all = json!({
        "attend": "come_unless_contacted", "booking": "urgent_only", "prescriptions": "urgent_on_paper",
        "records": "on_paper", "test_results": "delayed"
    });
    let said =
        Said { at: "2024-07-19T06:20:00Z", stage: Stage::Identified, lines: all, message: None, by: "Y90" };
    incident(1, "GP surgery computer system is not working", "emis-web", "Y90", &[said])
}

pub fn response(answer: Answer, when: &str, message: Option<&str>) -> Response {
    Response {
        incident: id(1),
        organisation: code("Z90101"),
        answer,
        lines: Lines::default(),
        message: message.map(Into::into),
        made_at: at(when),
        by: None,
        message_by: None,
        was_affected: false,
    }
}

pub fn local(
    c: &str,
    value: serde_json::Value,
    message: &str,
    phone: Option<&str>,
    until: &str,
) -> LocalFacts {
    LocalFacts {
        organisation: code(c),
        lines: lines(value),
        message: Some(message.into()).filter(|m: &Written| !m.is_blank()),
        phone: phone.map(str::to_owned),
        expires_at: at(until),
        set_at: at("2024-07-19T06:50:00Z"),
        by: None,
    }
}

/// One page to look at: its name, whose it is, the time and what is being said.
pub struct Sample {
    pub name: &'static str,
    pub facts: Facts,
    pub now: DateTime<Utc>,
}

impl Sample {
    pub fn with<T>(&self, read: impl FnOnce(&Context<'_>) -> T) -> T {
        self.in_language(Locale::En, read)
    }

    pub fn in_language<T>(&self, locale: Locale, read: impl FnOnce(&Context<'_>) -> T) -> T {
        let view = self.facts.at(self.now);
        read(&Context {
            facts: &self.facts,
            view: &view,
            now: self.now,
            checked_at: self.now,
            base_url: BASE,
            nhs_logo: false,
            since: None,
            words: words::of(locale),
        })
    }

    pub fn html(&self) -> String {
        self.with(|ctx| signpost::page::html::html(ctx).unwrap())
    }
}

fn make(name: &'static str, of: &str, now: &str, situation: &Situation) -> Sample {
    let directory = directory();
    let facts = facts(directory.get(&code(of)).unwrap(), situation, &directory, &catalogue());
    Sample { name, facts, now: at(now) }
}

fn situation(incidents: Vec<Incident>, responses: Vec<Response>, local: Vec<LocalFacts>) -> Situation {
    Situation {
        incidents: incidents.into_iter().map(Arc::new).collect(),
        responses: responses.into_iter().map(|r| ((r.incident, r.organisation.clone()), r)).collect(),
        local: local.into_iter().map(|l| (l.organisation.clone(), vec![l])).collect(),
        ..Situation::default()
    }
}

pub fn all() -> Vec<Sample> {
    let now = "2024-07-19T07:41:00Z";
    let quiet = situation(vec![], vec![], vec![]);
    let down = situation(vec![emis()], vec![], vec![]);
    let phones = local(
        "Z90101",
        json!({"phones": "down", "online_form": "off"}),
        "Our usual phones are not working.\nUse our mobile number or come to the front desk if it is urgent.",
        Some("07700 900123"),
        "2024-07-19T17:30:00Z",
    );
    let affected = || vec![response(Answer::Affected, "2024-07-19T06:40:00Z", None)];
    let confirmed = situation(vec![emis()], affected(), vec![phones.clone()]);
    let dead = local("Z90101", json!({"phones": "down"}), "", None, "2024-07-19T09:30:00Z");
    let no_number = situation(vec![], vec![], vec![dead]);
    let busy =
        response(Answer::Busy, "2024-07-19T07:10:00Z", Some("We are seeing many patients from nearby."));
    let busy = situation(vec![emis()], vec![busy], vec![]);
    vec![
        make("normal", "Z90101", now, &quiet),
        make("normal-pharmacy", "FZ901", now, &quiet),
        make("area", "Y90", now, &quiet),
        make("emis-unconfirmed", "Z90101", now, &down),
        make("not-confirmed", "Z90208", now, &down),
        make("confirmed-phones-down", "Z90101", now, &confirmed),
        make("phones-down-no-number", "Z90101", now, &no_number),
        make("phones-lapsed", "Z90101", "2024-07-19T10:00:00Z", &no_number),
        make("busy", "Z90101", now, &busy),
        make("overdue", "Z90101", "2024-07-19T08:45:00Z", &down),
        make("expired", "Z90101", "2024-07-19T09:45:00Z", &confirmed),
        make("resolved", "Z90101", "2024-07-19T17:00:00Z", &situation(vec![resolved()], affected(), vec![])),
        make(
            "catching-up",
            "Z90101",
            "2024-07-19T15:10:00Z",
            &situation(vec![returning()], affected(), vec![]),
        ),
        make("withdrawn", "Z90101", "2024-07-19T07:45:00Z", &situation(vec![withdrawn()], vec![], vec![])),
        make("pharmacy", "FZ901", now, &situation(vec![pharmacy()], vec![], vec![])),
        make("hospital", "RZ101", now, &situation(vec![hospital()], vec![], vec![national()])),
        make("closed", "Z90101", now, &situation(vec![], vec![], vec![shut()])),
    ]
}

fn shut() -> LocalFacts {
    let shut = json!({"attend": "do_not_come", "phones": "limited", "booking": "paused"});
    local("Z90101", shut, "Our building has flooded.", None, "2024-07-19T17:30:00Z")
}

fn returning() -> Incident {
    let mut it = emis();
    let more = incident(
        1,
        "",
        "emis-web",
        "Y90",
        &[Said {
            at: "2024-07-19T15:00:00Z",
            stage: Stage::CatchingUp,
            lines: json!({"attend": "come", "booking": "normal", "prescriptions": "order_only_if_needed",
            "records": "normal", "test_results": "delayed"}),
            message: Some(
                "EMIS Web is working again. Order repeat medicine only if you are about to run out.",
            ),
            by: "Y90",
        }],
    );
    it.updates.push(Update { id: id(102), seq: 2, ..more.updates[0].clone() });
    it
}

fn resolved() -> Incident {
    let mut it = returning();
    let last = Update {
        id: id(103),
        seq: 3,
        stage: Stage::Resolved,
        message: Some("Everything is working again. Come to appointments as usual.".into()),
        published_at: at("2024-07-19T16:30:00Z"),
        lines: Lines::default(),
        ..it.updates[1].clone()
    };
    it.updates.push(last);
    it
}

fn withdrawn() -> Incident {
    let mut it = emis();
    let wrong = Update {
        id: id(102),
        seq: 2,
        message: Some("The surgery is closed until Monday. Do not come.".into()),
        published_at: at("2024-07-19T06:45:00Z"),
        lines: lines(json!({"attend": "do_not_come"})),
        withdrawn_at: Some(at("2024-07-19T07:12:00Z")),
        ..it.updates[0].clone()
    };
    let right = Update {
        id: id(103),
        seq: 3,
        message: Some("We said that surgeries are closed. That was wrong. They are open.".into()),
        published_at: at("2024-07-19T07:12:00Z"),
        lines: Lines::default(),
        withdrawn_at: None,
        corrects: Some(id(102)),
        ..wrong.clone()
    };
    it.updates.extend([wrong, right]);
    it
}

fn pharmacy() -> Incident {
    let said = Said {
        at: "2024-07-19T06:30:00Z",
        stage: Stage::Identified,
        lines: json!({"attend": "come_unless_contacted", "dispensing": "delayed", "collection": "delayed", "deliveries": "paused"}),
        message: Some("Pharmacies are working by hand, so expect to wait longer."),
        by: "Y90",
    };
    incident(2, "Pharmacies are slower than usual", "pharmacy-pmr", "Y90", &[said])
}

fn hospital() -> Incident {
    let said = Said {
        at: "2024-07-19T06:30:00Z",
        stage: Stage::Identified,
        lines: json!({
            "attend": "come_unless_contacted", "emergency_department": "delayed", "check_in": "at_the_desk",
            "outpatients": "urgent_only", "operations": "delayed",
            "radiotherapy": {"state": "cancelled", "session": "morning", "day": "2024-07-19"}
        }),
        message: Some("Our records system is sound, but staff cannot reach it from most computers."),
        by: "RZ101",
    };
    incident(3, "Staff cannot reach patient records", "hospital-epr", "RZ101", &[said])
}

/// 111 has changed, as the region says.
fn national() -> LocalFacts {
    let words = "NHS 111 phone lines are very busy. Use 111.nhs.uk first if you can.";
    let changed = json!({"nhs_111": {"state": "changed", "words": words}});
    local("Y90", changed, "", None, "2024-07-19T17:30:00Z")
}

/// The sample of this name.
pub fn sample(name: &str) -> Sample {
    all().into_iter().find(|s| s.name == name).unwrap()
}
