//! How an account fares, and when it is given up.

use chrono::{DateTime, Utc};

/// How an account fares.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Health {
    /// When it last took a message, or a check found it well.
    pub worked_at: Option<DateTime<Utc>>,
    /// The last trouble, while nothing has worked since.
    pub trouble: Option<String>,
    pub trouble_at: Option<DateTime<Utc>>,
    /// Since when nothing has worked, over troubles that are not a day apart.
    pub failing_since: Option<DateTime<Utc>>,
    /// Nothing is sent to it until somebody turns it on again.
    pub stopped_at: Option<DateTime<Utc>>,
}

impl Health {
    /// Troubles further apart than this have nothing to do with each other.
    const STREAK: chrono::Duration = chrono::Duration::hours(24);

    pub fn worked(&mut self, at: DateTime<Utc>) {
        let stopped_at = self.stopped_at;
        *self = Self { worked_at: Some(at), stopped_at, ..Self::default() };
    }

    pub fn failed(&mut self, why: &str, at: DateTime<Utc>) {
        let goes_on = self.trouble_at.is_some_and(|before| at - before < Self::STREAK);
        if !goes_on || self.failing_since.is_none() {
            self.failing_since = Some(at);
        }
        self.trouble = Some(why.to_owned());
        self.trouble_at = Some(at);
    }

    /// Whether nothing has worked for longer than a channel puts up with.
    pub fn is_hopeless(&self, patience: Option<std::time::Duration>, at: DateTime<Utc>) -> bool {
        let since = self.failing_since.and_then(|since| (at - since).to_std().ok());
        since.zip(patience).is_some_and(|(since, patience)| since >= patience)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_failures_is_hopeless_and_a_success_forgets_them() {
        let at = |hours| DateTime::UNIX_EPOCH + chrono::Duration::hours(hours);
        let day = Some(std::time::Duration::from_secs(24 * 3600));
        let mut health = Health::default();
        for hour in 0..24 {
            health.failed("no", at(hour));
            assert!(!health.is_hopeless(day, at(hour)));
        }
        health.failed("no", at(24));
        assert!(health.is_hopeless(day, at(24)) && !health.is_hopeless(None, at(24)));
        health.worked(at(25));
        assert_eq!(health, Health { worked_at: Some(at(25)), ..Health::default() });
        // Once a month is no streak.
        health.failed("no", at(100));
        health.failed("no", at(800));
        assert!(!health.is_hopeless(day, at(800)));
    }
}
