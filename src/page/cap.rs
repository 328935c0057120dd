//! The Common Alerting Protocol, version 1.2 (OASIS, 1 July 2010): the newest
//! word on the incident that matters most, in every language.
//!
//! A message names those whose place it takes, so that a program follows the chain: the
//! first is an `Alert`, later ones `Update`, the end or a withdrawal `Cancel`. Each tells
//! all that is wrong at the place, so there is one chain and not one for each incident.

mod chain;
mod moments;

use askama::Template;
use chrono::{DateTime, SecondsFormat, Utc};

use self::chain::{Link, Stands, chain, stood};
use super::{Context, tell};
use crate::domain::cascade::Touch;
use crate::domain::facts::{Ending, Facts, IncidentFact, LineFact};
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
    /// None where it stands until another takes its place.
    expires: Option<String>,
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
    let sender = sender(ctx);
    let Some((newest, before)) = chain(&Context { facts: &facts, ..*ctx }) else { return calm(ctx, sender) };
    let Some(fact) = newest.fact.as_of(newest.sent, &facts.org) else { return calm(ctx, sender) };
    let references: Vec<String> = before
        .iter()
        .map(|link| format!("{sender},{},{}", link.identifier(), date_time(link.sent)))
        .collect();
    // As it was when it was sent: a message never changes.
    let known = ctx.facts.known_at(newest.sent);
    let view = known.seen(newest.sent, ctx.checked_at);
    let then = Context { facts: &known, view: &view, now: newest.sent, ..*ctx };
    Alert {
        identifier: newest.identifier(),
        sent: date_time(newest.sent),
        status: status(fact.incident.kind),
        msg_type: match newest.stands {
            Stands::Over => "Cancel",
            _ if references.is_empty() => "Alert",
            _ => "Update",
        },
        note: Some(fact.incident.kind.warning().to_owned()).filter(|warning| !warning.is_empty()),
        references: references.join(" "),
        incidents: incidents(&facts, &newest, &before),
        infos: Locale::ALL.iter().map(|l| info(&then, &fact, &newest, *l)).collect(),
        sender,
        org: &facts.org,
    }
    .render()
}

/// What the message is about, what it takes the place of, and what else goes on.
fn incidents(facts: &Facts, newest: &Link<'_>, before: &[Link<'_>]) -> String {
    let others = before.iter().map(|link| link.fact.incident.id);
    let goes_on = |i: &&IncidentFact| stood(facts, i, newest.sent).is_some_and(|stood| stood.over.is_none());
    let going_on = facts.incidents.iter().filter(goes_on);
    let all = std::iter::once(newest.fact.incident.id).chain(others).chain(going_on.map(|i| i.incident.id));
    let mut ids: Vec<String> = Vec::new();
    for id in all.map(|id| id.to_string()) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids.join(" ")
}

fn calm(ctx: &Context<'_>, sender: String) -> Result<String, askama::Error> {
    Alert {
        identifier: format!("{}-calm-{}", ctx.facts.org.code, ctx.checked_at.timestamp()),
        sent: date_time(ctx.checked_at),
        status: "System",
        msg_type: "Alert",
        note: Some(match ctx.is_unchecked() {
            true => {
                "Nobody could check this for an hour or more. We do not know if an alert is in force.".into()
            }
            false => "No alert is in force.".into(),
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

fn info(ctx: &Context<'_>, fact: &IncidentFact, newest: &Link<'_>, locale: Locale) -> Info {
    let (update, org) = (newest.update, ctx.facts.org.as_ref());
    let ctx = &Context { words: words::of(locale), ..*ctx };
    let (answer, rest) = tell::answer(ctx);
    let over = newest.stands == Stands::Over;
    let lines = ctx.view.lines.iter().filter(|f| f.setting.state.severity > 0);
    let text = tell::update_text(ctx, fact, update);
    // Words about 111 stand with a doubt once they have run out, and not without it.
    let is_doubted = |f: &LineFact| f.expires_at <= ctx.now && f.text(ctx.words) == text;
    let text = Some(text.clone()).filter(|_| !ctx.view.lines.iter().any(is_doubted));
    let lapsed = ctx.view.lapsed(ctx.facts);
    let named = |f: &LineFact, told: String| format!("{}: {told}", tell::line_label(ctx, f.line));
    let said: Vec<String> = text
        .into_iter()
        .chain([tell::provenance_plain(ctx, fact)])
        .chain(lines.map(|f| named(f, line(ctx, f))))
        .chain(lapsed.into_iter().map(|f| named(f, tell::lapsed_in_full(ctx, f))))
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
        event: fact.named_at(newest.sent, org).shown(locale).0,
        response: match over {
            // That nobody waits any more for who would know is no all-clear.
            true if fact.is_said_over(newest.sent, org) => "None",
            true => "AllClear",
            false => "Monitor",
        },
        urgency: match newest.stands {
            Stands::Over => "Past",
            Stands::SaidToBeOver => "Unknown",
            Stands::GoesOn => "Immediate",
        },
        severity: severity(ctx.view.headline.state, newest.stands),
        certainty: certainty(fact, newest, org),
        effective: date_time(update.published_at),
        expires: expires(ctx.facts, fact, newest).map(date_time),
        sender_name: tell::teller(ctx, fact),
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

fn line(ctx: &Context<'_>, fact: &LineFact) -> String {
    match fact.line.is_national() {
        true => help::words(ctx.view, fact, ctx.words),
        false => tell::line_in_full(ctx, fact),
    }
}

/// From when on nobody may rely on a message. One that nothing follows stands until another
/// takes its place: a page that still warns must not be silent here.
fn expires(facts: &Facts, fact: &IncidentFact, newest: &Link<'_>) -> Option<DateTime<Utc>> {
    let (due, org) = (newest.update.next_update_by, facts.org.as_ref());
    match newest.stands {
        Stands::GoesOn if fact.still_wrong_at(newest.sent, org).is_some() => {
            facts.claimed_until(fact.response.as_ref()?).filter(|until| *until > newest.sent)
        }
        Stands::Over => Some(due.max(newest.sent) + GRACE),
        Stands::SaidToBeOver => fact.asked_until(newest.sent, org),
        Stands::GoesOn => Some(due + GRACE).filter(|_| due > newest.sent && fact.ending != Ending::Awaited),
    }
}

fn severity(state: HeadlineState, stands: Stands) -> &'static str {
    match state {
        _ if stands == Stands::Over => "Minor",
        HeadlineState::Serious | HeadlineState::Closed => "Severe",
        HeadlineState::Limited => "Moderate",
        HeadlineState::NotConfirmed | HeadlineState::Unknown => "Unknown",
        _ if stands == Stands::SaidToBeOver => "Unknown",
        HeadlineState::Normal | HeadlineState::Busy | HeadlineState::CatchingUp => "Minor",
    }
}

fn certainty(fact: &IncidentFact, newest: &Link<'_>, org: &Org) -> &'static str {
    match (fact.touch, fact.confirmation) {
        _ if fact.still_wrong_at(newest.sent, org).is_some() => "Observed",
        (_, Confirmation::Confirmed) => "Observed",
        (_, Confirmation::NotAffected) => "Unlikely",
        // Others say that it is over.
        _ if newest.stands == Stands::SaidToBeOver => "Possible",
        (Touch::Reached, Confirmation::NotConfirmed) => "Likely",
        (Touch::Possible, Confirmation::NotConfirmed) => "Possible",
    }
}

/// As CAP wants times: seconds and an offset, "-00:00" instead of "Z".
fn date_time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, false).replace("+00:00", "-00:00")
}
