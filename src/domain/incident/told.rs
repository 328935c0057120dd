//! What an incident has been about since it began, for those who hear of some services only;
//! and where what an update said was said again.

use uuid::Uuid;

use super::{Incident, Stage, Update};
use crate::domain::line::{Line, Lines};

impl Incident {
    /// All that was told of its lines. Who chose services and was told of one hears what
    /// follows until its end, also where that speaks of others; and once nobody was to come,
    /// all hear when they may. What was taken back counts where a correction had to say so.
    pub fn lines_told(&self) -> Lines {
        let is_put_right = |id| self.updates.iter().any(|u| u.corrects == Some(id));
        let was_told = |u: &&Update| u.withdrawn_at.is_none() || is_put_right(u.id);
        let mut all = Lines::default();
        for (line, setting) in self.updates.iter().filter(was_told).flat_map(|u| &u.lines.0) {
            let is_shut = |key| *line == Line::Attend && key == "do_not_come";
            if !all.get(*line).is_some_and(|before| is_shut(before.state.key)) {
                all.0.insert(*line, setting.clone());
            }
        }
        all
    }

    /// The updates after `wrong` whose messages told again what it alone had said of a line:
    /// until all of that was said otherwise, it was put right, or the incident was over. Who
    /// heard it from one of them first is corrected as well.
    pub fn said_again(&self, wrong: Uuid) -> Vec<Uuid> {
        let Some(at) = self.updates.iter().position(|u| u.id == wrong) else { return Vec::new() };
        let (before, after) = self.updates.split_at(at);
        let said_before = |line| before.iter().rev().filter(stands).find_map(|u| u.lines.get(line));
        let its_own = |(line, setting): &(&Line, &_)| said_before(**line) != Some(*setting);
        let mut still: Vec<Line> = after[0].lines.0.iter().filter(its_own).map(|(line, _)| *line).collect();
        let mut again = Vec::new();
        for update in after.iter().skip(1).filter(stands) {
            if update.corrects == Some(wrong) || update.stage == Stage::Resolved {
                break;
            }
            still.retain(|line| update.lines.get(*line).is_none());
            if !still.is_empty() {
                again.push(update.id);
            }
        }
        again
    }
}

fn stands(update: &&Update) -> bool {
    update.withdrawn_at.is_none()
}
