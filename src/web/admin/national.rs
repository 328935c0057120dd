//! 999 and 111 in a post: asked of those alone who may change them. Silence
//! leaves them as they are; every change needs a second person.

use super::questions::Before;
use super::typed::Typed;
use crate::domain::FieldError;
use crate::domain::line::{Line, Lines, MAX_WORDS, Setting};
use crate::domain::org::OrgKind;
use crate::domain::user::{Actor, Role};
use crate::domain::written::Written;
use crate::web::views::Who;
use crate::web::views::form::{Choice, Text, chosen};
use crate::web::views::post::National;
use crate::words::english;

const NATIONAL: [Line; 2] = [Line::Emergency999, Line::Nhs111];
/// The state of a line that others words are said of.
const CHANGED: &str = "changed";

/// Those that somebody may change: coordinators and administrators of the nation,
/// and 111 of a region as well.
pub fn theirs(actor: &Actor, kind: OrgKind) -> Vec<Line> {
    let may = |line: &Line| line.may_be_set_by(kind) && actor.role >= Role::Coordinator;
    NATIONAL.into_iter().filter(may).collect()
}

/// Which of these are asked about, and whether they are elsewhere. What is said of a
/// system reaches whoever uses it, and other words about 111 are for everybody: there
/// they are asked about only where some stand already. They are said as lines for all
/// places.
pub fn asked(theirs: &[Line], is_of_a_system: bool, stands: &Lines) -> (Vec<Line>, bool) {
    let asked: Vec<Line> =
        theirs.iter().copied().filter(|l| !is_of_a_system || stands.get(*l).is_some()).collect();
    let elsewhere = asked.len() < theirs.len();
    (asked, elsewhere)
}

/// The questions in the form for lines of all places, with what was typed over what
/// stands; and those lines that stand and are not asked about, as the form carries them.
pub fn of_lines(
    actor: &Actor,
    kind: OrgKind,
    stands: Option<&Lines>,
    who: &Who,
    typed: &Typed,
) -> (Vec<National>, String) {
    let theirs = theirs(actor, kind);
    let said = |line: &Line| stands.and_then(|lines| lines.get(*line));
    let ask = |line: &Line| question(*line, None, said(line).filter(is_changed), who, typed);
    let kept = NATIONAL.iter().filter(|line| !theirs.contains(line));
    let kept: Lines = Lines(kept.filter_map(|line| Some((*line, said(line)?.clone()))).collect());
    let also = if kept.0.is_empty() { String::new() } else { kept.to_json().to_string() };
    (theirs.iter().map(ask).collect(), also)
}

/// The field with the words of a line.
pub fn field(line: Line) -> String {
    format!("words-{line}")
}

fn is_changed(setting: &&Setting) -> bool {
    setting.state.key == CHANGED
}

/// The questions, with what was typed over what stands or a preset says.
pub fn questions(before: &Before<'_>, who: &Who, typed: &Typed) -> Vec<National> {
    let ask = |line: &Line| {
        let stands = before.lines.get(*line).filter(is_changed).filter(|_| before.stands);
        let preset = before.preset.and_then(|p| p.get(*line)).filter(is_changed);
        question(*line, stands, preset, who, typed)
    };
    before.national.iter().map(ask).collect()
}

/// One line's question.
pub fn question(
    line: Line,
    stands: Option<&Setting>,
    preset: Option<&Setting>,
    who: &Who,
    typed: &Typed,
) -> National {
    let mut choices = match stands.and_then(|s| s.words.as_ref()) {
        Some(words) => vec![
            Choice::new("", "Leave it as it is").with_hint(words.english.clone()),
            Choice::new(line.normal().key, "As usual"),
        ],
        None => vec![Choice::new("", "As usual")],
    };
    choices.push(Choice::new(CHANGED, "Say other words"));
    let was_asked = typed.has(&format!("lines.{line}"));
    let value = match (was_asked, preset) {
        (true, _) => typed.get(&format!("lines.{line}")),
        (false, Some(_)) => CHANGED,
        (false, None) => "",
    };
    let before = preset.or(stands).and_then(|s| s.words.as_ref());
    let name = field(line);
    National {
        line,
        label: line.label(english()),
        choices: chosen(choices, value),
        words: if typed.has(&name) { typed.field(who, &name) } else { Text::new(who, before) },
        field: name,
    }
}

/// What was chosen for a line; words that are missing or too long stand beside
/// their field.
pub fn setting(typed: &Typed, line: Line, state: &str, errors: &mut Vec<FieldError>) -> Option<Setting> {
    let mut setting = Setting::new(line.state(state)?);
    if state == CHANGED {
        let name = field(line);
        let words = typed.written(&name).unwrap_or_default();
        if words.is_blank() {
            errors.push(FieldError::new(format!("/{name}"), "Write what patients should do."));
            return None;
        }
        words.check(&format!("/{name}"), MAX_WORDS, false, errors);
        setting.words = Some(words.trimmed());
    }
    Some(setting)
}

/// Other words for those of these lines that are changed.
pub fn reworded(lines: &mut Lines, typed: &Typed, errors: &mut Vec<FieldError>) {
    for (line, setting) in &mut lines.0 {
        let name = field(*line);
        if setting.words.is_none() || !typed.has(&name) {
            continue;
        }
        let words = typed.written(&name).unwrap_or_default();
        if words.is_blank() {
            errors.push(FieldError::new(format!("/{name}"), "Write what patients should do."));
        }
        words.check(&format!("/{name}"), MAX_WORDS, false, errors);
        setting.words = Some(words.trimmed());
    }
}

/// The words of these lines, each with its line, to be changed.
pub fn words_of(lines: Option<&Lines>) -> impl Iterator<Item = (Line, &Written)> {
    let all = lines.into_iter().flat_map(|l| l.0.iter());
    all.filter_map(|(line, setting)| Some((*line, setting.words.as_ref()?)))
}
