//! The open connections: what each is doing, and which of them ends when.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::task::{AbortHandle, JoinHandle};
use tokio::time::Instant;

/// How long a new connection may take to send its first request.
const FIRST_REQUEST: Duration = Duration::from_secs(10);
/// How long a connection may be quiet after that. A proxy in front should keep
/// its idle connections for less, so that it never writes into one that ends.
const IDLE: Duration = Duration::from_secs(30);
/// How many make room at once: one in so many of all.
const BATCH: usize = 64;

/// What one connection is doing. A connection is quiet from when it came in, or
/// from when it last took some bytes of an answer: what it sends does not
/// count, so sending slowly is of no use.
pub struct Watch {
    epoch: Instant,
    /// In milliseconds since the epoch.
    quiet_since: AtomicU64,
    answered: AtomicBool,
    /// A request is under way in the router, which has its own time limit.
    busy: AtomicBool,
    /// It makes no room for others while it is busy.
    kept: AtomicBool,
}

impl Watch {
    fn new(epoch: Instant) -> Self {
        let it = Self {
            epoch,
            quiet_since: AtomicU64::new(0),
            answered: AtomicBool::new(false),
            busy: AtomicBool::new(false),
            kept: AtomicBool::new(false),
        };
        it.touch();
        it
    }

    fn touch(&self) {
        self.quiet_since.store(millis(self.epoch.elapsed()), Relaxed);
    }

    /// Says that some bytes of an answer were taken.
    pub fn wrote(&self) {
        self.touch();
        self.answered.store(true, Relaxed);
    }

    /// Says that a request is under way, until the guard is dropped.
    pub fn busy(self: &Arc<Self>, kept: bool) -> Busy {
        self.kept.store(kept, Relaxed);
        self.busy.store(true, Relaxed);
        Busy(Arc::clone(self))
    }

    fn is_over(&self, now: u64) -> bool {
        let limit = if self.answered.load(Relaxed) { IDLE } else { FIRST_REQUEST };
        !self.busy.load(Relaxed) && now.saturating_sub(self.quiet_since.load(Relaxed)) >= millis(limit)
    }
}

/// A request under way.
pub struct Busy(Arc<Watch>);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.touch();
        self.0.busy.store(false, Relaxed);
        self.0.kept.store(false, Relaxed);
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// All open connections.
pub struct Connections {
    epoch: Instant,
    most: usize,
    open: Vec<(Arc<Watch>, AbortHandle)>,
}

impl Connections {
    pub fn new(most: usize) -> Self {
        Self { epoch: Instant::now(), most, open: Vec::new() }
    }

    /// Lets one in; somebody else makes room when it is full.
    pub fn admit(&mut self, start: impl FnOnce(Arc<Watch>) -> JoinHandle<()>) {
        if self.open.len() >= self.most {
            self.forget_ended();
        }
        if self.open.len() >= self.most {
            self.make_room();
        }
        let watch = Arc::new(Watch::new(self.epoch));
        let handle = start(Arc::clone(&watch)).abort_handle();
        self.open.push((watch, handle));
    }

    fn forget_ended(&mut self) {
        self.open.retain(|(_, handle)| !handle.is_finished());
    }

    /// Ends those that have been quiet for longest.
    pub fn make_room(&mut self) {
        self.forget_ended();
        // Times go on while this looks, so each is read once.
        let free = self.open.iter().filter(|(watch, _)| !watch.kept.load(Relaxed));
        let mut times: Vec<u64> = free.map(|(watch, _)| watch.quiet_since.load(Relaxed)).collect();
        times.sort_unstable();
        let Some(last) = times.get(self.most.div_ceil(BATCH) - 1).or(times.last()).copied() else { return };
        let mut ending = self.most.div_ceil(BATCH);
        self.open.retain(|(watch, handle)| {
            let quiet = !watch.kept.load(Relaxed) && watch.quiet_since.load(Relaxed) <= last;
            let over = quiet && ending > 0;
            if over {
                ending -= 1;
                handle.abort();
            }
            !over
        });
    }

    /// Ends those that have had their time.
    pub fn end_idle(&mut self) {
        let now = millis(self.epoch.elapsed());
        self.open.retain(|(watch, handle)| {
            let over = watch.is_over(now);
            if over {
                handle.abort();
            }
            !over && !handle.is_finished()
        });
        metrics::gauge!(super::metrics::CONNECTIONS).set(self.open.len() as f64);
    }

    /// Waits for the requests under way, and ends everything else.
    pub async fn finish(mut self, at_most: Duration) {
        const LOOK: Duration = Duration::from_millis(20);
        let until = Instant::now() + at_most;
        loop {
            let now = millis(self.epoch.elapsed());
            self.open.retain(|(watch, handle)| {
                // An answer that was just given may still be on its way out.
                let quiet = now.saturating_sub(watch.quiet_since.load(Relaxed)) > 2 * millis(LOOK);
                let over = quiet && !watch.busy.load(Relaxed);
                if over {
                    handle.abort();
                }
                !over && !handle.is_finished()
            });
            if self.open.is_empty() || Instant::now() >= until {
                break;
            }
            tokio::time::sleep(LOOK).await;
        }
        self.open.iter().for_each(|(_, handle)| handle.abort());
    }
}

/// A connection that notes when it takes bytes.
pub struct Watched {
    /// What was read of it before, and is read first.
    read: Vec<u8>,
    io: TokioIo<TcpStream>,
    watch: Arc<Watch>,
}

impl Watched {
    pub fn new(read: Vec<u8>, stream: TcpStream, watch: Arc<Watch>) -> Self {
        Self { read, io: TokioIo::new(stream), watch }
    }

    fn noted(&self, wrote: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if let Poll::Ready(Ok(1..)) = wrote {
            self.watch.wrote();
        }
        wrote
    }
}

impl Read for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        mut buf: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        if !self.read.is_empty() {
            let room = self.read.len().min(buf.remaining());
            let rest = self.read.split_off(room);
            buf.put_slice(&self.read);
            self.read = rest;
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.io).poll_read(cx, buf)
    }
}

impl Write for Watched {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let wrote = Pin::new(&mut self.io).poll_write(cx, buf);
        self.noted(wrote)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let wrote = Pin::new(&mut self.io).poll_write_vectored(cx, bufs);
        self.noted(wrote)
    }
}
