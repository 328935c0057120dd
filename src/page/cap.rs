//! The Common Alerting Protocol, version 1.2 (OASIS, 1 July 2010): the newest
//! word on the incident that matters most, in every language.
//!
//! An update names those before it, so that a program follows the chain: the
//! first is an `Alert`, later ones `Update`, the end or a withdrawal `Cancel`.

use askama::Template;
use chrono::{DateTime, SecondsFormat, Utc};

use super::{Context, tell};
use crate::domain::cascade::Touch;
use crate::domain::facts::IncidentFact;
use crate::domain::headline::HeadlineState;
use crate::domain::help;
use crate::domain::incident::{Confirmation, Kind, Update};
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
    let told = ctx.facts.incidents.iter().filter_map(|i| Some((i, last_word(i)?)));
    // What goes on counts before what is over.
    let newest = told.clone().max_by_key(|(i, u)| (!i.is_over(), u.published_at, u.id));
    let sender = sender(ctx);
    let Some((fact, update)) = newest else { return calm(ctx, sender) };
    let msg_type = msg_type(fact, update);
    // What has ended since: nobody must go on with its alert.
    let is_ended = |(i, u): &(&IncidentFact, &Update)| i.is_over() && u.published_at > update.published_at;
    let ended: Vec<(&IncidentFact, &Update)> = told.filter(is_ended).collect();
    // That, or that something else is to be done instead, is a message of its own.
    let since = help_since(ctx).into_iter().chain(ended.iter().map(|(_, last)| last.published_at)).max();
    let renewed = since.filter(|at| *at > update.published_at && msg_type != "Cancel");
    let is_before = |u: &&Update| u.seq < update.seq + i32::from(renewed.is_some());
    let before = fact.incident.updates.iter().filter(is_before);
    let before = before
        .chain(ended.iter().flat_map(|(i, last)| i.incident.updates.iter().filter(|u| u.seq < last.seq)));
    let references: Vec<String> =
        before.map(|u| format!("{sender},{},{}", u.id, date_time(u.published_at))).collect();
    Alert {
        identifier: match renewed {
            Some(at) => format!("{}-{}", update.id, at.timestamp()),
            None => update.id.to_string(),
        },
        sent: date_time(renewed.unwrap_or(update.published_at)),
        status: status(fact.incident.kind),
        msg_type: if renewed.is_some() { "Update" } else { msg_type },
        note: Some(fact.incident.kind.warning().to_owned()).filter(|warning| !warning.is_empty()),
        references: references.join(" "),
        incidents: fact.incident.id.to_string(),
        infos: Locale::ALL.iter().map(|l| info(ctx, fact, update, *l)).collect(),
        sender,
        org: &ctx.facts.org,
    }
    .render()
}

/// What counts about an incident here: the newest update, or that the place is not, or
/// no longer, affected.
fn last_word(fact: &IncidentFact) -> Option<&Update> {
    let own = fact.incident.updates.iter().rfind(|update| fact.is_cleared() && fact.is_answer(update));
    own.or(fact.incident.updates.last())
}

/// Since when something else is to be done about 999 or 111, where it is.
fn help_since(ctx: &Context<'_>) -> Option<DateTime<Utc>> {
    let changed = |line| help::changed(ctx.view, line).map(|fact| fact.since);
    [Line::Emergency999, Line::Nhs111].into_iter().filter_map(changed).max()
}

fn calm(ctx: &Context<'_>, sender: String) -> Result<String, askama::Error> {
    Alert {
        identifier: format!("{}-calm-{}", ctx.facts.org.code, ctx.checked_at.timestamp()),
        sent: date_time(ctx.checked_at),
        status: "System",
        msg_type: "Alert",
        note: Some(if help_since(ctx).is_some() {
            help::urgent(ctx.view, ctx.words)
        } else {
            "No alert is in force.".into()
        }),
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

fn msg_type(fact: &IncidentFact, update: &Update) -> &'static str {
    let taken_back = update.withdrawn_at.is_some() || fact.incident.standing().next().is_none();
    match update.seq {
        _ if taken_back || fact.is_over() => "Cancel",
        1 => "Alert",
        _ => "Update",
    }
}

fn info(ctx: &Context<'_>, fact: &IncidentFact, update: &Update, locale: Locale) -> Info {
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
        expires: date_time(fact.incident.expires_at().unwrap_or(update.next_update_by)),
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
