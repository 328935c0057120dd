//! What an incident has been about since it began, for those who hear of some services only.

use super::{Incident, Update};
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
}
