//! By which ways a courier sends, and which of them rest.

use std::sync::PoisonError;

use chrono::{DateTime, Utc};

use super::courier::Courier;
use super::pace::Load;
use super::{ending, prober};
use crate::channels::{Channels, SEND_TIMEOUT, Trouble, Way, scope};
use crate::desk::Result;
use crate::domain::delivery::{Lane, Pause};
use crate::store::claims::{self, Takes};
use crate::store::{Tx, pauses};

/// How often a correction is tried by a provider that wants to be left alone: nobody has
/// to wait for a day because of what it said once.
const TRY: chrono::Duration = chrono::Duration::minutes(1);

impl Courier {
    /// The ways by which messages may leave now. Who does not answer is left at
    /// once, and not when the attempts there end.
    pub(super) async fn ways(&self, tx: &mut Tx, load: Load, now: DateTime<Utc>) -> Result<Vec<Way>> {
        let window = load.window.saturating_sub(load.busy);
        let Some(channels) = &self.channels else {
            return Ok(vec![Way::only(window)]);
        };
        for name in channels.hanging(self.channel) {
            let reason = "It does not answer.".into();
            let trouble = Trouble { reason, after: SEND_TIMEOUT, guessed: true, wished: false };
            self.let_rest(tx, &name, &trouble, now).await?;
        }
        let pauses = pauses::all(tx).await?;
        let mut ways = channels.ways(self.channel, load.window, &pauses, now);
        if ways.iter().all(|way| !way.leads)
            && let Some(scope) = self.scope_to_try(channels, &pauses, now)
            && claims::most_urgent(tx, self.channel, self.lanes, now).await? == Some(Lane::Correction)
            && let Some(way) = channels.way_for_corrections(self.channel, &scope)
        {
            self.tried.lock().unwrap_or_else(PoisonError::into_inner).insert(scope, now);
            ways.push(way);
        }
        for way in ways.iter_mut().filter(|way| way.provider.is_none()) {
            way.room = window;
        }
        Ok(ways)
    }

    /// Has a provider rest; longer each time when nobody said for how long.
    pub(super) async fn let_rest(
        &self,
        tx: &mut Tx,
        name: &str,
        trouble: &Trouble,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let scope = scope(self.channel, name);
        let account = self.channels.as_ref().and_then(|c| c.account(self.channel, name));
        let mut before = pauses::find(tx, &scope).await?;
        if before.as_ref().is_some_and(|p| !p.is_of(account.as_deref())) {
            pauses::end(tx, &scope).await?;
            before = None;
        }
        if before.as_ref().is_some_and(|p| !p.is_over(now)) && trouble.guessed {
            return Ok(());
        }
        let fails = before.as_ref().map_or(0, |p| p.fails);
        let after = if trouble.guessed { ending::longer(trouble.after, fails) } else { trouble.after };
        let until = ending::after(now, after);
        // One that answers and takes nothing is asked later and later.
        let ask_at = ending::after(now, ending::longer(prober::ASK, fails));
        let ask_at = Some(ask_at).filter(|at| !trouble.wished && *at < until);
        pauses::pause(tx, &scope, (until, ask_at), &trouble.reason, now).await?;
        pauses::set_account(tx, &scope, account.as_deref()).await?;
        let (minutes, reason) = (after.as_secs() / 60, &trouble.reason);
        if before.is_some_and(|p| p.reason == *reason) {
            tracing::debug!(%scope, %reason, %until, "a provider goes on resting");
        } else if minutes >= 15 {
            // What lasts needs a person.
            tracing::error!(%scope, %reason, %until, "a provider cannot be used; see signpost check");
        } else {
            tracing::warn!(%scope, %reason, %until, "a provider rests");
        }
        Ok(())
    }

    /// A provider that wants to be left alone, and was not tried with a correction lately.
    fn scope_to_try(&self, channels: &Channels, pauses: &[Pause], now: DateTime<Utc>) -> Option<String> {
        let tried = self.tried.lock().unwrap_or_else(PoisonError::into_inner);
        let may_be = |p: &&Pause| {
            let is_long = p.ask_at.is_none() && !p.trial && p.until > now + TRY;
            is_long && tried.get(&p.scope).is_none_or(|at| *at + TRY <= now)
        };
        let names = channels.names(self.channel);
        let own = names.iter().map(|name| scope(self.channel, name));
        own.filter_map(|own| pauses.iter().find(|p| p.scope == own && may_be(p)))
            .map(|p| p.scope.clone())
            .next()
    }

    /// Whether a way leaves what its account may send to another channel of the same
    /// account, where something more urgent is due.
    pub(super) async fn yields(&self, tx: &mut Tx, way: &Way, now: DateTime<Utc>) -> Result<bool> {
        let (Some(channels), Some(name)) = (&self.channels, &way.provider) else { return Ok(false) };
        // What one of several is left with is not urgent.
        if !way.leads || !channels.shares_account(self.channel, name) {
            return Ok(false);
        }
        let lane = claims::most_urgent(tx, self.channel, self.lanes, now).await?;
        Ok(channels.yields(self.channel, name, lane))
    }
}

/// What a way takes: while another is well, no message goes twice in a row to
/// one that did not take it, so that nobody is the trial of a provider for ever.
pub(super) fn takes(way: &Way, ways: &[Way]) -> Takes {
    let another = ways.iter().any(|other| !other.trial && other.provider != way.provider);
    match (way.leads, another) {
        (true, true) => Takes::Fresh,
        (true, false) => Takes::All,
        (false, _) if way.trial => Takes::Pinned,
        (false, _) => Takes::Others,
    }
}
