//! Short texts about what was said and who was told.

use std::collections::BTreeMap;

use crate::desk::preview::Questions;
use crate::desk::progress::Progress;
use crate::domain::approval::Publication;
use crate::domain::cost::{self, Prices};
use crate::domain::delivery::DeliveryState;
use crate::domain::incident::{Kind, Update};
use crate::domain::line::{Line, Setting, session_for_staff};
use crate::domain::org::OrgKind;
use crate::domain::subscriber::Channel;
use crate::domain::system::System;
use crate::domain::written::Written;
use crate::web::Web;
use crate::web::views::{Count, counted};
use crate::words::english;

/// "2,140 people told, 12 failed".
pub fn told(counts: &[(DeliveryState, i64)]) -> String {
    let sum = |states: &[DeliveryState]| -> u64 {
        let theirs = counts.iter().filter(|(state, _)| states.contains(state));
        theirs.map(|(_, n)| u64::try_from(*n).unwrap_or(0)).sum()
    };
    let groups = [
        (sum(&[DeliveryState::Accepted, DeliveryState::Delivered]), "told"),
        (sum(&[DeliveryState::Captured]), "captured, not sent"),
        (sum(&[DeliveryState::Queued, DeliveryState::Sending]), "waiting"),
        (sum(&[DeliveryState::Unclear]), "not clear"),
        (sum(&[DeliveryState::Failed]), "failed"),
    ];
    let said = groups
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| format!("{} {what}", Count::new("", *n).shown()));
    let said: Vec<String> = said.collect();
    if said.is_empty() { "No messages.".into() } else { format!("Messages: {}.", said.join(", ")) }
}

/// What the button under a preview says.
pub fn publish(publication: Publication) -> &'static str {
    match publication {
        Publication::Published => "Publish now",
        Publication::MessagesWait => "Publish the page, and ask a second person about the messages",
        Publication::AwaitingApproval => "Publish when a second person agrees",
    }
}

/// What kind of place it is, each kind by a name of its own.
pub fn kind(kind: OrgKind) -> &'static str {
    match kind {
        OrgKind::Practice => "GP surgery",
        OrgKind::Branch => "Branch surgery",
        OrgKind::Pharmacy => "Pharmacy",
        OrgKind::Trust => "Hospital trust",
        OrgKind::TrustSite => "Hospital",
        _ => "Other",
    }
}

/// What an audience costs with a text message of this length; empty where that
/// is not known.
pub fn cost(
    prices: Prices,
    recipients: &BTreeMap<Channel, usize>,
    text_message: &str,
    text_parts: Option<u64>,
) -> String {
    let pence = prices.of(recipients, text_message, text_parts);
    pence.map(|pence| format!("These messages cost about {}.", cost::shown(pence))).unwrap_or_default()
}

/// How many more pages say that the place may be affected; empty where none does.
pub fn perhaps(pages: usize) -> String {
    match pages {
        0 => String::new(),
        1 => "1 more page says that the place may be affected: nobody recorded what it uses.".into(),
        n => format!(
            "{} more say that the place may be affected: nobody recorded what it uses.",
            counted(number(n), "page", "pages")
        ),
    }
}

/// Who is asked whether they are affected, and what that costs; empty where nobody is.
/// An exercise has accounts of its own.
pub fn asked(web: &Web, asked: &Questions, kind: Kind) -> String {
    if asked.places == 0 {
        return String::new();
    }
    let mut by = recipients(web, &asked.by);
    by.iter_mut().for_each(|c| c.captured &= kind == Kind::Live);
    let by = by.iter().filter(|c| c.number > 0).map(Count::by);
    let places = counted(number(asked.places), "place", "places");
    let mut out = format!(
        "We ask {places} whether they are affected, by a link to those on duty there: {}.",
        by.collect::<Vec<_>>().join(", ")
    );
    if let Some(pence) = web.desk.prices.of(&asked.by, &asked.text, None) {
        out += &format!(" The questions cost about {}.", cost::shown(pence));
    }
    out
}

/// What an update has cost so far; empty where no provider charges.
pub fn spent(progress: &Progress) -> String {
    let taken = progress.charged.iter().filter(|c| c.certain + c.maybe > 0).map(|c| match c.channel {
        Channel::Sms => counted(c.certain, "part of text messages", "parts of text messages"),
        _ => counted(c.certain, "WhatsApp message", "WhatsApp messages"),
    });
    let taken: Vec<String> = taken.collect();
    if taken.is_empty() {
        return String::new();
    }
    let mut out = format!("Providers have taken {}.", taken.join(" and "));
    if let Some(spent) = progress.spent {
        if spent.certain > 0.0 {
            out += &format!(" That costs about {}.", cost::shown(spent.certain));
        }
        if spent.maybe > 0.0 {
            let more = cost::shown(spent.maybe);
            out += &format!(" It may be up to {more} more, because some messages have no answer yet.");
        }
    }
    out
}

/// "It stands on 15 pages."
pub fn reached(organisations: usize) -> String {
    format!("It stands on {}.", counted(number(organisations), "page", "pages"))
}

/// "It concerns 250 places. No page changes.", of an exercise or a test.
pub fn concerned(organisations: usize) -> String {
    format!("It concerns {}. No page changes.", counted(number(organisations), "place", "places"))
}

/// "NHS 111: Changed: Use 111 online."
pub fn setting(line: Line, setting: &Setting) -> String {
    format!("{}: {}", line.label(english()), setting.for_staff())
}

/// What somebody wrote, for staff; empty where nobody did.
pub fn written(text: Option<&Written>) -> String {
    text.map(|t| t.english.clone()).unwrap_or_default()
}

/// "Radiotherapy: cancelled, only in the morning of 20 July 2024".
pub fn stands(line: Line, setting: &Setting) -> String {
    let when = setting.session.map(|of| format!(", only {}", session_for_staff(of))).unwrap_or_default();
    format!("{}: {}{when}", line.label(english()), setting.state.label(english()).to_lowercase())
}

/// What an update said, a sentence or two each, as the pages that it reaches have
/// it.
pub fn said(update: &Update, system: Option<&System>) -> Vec<String> {
    let stage = format!("{}.", update.stage.label(english()));
    let built_in = || update.built_in(system.map(|s| &s.key), english()).to_owned();
    let words = update.message.as_ref().map_or_else(built_in, |message| message.english.clone());
    // Some built-in sentences begin with the stage.
    let is_said = update.corrects.is_some() || words.starts_with(&stage);
    let mut all = if is_said { vec![] } else { vec![stage] };
    all.push(words);
    all.extend(update.lines.get(Line::Attend).map(|s| s.state.text(english()).to_owned()));
    let others = update.lines.0.iter().filter(|(line, _)| **line != Line::Attend);
    let own = |s: &Setting| s.words.as_ref().map(|w| format!(" (“{}”)", w.english)).unwrap_or_default();
    let others: Vec<String> = others.map(|(line, s)| format!("{}{}", stands(*line, s), own(s))).collect();
    if !others.is_empty() {
        all.push(format!("{}.", others.join("; ")));
    }
    all
}

/// People and accounts, channel by channel. What is captured never looks sent.
pub fn recipients(web: &Web, counts: &BTreeMap<Channel, usize>) -> Vec<Count> {
    let count = |(channel, n): (&Channel, &usize)| Count {
        captured: !web.sends(*channel),
        ..Count::new(channel.about().noun, number(*n))
    };
    counts.iter().map(count).collect()
}

pub fn number(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}
