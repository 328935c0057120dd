//! The exact words of what is to be told, for each kind of place; of planned work also for
//! each step.

use std::collections::BTreeMap;

use super::words;
use crate::desk::seen::Seen;
use crate::desk::steps_ahead::StepThen;
use crate::desk::wordings::OfKind;
use crate::domain::cost;
use crate::domain::message::Message;
use crate::domain::planned::Planned;
use crate::domain::subscriber::Channel;
use crate::domain::time;
use crate::web::Web;
use crate::web::views::approvals::Sample;
use crate::web::views::counted;
use crate::web::views::planned::StepTold;
use crate::words::english;

fn sample(of: String, message: &Message) -> Sample {
    Sample {
        of,
        sms: message.text_for(Channel::Sms),
        subject: message.subject.clone(),
        email: message.text_for(Channel::Email),
    }
}

/// The exact words of each kind of place, each wording once.
pub fn of_kinds(kinds: &[OfKind]) -> Vec<Sample> {
    let of_kind = |k: &OfKind| {
        let places = counted(words::number(k.places), "place", "places");
        let others = match k.others {
            0 => String::new(),
            n => format!(
                " {} told in other words, which are not shown here.",
                counted(words::number(n), "more place is", "more places are")
            ),
        };
        let of = format!(
            "{}, {places}: the words for {}. Each place gets its own.{others}",
            words::kind(k.kind),
            k.name
        );
        sample(of, &k.message)
    };
    kinds.iter().filter(|k| k.places > 0).map(of_kind).collect()
}

/// The same of a proposal; of what is no incident, of one place.
pub fn samples(seen: &Seen) -> Vec<Sample> {
    match (seen.samples.as_slice(), &seen.sample) {
        ([], Some((name, message))) => vec![sample(format!("These are the words for {name}."), message)],
        (kinds, _) => of_kinds(kinds),
    }
}

/// What accounts post, where some are reached.
pub fn social(seen: &Seen, message: &Message) -> Vec<(String, String)> {
    posts(&seen.recipients, message)
}

fn posts(recipients: &BTreeMap<Channel, usize>, message: &Message) -> Vec<(String, String)> {
    let is_reached = |c: &Channel| recipients.get(c).is_some_and(|n| *n > 0);
    Channel::of_accounts().filter(is_reached).map(|c| (c.label().to_owned(), message.text_for(c))).collect()
}

/// What each step of planned work tells: when, to how many, at what cost, in which words.
pub fn steps(web: &Web, steps: &[StepThen]) -> Vec<StepTold> {
    let told = |step: &StepThen| {
        let message = step.kinds.first().map(|kind| &kind.message);
        let when = match step.by_clock {
            true => time::full(step.at, english()),
            false => "at once".into(),
        };
        StepTold {
            what: format!("{}: {when}", step.kind.label()),
            recipients: words::recipients(web, &step.recipients),
            cost: pence(web, step).map(|p| format!("It costs about {}.", cost::shown(p))).unwrap_or_default(),
            samples: of_kinds(&step.kinds),
            social: message.map(|m| posts(&step.recipients, m)).unwrap_or_default(),
        }
    };
    steps.iter().map(told).collect()
}

fn pence(web: &Web, step: &StepThen) -> Option<f64> {
    let text = step.kinds.first().map(|kind| kind.message.text_for(Channel::Sms));
    web.desk.prices.of(&step.recipients, &text.unwrap_or_default(), step.text_parts)
}

/// What all of them cost together; empty where nobody charges.
pub fn cost_of(web: &Web, steps: &[StepThen], plan: Option<&Planned>) -> String {
    let all: f64 = steps.iter().filter_map(|step| pence(web, step)).sum();
    if all <= 0.0 {
        return String::new();
    }
    let again = match plan.is_some_and(|plan| plan.repeat.is_some()) {
        true => " Each later time costs that again, but for the announcement.",
        false => "",
    };
    format!("All these messages cost about {}.{again}", cost::shown(all))
}
