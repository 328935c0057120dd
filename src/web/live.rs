//! What changes while it is looked at, as server-sent events (HTML, 9.2).
//!
//! Each event is a piece of HTML that takes the place of the one before, so a
//! screen is complete without script. Whoever looks at the same thing shares
//! the same piece: it is made at most twice a second, and one at a time, so that
//! however many look, the database is asked no more often.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::desk::Desk;

/// How often a piece is made anew.
const EVERY: Duration = Duration::from_millis(500);
/// A connection that is silent for longer is taken for dead by proxies.
const KEEP_ALIVE: Duration = Duration::from_secs(10);
/// Then the browser asks again, and is looked at again: whether it may.
const LONGEST: Duration = Duration::from_secs(600);
/// Pieces that nobody asked for lately are forgotten above so many.
const KEPT: usize = 64;

/// How often it is asked whether somebody who looks may still come in.
const ASK: Duration = Duration::from_secs(5);

type Piece = (Instant, Arc<str>);

/// The pieces that are looked at now. Cheap to clone.
#[derive(Clone, Default)]
pub struct Live {
    pieces: Arc<Mutex<HashMap<String, Piece>>>,
}

impl Live {
    /// The piece of that name, made with `make` when it is too old.
    async fn piece<E>(&self, name: &str, make: impl Future<Output = Result<String, E>>) -> Option<Arc<str>> {
        let mut pieces = self.pieces.lock().await;
        if let Some((made, piece)) = pieces.get(name)
            && made.elapsed() < EVERY
        {
            return Some(Arc::clone(piece));
        }
        let piece: Arc<str> = make.await.ok()?.into();
        if pieces.len() >= KEPT {
            pieces.retain(|_, (made, _)| made.elapsed() < 10 * EVERY);
        }
        pieces.insert(name.to_owned(), (Instant::now(), Arc::clone(&piece)));
        Some(piece)
    }

    /// Sends a piece now and whenever it has changed, to somebody for as long as they
    /// may come in. Whether they may see it is checked before.
    pub fn stream<F, Fut, E>(&self, (desk, reader): (Desk, Uuid), name: String, make: F) -> Response
    where
        F: Fn() -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<String, E>> + Send,
        E: Send + 'static,
    {
        let live = self.clone();
        let since = Instant::now();
        let events = stream::unfold((None::<Arc<str>>, make, since), move |(mut last, make, mut asked)| {
            let (live, name, desk) = (live.clone(), name.clone(), desk.clone());
            async move {
                while since.elapsed() < LONGEST {
                    if asked.elapsed() >= ASK {
                        if !desk.may_stay(reader).await {
                            return None;
                        }
                        asked = Instant::now();
                    }
                    if last.is_some() {
                        tokio::time::sleep(EVERY).await;
                    }
                    match live.piece(&name, make()).await {
                        Some(piece) if Some(&piece) != last.as_ref() => {
                            last = Some(Arc::clone(&piece));
                            return Some((
                                Ok::<_, Infallible>(Event::default().data(&*piece)),
                                (last, make, asked),
                            ));
                        }
                        Some(_) => {}
                        // The database is away: what is shown stays.
                        None => tokio::time::sleep(EVERY).await,
                    }
                }
                None
            }
        });
        Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response()
    }
}
