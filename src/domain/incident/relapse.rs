//! The lines of an incident: later words over earlier ones, and what of them stands when it
//! fails again.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::{Incident, Stage, Update};
use crate::domain::line::{Line, Lines, Setting};

impl Stage {
    /// How well it goes: it fails, it gets better, it is over.
    fn recovery(self) -> u8 {
        match self {
            Self::Investigating | Self::Identified => 0,
            Self::Limited | Self::CatchingUp | Self::Monitoring => 1,
            Self::Resolved => 2,
        }
    }
}

impl Incident {
    /// The standing lines, later updates over earlier ones.
    pub fn lines(&self) -> Lines {
        Self::lines_of(self.standing())
    }

    /// Whether an update of this stage says that it goes worse than was said before.
    pub fn is_relapse(&self, stage: Stage) -> bool {
        self.standing().next_back().is_none_or(|last| stage.recovery() < last.stage.recovery())
    }

    /// The lines that stand where it is like this now, and nobody gives others; `usual` are
    /// those that follow from a fault of its system. Where it was over, 999 and 111 stay as
    /// they are.
    pub fn lines_if(&self, stage: Stage, usual: Option<&Lines>) -> Lines {
        let said: Vec<&Update> = self.standing().collect();
        let mut lines = Self::lines_of(said.iter().copied());
        if self.is_relapse(stage) {
            lines = relapsed(lines, &said, (stage, None), usual);
        }
        if !self.is_open() {
            lines.0.retain(|line, _| !line.is_national());
        }
        lines
    }

    /// The lines of these updates, oldest first, later ones over earlier ones.
    pub fn lines_of<'a>(updates: impl Iterator<Item = &'a Update>) -> Lines {
        let (mut all, mut said) = (Lines::default(), Vec::new());
        for update in updates {
            if fails_again(&said, update) {
                all = relapsed(all, &said, (update.stage, Some(update.published_at)), None);
            }
            all = all.overlaid(&update.lines, update.published_at);
            said.push(update);
        }
        all
    }

    /// What these updates, oldest first, said of one session of a line before they spoke of
    /// another: that the afternoon is late does not bring this morning back.
    pub fn beside<'a>(updates: impl Iterator<Item = &'a Update>) -> Vec<Lines> {
        let updates: Vec<&Update> = updates.collect();
        let stand = Self::lines_of(updates.iter().copied());
        let mut all: BTreeMap<Line, Vec<(Stage, Setting)>> = BTreeMap::new();
        for (n, update) in updates.iter().enumerate() {
            if fails_again(&updates[..n], update) {
                let ends = |(stage, s): &(Stage, Setting)| {
                    stage.recovery() > update.stage.recovery() && s.state.severity == 0
                };
                all.values_mut().for_each(|said| said.retain(|one| !ends(one)));
            }
            for (line, setting) in &update.lines.0 {
                let said = all.entry(*line).or_default();
                said.retain(|(_, s)| setting.session.is_some() && s.session != setting.session);
                let since = setting.since.or(Some(update.published_at));
                let of_session = setting.session.map(|_| Setting { since, ..setting.clone() });
                said.extend(of_session.map(|setting| (update.stage, setting)));
            }
        }
        // One of each line stands among the lines.
        let stands = |line: Line, s: &Setting| stand.get(line).is_some_and(|now| now.session == s.session);
        let others = |(line, said): (Line, Vec<(Stage, Setting)>)| {
            let others = said.into_iter().map(|(_, setting)| setting).filter(move |s| !stands(line, s));
            others.map(move |setting| Lines([(line, setting)].into()))
        };
        all.into_iter().flat_map(others).collect()
    }
}

fn fails_again(said: &[&Update], update: &Update) -> bool {
    said.last().is_some_and(|last| update.stage.recovery() < last.stage.recovery())
}

/// The lines where it fails again: what was said while it went no better stands again, for
/// the rest what follows from a fault of its system. What was said since then makes nothing
/// better any more: only what is worse than that goes on. Where it was over, all of it is so
/// since then alone. 999 and 111 stay as they are.
fn relapsed(
    now: Lines,
    said: &[&Update],
    (stage, since): (Stage, Option<DateTime<Utc>>),
    usual: Option<&Lines>,
) -> Lines {
    let no_better = said.iter().copied().filter(|u| u.stage.recovery() <= stage.recovery());
    let before = Incident::lines_of(no_better);
    let was_over = said.last().is_some_and(|last| last.stage == Stage::Resolved);
    let spoken = now.0.into_iter().filter_map(|(line, setting)| {
        let stood = before.get(line).or_else(|| usual.and_then(|usual| usual.get(line)));
        let is_worse = setting.state.severity > stood.map_or(0, |stood| stood.state.severity);
        let is_same = stood.is_some_and(|s| {
            s.state == setting.state && s.words == setting.words && s.session == setting.session
        });
        let setting = match (line.is_national(), is_worse || is_same) {
            (true, _) => setting,
            (false, true) if was_over => Setting { since, ..setting },
            (false, true) => setting,
            (false, false) => Setting { since, ..stood?.clone() },
        };
        Some((line, setting))
    });
    Lines(spoken.collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use uuid::Uuid;

    use super::*;
    use crate::domain::org::OrgCode;

    fn updates(said: &[(Stage, serde_json::Value)]) -> Vec<Update> {
        let start: DateTime<Utc> = "2024-07-19T07:00:00Z".parse().unwrap();
        let at = |n: usize| start + chrono::Duration::hours(i64::try_from(n).unwrap());
        let update = |(n, (stage, lines)): (usize, &(Stage, serde_json::Value))| Update {
            id: Uuid::nil(),
            incident: Uuid::nil(),
            seq: i32::try_from(n).unwrap() + 1,
            stage: *stage,
            lines: Lines::parse(lines).unwrap(),
            message: None,
            published_at: at(n),
            next_update_by: at(n + 2),
            said_by: OrgCode::root(),
            withdrawn_at: None,
            corrects: None,
        };
        said.iter().enumerate().map(update).collect()
    }

    fn states(said: &[(Stage, serde_json::Value)]) -> Vec<(&'static str, &'static str)> {
        let said = updates(said);
        let lines = Incident::lines_of(said.iter());
        lines.0.iter().map(|(line, s)| (line.as_str(), s.state.key)).collect()
    }

    #[test]
    fn what_was_said_while_it_failed_stands_again() {
        let failing = json!({"attend": "come_unless_contacted", "prescriptions": "urgent_on_paper"});
        let better = json!({"attend": "come", "prescriptions": "delayed", "records": "normal"});
        let said = [
            (Stage::Identified, failing),
            (Stage::CatchingUp, better),
            (Stage::Resolved, json!({"booking": "normal"})),
            (Stage::Identified, json!({})),
        ];
        let stood = [("attend", "come_unless_contacted"), ("prescriptions", "urgent_on_paper")];
        assert_eq!(states(&said), stood);
        // The next time that it gets better, nothing of the time before it comes back.
        let again = [&said[..], &[(Stage::Monitoring, json!({}))]].concat();
        assert_eq!(states(&again), stood);
    }

    #[test]
    fn what_got_worse_meanwhile_does_not_get_better_by_silence() {
        let said = [
            (Stage::Identified, json!({"attend": "come_unless_contacted"})),
            (Stage::Limited, json!({"attend": "do_not_come", "test_results": "delayed"})),
            (Stage::Identified, json!({})),
        ];
        assert_eq!(states(&said), [("attend", "do_not_come"), ("test_results", "delayed")]);
    }

    #[test]
    fn a_session_that_was_well_while_it_got_better_ends_too() {
        let of = |state: &str, session: &str| json!({"outpatients": {"state": state, "session": session, "day": "2024-07-19"}});
        let said = updates(&[
            (Stage::Identified, of("cancelled", "morning")),
            (Stage::CatchingUp, of("normal", "afternoon")),
            (Stage::Identified, json!({})),
        ]);
        let lines = Incident::lines_of(said.iter());
        assert_eq!(lines.get(Line::Outpatients).unwrap().state.key, "cancelled");
        assert!(Incident::beside(said.iter()).is_empty());
        assert_eq!(Incident::beside(said[..2].iter()).len(), 1);
    }
}
