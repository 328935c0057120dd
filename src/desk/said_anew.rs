//! The end of an incident, said anew in the name of a place: its readers were told with it
//! not to come, and the place has taken that back since. Nothing else follows that would
//! tell them.

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::telling::{AFTER_PAGE, Topic};
use super::{Desk, Result};
use crate::domain::channel::Channel;
use crate::domain::delivery::{Lane, lifetime};
use crate::domain::headline::{HeadlineState, attend_text};
use crate::domain::message::Message;
use crate::domain::org::{Directory, OrgCode};
use crate::store::overtaking::{self, Anew};
use crate::store::{Tx, broadcasts, incidents};
use crate::words::Locale;

impl Desk {
    /// Whoever was told "do not come" with the end of an incident, in the name of this place or
    /// of a part of it, is told the end in that name once more where it says something else by
    /// now. Who hears of the end with words of today anyway, or has left, is left alone.
    pub(super) async fn end_anew(
        &self,
        tx: &mut Tx,
        incident: Uuid,
        place: &OrgCode,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let found = incidents::find(tx, incident, false).await?;
        if found.is_none_or(|incident| incident.is_open()) {
            return Ok(());
        }
        let Some(end) = overtaking::newest(tx, incident).await? else { return Ok(()) };
        let Some(topic) = self.topic(tx, &end).await?.filter(Topic::is_end) else { return Ok(()) };
        let directory = self.directory(tx).await?;
        let parts = directory.below(place).into_iter().filter(|code| directory.is_part_of(code, place));
        let in_each =
            |code: OrgCode| Locale::ALL.iter().map(move |locale| (code.clone(), locale.to_string()));
        let wanted: Vec<_> = parts.flat_map(in_each).map(|audience| (end.id, audience)).collect();
        let mut told = broadcasts::messages(tx, &wanted).await?;
        told.retain(|((_, (org, _)), words)| says_no(&words.message, org, &directory));
        if told.is_empty() {
            return Ok(());
        }
        let situation = incidents::situation(tx, now).await?;
        let lane = Lane::of_order(end.lane).unwrap_or(Lane::Routine);
        for ((_, (org, locale)), words) in told {
            let language = words.message.words().locale;
            let new = self.write_topic(&topic, &org, &situation, &directory, language);
            if new.is_none_or(|new| says_no(&new, &org, &directory)) {
                continue;
            }
            for channel in Channel::ALL {
                let life = Duration::from_std(lifetime(*channel, lane)).unwrap_or_default();
                let anew = Anew { channel: *channel, due_at: now + AFTER_PAGE, deadline_at: now + life };
                overtaking::tell_anew(tx, &end, (&org, &locale), anew).await?;
            }
        }
        self.forget_counts(end.id);
        Ok(())
    }
}

/// Whether the answer of a message is "do not come".
fn says_no(message: &Message, org: &OrgCode, directory: &Directory) -> bool {
    let Some(kind) = directory.get(org).map(|org| org.kind) else { return false };
    let no = attend_text(kind, Some("do_not_come"), HeadlineState::Closed, message.words());
    message.headline.contains(no)
}
