//! How many messages a courier has under way.

use std::time::{Duration, Instant};

use crate::domain::channel::Channel;

/// How long the first attempt that ended waits for others, to be recorded with
/// them: to record many costs little more than one.
pub const GATHER: Duration = Duration::from_millis(3);
/// The same while so much is claimed ahead that no line waits for the record.
const GATHER_AHEAD: Duration = Duration::from_millis(20);
/// As much is claimed ahead as leaves in this time.
const MOMENT: Duration = Duration::from_millis(250);

/// How much is under way, and how much may be.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    pub busy: usize,
    pub window: usize,
}

/// How fast messages leave. As many are claimed ahead as leave in a moment: a
/// slow provider has next to none waiting for it, so that a stop holds at once.
pub struct Pace {
    since: Instant,
    left: usize,
    lines: usize,
    most: usize,
    ahead: usize,
}

impl Pace {
    pub fn new(channel: Channel) -> Self {
        let about = channel.about();
        Self { since: Instant::now(), left: 0, lines: about.lines, most: about.window, ahead: 0 }
    }

    /// How many may be under way, now that so many more have ended.
    pub fn window(&mut self, ended: usize) -> usize {
        self.left += ended;
        let took = self.since.elapsed();
        if took >= MOMENT {
            let rate = self.left as f64 / took.as_secs_f64();
            self.ahead = (rate * MOMENT.as_secs_f64()) as usize;
            (self.since, self.left) = (Instant::now(), 0);
        }
        (self.lines + self.ahead).min(self.most)
    }

    /// How long to wait for more ends before they go on record: as long as those
    /// ahead keep the lines busy.
    pub fn gather(&self) -> Duration {
        if self.ahead > self.lines { GATHER_AHEAD } else { GATHER }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_much_is_claimed_ahead_as_leaves_in_a_moment() {
        let about = Channel::Email.about();
        let mut pace = Pace::new(Channel::Email);
        assert_eq!(pace.window(10), about.lines, "nothing is known yet");
        pace.since -= MOMENT;
        let some = pace.window(30);
        assert!((about.lines + 20..=about.lines + 40).contains(&some), "{some}");
        pace.since -= MOMENT;
        assert_eq!(pace.window(5000), about.window, "never more than a crash may copy");
        assert_eq!(pace.gather(), GATHER_AHEAD);
        pace.since -= MOMENT * 40;
        assert_eq!((pace.window(0), pace.gather()), (about.lines, GATHER), "a slow one has none waiting");
    }
}
