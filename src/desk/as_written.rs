//! What a proposal says by itself, where it cannot be laid over what stands: somebody has to
//! read it all the same, and refuse it.

use super::differences::differences;
use super::proposals::Content;
use super::seen::Seen;
use crate::domain::incident::Draft;
use crate::domain::line::Lines;
use crate::domain::written::Written;

/// Why nobody can publish what somebody wrote who had the right then.
pub(super) const MAY_NOT: &str = "Whoever wrote it may not say this any more. Refuse it, and write it anew.";

/// As it was written, without whom it reaches.
pub(super) fn as_written(content: &Content) -> Seen {
    let of = |title: Option<&Written>, draft: &Draft| Seen {
        title: title.cloned().unwrap_or_default(),
        stage: draft.stage,
        changes: differences(&Lines::default(), draft.lines.as_ref().unwrap_or(&Lines::default()), None),
        message: draft.message.clone(),
        ..Seen::default()
    };
    match content {
        Content::Declaration(d) => Seen { level: d.level, ..of(Some(&d.title), &d.draft) },
        Content::Update(draft) => of(None, draft),
        Content::Lines(draft) => Seen {
            changes: differences(&Lines::default(), &draft.lines, None),
            message: draft.message.clone(),
            phone: draft.phone.clone(),
            until: draft.expires_at,
            ..Seen::default()
        },
        Content::Plan(plan) => of(Some(&plan.what.title), &plan.what.draft),
        Content::PlanChange(change) => Seen { message: change.message.clone(), ..Seen::default() },
        Content::Messages(_) => Seen::default(),
    }
}
