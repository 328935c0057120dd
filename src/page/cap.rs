//! The Common Alerting Protocol, version 1.2 (OASIS, 1 July 2010): the newest
//! word on the incident that matters most, in every language.
//!
//! A message names those whose place it takes, so that a program follows the chain: the
//! first is an `Alert`, later ones `Update`, the end or a withdrawal `Cancel`. Each tells
//! all that is wrong at the place, so there is one chain and not one for each incident.

mod chain;

use askama::Template;
use chrono::{DateTime, SecondsFormat, Utc};

use self::chain::{Link, chain};
use super::{Context, tell};
use crate::domain::cascade::Touch;
use crate::domain::facts::IncidentFact;
use crate::domain::headline::HeadlineState;
use crate::domain::help;
use crate::domain::incident::{Confirmation, GRACE, Kind};
use crate::domain::line::Line;
use crate::domain::org::Org;
use crate::words::{self, Locale};

#[derive(Template)]
#[template(path = "public/cap.xml")]
struct Alert<'a> {
    identifier: String,
    sender: String,
    sent: String,
    status: &'static str,
    msg_type: &'static str,
    note: Option<String>,
    references: String,
    incidents: String,
    infos: Vec<Info>,
    org: &'a Org,
}

/// The block of one language.
struct Info {
    language: String,
    event: String,
    response: &'static str,
    urgency: &'static str,
    severity: &'static str,
    certainty: &'static str,
    effective: String,
    expires: String,
    sender_name: String,
    headline: String,
    description: String,
    instruction: String,
    web: String,
    contact: Option<String>,
}

/// Writes the alert of one page. A page of which nobody said anything gives a
/// message for the network alone, without an alert.
pub fn cap(ctx: &Context<'_>) -> Result<String, askama::Error> {
    // Planned work that runs is an alert as a failure is.
    let mut facts = ctx.facts.clone();
    facts.incidents.extend(ctx.facts.works(ctx.now));
    let ctx = &Context { facts: &facts, ..*ctx };
    let sender = sender(ctx);
    let Some((newest, before)) = chain(ctx) else { return calm(ctx, sender) };
    let reference = |link: &Link<'_>| format!("{sender},{},{}", link.identifier(), date_time(link.sent));
    let references: Vec<String> = before.iter().map(reference).collect();
    let fact = newest.fact;
    // What the message takes the place of, or goes on with.
    let others = before.iter().map(|link| link.fact.incident.id);
    let going_on = facts.incidents.iter().filter(|i| !i.is_over()).map(|i| i.incident.id);
    let mut incidents: Vec<String> = Vec::new();
    for id in std::iter::once(fact.incident.id).chain(others).chain(going_on).map(|id| id.to_string()) {
        if !incidents.contains(&id) {
            incidents.push(id);
        }
    }
    Alert {
        identifier: newest.identifier(),
        sent: date_time(newest.sent),
        status: status(fact.incident.kind),
        msg_type: msg_type(&newest, references.is_empty()),
        note: Some(fact.incident.kind.warning().to_owned()).filter(|warning| !warning.is_empty()),
        references: references.join(" "),
        incidents: incidents.join(" "),
        infos: Locale::ALL.iter().map(|l| info(ctx, &newest, *l)).collect(),
        sender,
        org: &facts.org,
    }
    .render()
}

fn calm(ctx: &Context<'_>, sender: String) -> Result<String, askama::Error> {
    Alert {
        identifier: format!("{}-calm-{}", ctx.facts.org.code, ctx.checked_at.timestamp()),
        sent: date_time(ctx.checked_at),
        status: "System",
        msg_type: "Alert",
        note: Some("No alert is in force.".into()),
        references: String::new(),
        incidents: String::new(),
        infos: Vec::new(),
        sender,
        org: &ctx.facts.org,
    }
    .render()
}

/// Unique for each installation and organisation, without commas, spaces and
/// the like, as the standard asks of senders.
fn sender(ctx: &Context<'_>) -> String {
    let host = ctx.base_url.split("//").nth(1).unwrap_or(ctx.base_url);
    format!("{}@{}", ctx.facts.org.code, host.replace([' ', ',', '<', '&'], ""))
}

/// An exercise can never be taken for the real thing (hazard H9).
pub fn status(kind: Kind) -> &'static str {
    match kind {
        Kind::Live => "Actual",
        Kind::Exercise => "Exercise",
        Kind::Test => "Test",
    }
}

/// The first is an alert; whatever follows while something goes on takes its place.
fn msg_type(newest: &Link<'_>, is_first: bool) -> &'static str {
    let (fact, update) = (newest.fact, newest.update);
    let taken_back = update.withdrawn_at.is_some() || fact.incident.standing().next().is_none();
    match is_first {
        _ if taken_back || fact.is_over() => "Cancel",
        true => "Alert",
        false => "Update",
    }
}

fn info(ctx: &Context<'_>, newest: &Link<'_>, locale: Locale) -> Info {
    let (fact, update) = (newest.fact, newest.update);
    let ctx = &Context { words: words::of(locale), ..*ctx };
    let state = ctx.view.headline.state;
    let (answer, rest) = tell::answer(ctx);
    let over = fact.is_over();
    let lines = ctx.view.lines.iter().filter(|f| f.setting.state.severity > 0);
    let said: Vec<String> = [tell::update_text(ctx, fact, update), tell::provenance_plain(ctx, fact)]
        .into_iter()
        .chain(lines.map(|f| format!("{}: {}", tell::line_label(ctx, f.line), tell::line_in_full(ctx, f))))
        .collect();
    let instruction: Vec<String> = std::iter::once(answer.clone())
        .chain(rest)
        .chain([
            help::sentence(ctx.view, Line::Emergency999, "in-an-emergency", ctx.words),
            help::sentence(ctx.view, Line::Nhs111, "need-medical-help", ctx.words),
        ])
        .collect();
    Info {
        language: if locale == Locale::En { "en-GB".into() } else { locale.to_string() },
        event: fact.incident.title.for_reader(locale).0.to_owned(),
        response: if over { "AllClear" } else { "Monitor" },
        urgency: if over { "Past" } else { "Immediate" },
        severity: severity(state, over),
        certainty: certainty(fact),
        effective: date_time(update.published_at),
        expires: date_time(expires(newest)),
        sender_name: fact.declared_by_name.clone(),
        headline: format!("{}{answer}", fact.incident.kind.mark()),
        description: said.join("\n"),
        instruction: instruction.join(" "),
        web: ctx.url(""),
        contact: match tell::phone(ctx) {
            tell::Phone::Usual(number) | tell::Phone::Instead(number) => Some(number),
            _ => None,
        },
    }
}

/// Words that had run out when the message was sent still need an hour to be read.
fn expires(newest: &Link<'_>) -> DateTime<Utc> {
    let until = newest.fact.incident.expires_at().unwrap_or(newest.update.next_update_by);
    until.max(newest.sent + GRACE)
}

fn severity(state: HeadlineState, over: bool) -> &'static str {
    match state {
        _ if over => "Minor",
        HeadlineState::Serious | HeadlineState::Closed => "Severe",
        HeadlineState::Limited => "Moderate",
        HeadlineState::Normal | HeadlineState::Busy | HeadlineState::CatchingUp => "Minor",
        HeadlineState::NotConfirmed | HeadlineState::Unknown => "Unknown",
    }
}

fn certainty(fact: &IncidentFact) -> &'static str {
    match (fact.touch, fact.confirmation) {
        (_, Confirmation::Confirmed) => "Observed",
        (_, Confirmation::NotAffected) => "Unlikely",
        (Touch::Reached, Confirmation::NotConfirmed) => "Likely",
        (Touch::Possible, Confirmation::NotConfirmed) => "Possible",
    }
}

/// As CAP wants times: seconds and an offset, "-00:00" instead of "Z".
fn date_time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, false).replace("+00:00", "-00:00")
}
