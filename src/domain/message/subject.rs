//! The subject of an email, after the name: what the message is about.

use super::texting::{first, opening_short};
use super::{Telling, is_better, is_calm, is_elsewhere, not_here, problem_is_over, trim_stop};
use crate::domain::facts::Ending;
use crate::domain::headline::HeadlineState;
use crate::domain::incident::Stage;

pub(super) fn subject_words(telling: &Telling<'_>) -> String {
    let w = telling.words;
    let answer = || telling.view.headline.sentences(w).into_iter().next().unwrap_or_default();
    let is_away = telling.facts.org.kind.sees_patients() && telling.view.headline.keeps_away();
    match telling.update.stage {
        // That it is not about this place is no all-clear while that is shut for another reason.
        _ if is_away && (telling.left || is_elsewhere(telling)) && telling.update.corrects.is_none() => {
            answer()
        }
        _ if telling.left => trim_stop(&opening_short(telling)),
        // Nothing is left of the incident: that is no end that somebody told.
        Stage::Resolved if telling.update.corrects.is_some() => trim_stop(w.get("what-we-told-was-wrong")),
        Stage::Resolved if is_elsewhere(telling) => trim_stop(&not_here(telling)),
        Stage::Resolved if is_calm(telling) => w.get("back-to-normal-subject").into(),
        Stage::Resolved if telling.view.headline.state == HeadlineState::Closed => answer(),
        Stage::Resolved if telling.incident.ending != Ending::Own => telling.said_over(),
        Stage::Resolved if telling.incident.system_name.is_none() && telling.is_else_wrong() => {
            first(&problem_is_over(telling))
        }
        Stage::Resolved => {
            let system = telling.incident.system_name.as_deref().unwrap_or("none");
            w.with("problem-over-subject", &[("system", system.into())])
        }
        Stage::CatchingUp | Stage::Monitoring if is_better(telling) => w.get("working-again-subject").into(),
        Stage::Limited if is_better(telling) || is_doubt_elsewhere(telling) => {
            w.get("partly-working-subject").into()
        }
        Stage::CatchingUp | Stage::Monitoring | Stage::Investigating | Stage::Identified
            if is_doubt_elsewhere(telling) =>
        {
            trim_stop(&opening_short(telling))
        }
        _ => answer(),
    }
}

/// Whether the page does not know what is right because of something else, which has run
/// out: this was said just now. What nobody may do, such as come, is told all the same.
fn is_doubt_elsewhere(telling: &Telling<'_>) -> bool {
    let headline = &telling.view.headline;
    let is_known = headline.gone || headline.idle || headline.attend == Some("do_not_come");
    headline.state == HeadlineState::Unknown && !is_known && telling.update.next_update_by > telling.at
}
