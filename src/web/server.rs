//! The accept loop: who is let in, for how long, and who makes room; and what hyper answers.
//!
//! `axum::serve` has no time-outs and no limit: slow and idle connections stay
//! until the descriptors run out, and then nobody comes in. Here everybody is
//! let in, and when it is full, whoever has been quiet for longest makes room.
//! Addresses play no part: 5,000 readers may sit behind one hospital's.

use std::convert::Infallible;
use std::future::{Future, Ready, ready};
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use bytes::Bytes;
use futures_util::future::Either;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::Service;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tower::Service as _;

use super::connections::{Connections, Watch, Watched};
use super::metrics::Answers;
use super::{Web, direct, hot};

/// Connections that wait to be accepted; the kernel may hold it to fewer.
const BACKLOG: u32 = 4096;
/// Buffered for each connection at most, in bytes; so the longest head too.
const BUFFER: usize = 16 * 1024;
/// How often connections that should end are looked for.
const SWEEP: Duration = Duration::from_secs(1);
/// How long requests under way may take when the server stops.
const FAREWELL: Duration = Duration::from_secs(2);
/// Files and connections of our own that need descriptors too: the database,
/// the log, what we send.
const OTHER_DESCRIPTORS: usize = 160;
/// One in so many of all connections may belong to staff and health checks that
/// are being answered: these make no room.
const RESERVE: usize = 8;
/// Where staff, their programs and those who watch the server go.
const STAFF: &[&str] = &["/api/", "/board", "/desk", "/health/", "/hooks/", "/sign-"];

/// Takes the address.
pub fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// How many connections may be open: as many as are set, or as the process has
/// descriptors for.
pub fn most_connections(set: usize) -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"));
    let descriptors: Option<usize> =
        line.and_then(|line| line.split_whitespace().next()).and_then(|n| n.parse().ok());
    let possible = descriptors.map_or(set, |all| all.saturating_sub(OTHER_DESCRIPTORS).max(all / 2));
    if possible < set {
        tracing::warn!(set, possible, "too few open files are allowed for all connections; raise ulimit -n");
    }
    set.min(possible).max(1)
}

/// What all connections share.
struct Server {
    web: Web,
    router: Router,
    reserve: Arc<Semaphore>,
    answers: Answers,
    http: http1::Builder,
}

/// Serves until told to stop; then lets what is under way finish.
pub async fn serve(listener: TcpListener, web: Web, router: Router, most: usize, stop: CancellationToken) {
    let mut http = http1::Builder::new();
    // No timer for each request: `Connections` looks after time.
    http.half_close(false).header_read_timeout(None).max_buf_size(BUFFER);
    let reserve = Arc::new(Semaphore::new(most.div_ceil(RESERVE)));
    let server = Arc::new(Server { web, router, reserve, answers: Answers::default(), http });
    let mut connections = Connections::new(most);
    let mut sweep = tokio::time::interval(SWEEP);
    loop {
        tokio::select! {
            () = stop.cancelled() => break,
            _ = sweep.tick() => connections.end_idle(),
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => connections.admit(|watch| tokio::spawn(Arc::clone(&server).talk(stream, watch))),
                Err(error) => {
                    // Out of descriptors, or the client has gone already.
                    tracing::debug!(%error, "a connection was not accepted");
                    connections.make_room();
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
            },
        }
    }
    drop(listener);
    connections.finish(FAREWELL).await;
}

impl Server {
    async fn talk(self: Arc<Self>, mut stream: TcpStream, watch: Arc<Watch>) {
        let _ = stream.set_nodelay(true);
        let Web { desk, site, .. } = &self.web;
        let pages = (site.as_ref(), &self.answers);
        let read = match direct::talk(&mut stream, &watch, BUFFER, pages, || desk.now()).await {
            Ok(Some(read)) => read,
            Ok(None) => return,
            Err(error) => return tracing::debug!(%error, "a connection ended early"),
        };
        let io = Watched::new(read, stream, Arc::clone(&watch));
        let talk = Talk { server: Arc::clone(&self), watch };
        if let Err(error) = self.http.serve_connection(io, talk).await {
            tracing::debug!(%error, "a connection ended early");
        }
    }
}

/// Answers the requests of one connection.
struct Talk {
    server: Arc<Server>,
    watch: Arc<Watch>,
}

type Answer = Result<Response<http_body_util::Either<Full<Bytes>, Body>>, Infallible>;

impl Service<Request<Incoming>> for Talk {
    type Response = Response<http_body_util::Either<Full<Bytes>, Body>>;
    type Error = Infallible;
    type Future = Either<Ready<Answer>, Pin<Box<dyn Future<Output = Answer> + Send>>>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        let Web { desk, site, .. } = &self.server.web;
        if let Some(found) = hot::answer(site, desk.now(), &request) {
            self.server.answers.from_memory(found.status() == StatusCode::NOT_MODIFIED);
            return Either::Left(ready(Ok(found.map(http_body_util::Either::Left))));
        }
        let path = request.uri().path();
        let staff = STAFF.iter().any(|start| path.starts_with(start));
        let place = if staff { Arc::clone(&self.server.reserve).try_acquire_owned().ok() } else { None };
        let busy = self.watch.busy(place.is_some());
        let mut router = self.server.router.clone();
        let began = Instant::now();
        Either::Right(Box::pin(async move {
            let Ok(answer) = router.call(request).await;
            drop((busy, place));
            Answers::from_router(answer.status().as_u16(), began.elapsed());
            Ok(answer.map(http_body_util::Either::Right))
        }))
    }
}
