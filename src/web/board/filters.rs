//! Which places a board shows: what may be chosen, and what was.

use super::{Asked, word};
use crate::desk::board::{self as desk, Only};
use crate::domain::incident::Incident;
use crate::domain::line::Line;
use crate::domain::org::OrgKind;
use crate::domain::time;
use crate::domain::word::Word;
use crate::web::Web;
use crate::web::admin::words;
use crate::web::views::board::Chooser;
use crate::words::english;

/// What may be chosen.
pub(super) fn filters(web: &Web, board: &desk::Board, asked: &Asked) -> Vec<Chooser> {
    let systems = web.desk.catalogue.iter().map(|s| (s.key.to_string(), s.name.clone()));
    let lines = Line::ALL.iter().map(|l| (l.to_string(), l.label(english()).to_owned()));
    let kinds = OrgKind::ALL.iter().filter(|k| k.sees_patients());
    let kinds = kinds.map(|k| (k.to_string(), words::kind(*k).to_owned()));
    let over = board.on.iter().filter(|i| !i.is_open());
    let ended = |i: &Incident| time::near(i.ended_at(), web.desk.now(), english());
    let how = |i: &Incident| if i.was_mistaken() { "withdrawn at" } else { "over since" };
    let over = over.map(|i| (i.id.to_string(), format!("{} ({} {})", titled(i), how(i), ended(i))));
    let incidents = board.incidents.iter().map(|(i, _)| (i.id.to_string(), titled(i))).chain(over);
    let only = Only::ALL.iter().map(|o| (o.to_string(), o.label().to_owned()));
    let answers = Word::ALL.iter().rev().map(|w| (w.to_string(), word(Some(*w)).to_owned()));
    vec![
        Chooser::new("incident", "Incident", incidents, &asked.incident),
        Chooser::new("system", "System", systems, &asked.system),
        Chooser::new("line", "Not as usual", lines, &asked.line),
        Chooser::new("state", "Answer", answers, &asked.state),
        Chooser::new("kind", "Kind", kinds, &asked.kind),
        Chooser::new("only", "Only places where", only, &asked.only),
    ]
}

/// "EXERCISE. EMIS Web is not working".
pub(super) fn titled(incident: &Incident) -> String {
    format!("{}{}", incident.kind.mark(), incident.title.english)
}

/// What the filter leaves, as the board says it while that is folded.
pub(super) fn shown(filters: &[Chooser], asked: &Asked) -> String {
    let filter = asked.filter();
    let chosen = |chooser: &Chooser| {
        let choice = chooser.choices.iter().find(|c| c.chosen && !c.value.is_empty());
        let is_unknown = match chooser.name {
            "incident" => filter.incident.is_some(),
            "system" => filter.system.is_some(),
            _ => false,
        };
        // What it is about stands above.
        let is_told = chooser.name == "incident" && choice.is_some();
        let label = choice
            .filter(|_| !is_told)
            .map(|c| c.label.as_str())
            .or((is_unknown && !is_told).then_some("none that is known here"))?;
        Some(format!("{}: {label}", chooser.label))
    };
    let late = filter.late.then(|| "only those whose update is late".to_owned());
    filters.iter().filter_map(chosen).chain(late).collect::<Vec<_>>().join("; ")
}
