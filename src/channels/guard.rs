//! The way to addresses that somebody else chose: servers of social networks,
//! webhooks, push services. `domain::network` says which may be reached.
//!
//! What counts is the address that is dialled. A name is resolved here, and the
//! connection goes to one of the addresses that were judged, so a name that
//! leads elsewhere a moment later (rebinding) leads nowhere. Redirects are not
//! followed, and no proxy of the environment is used: it would dial for us.

use std::net::SocketAddr;
use std::sync::Arc;

use reqwest::RequestBuilder;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::Url;

use super::http::{self, Answer};
use super::{ChannelError, PAUSE_LONG};
use crate::domain::delivery::Outcome;
use crate::domain::network::Allowed;

const REFUSED: &str = "the address leads into a private network";

/// Two clients, because what may be dialled differs with and without TLS.
/// Cheap to clone; clones share connections.
#[derive(Clone)]
pub(super) struct Guarded {
    https: reqwest::Client,
    http: reqwest::Client,
    allowed: Arc<Allowed>,
}

/// An address that was judged as it is written.
#[derive(Debug, Clone)]
pub(super) struct Place(Url);

impl Place {
    /// With more path; each segment is escaped.
    pub(super) fn join(&self, segments: &[&str]) -> Self {
        Self(http::join(&self.0, segments))
    }

    pub(super) fn query(mut self, pairs: &[(&str, &str)]) -> Self {
        self.0.query_pairs_mut().extend_pairs(pairs);
        self
    }

    pub(super) fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl Guarded {
    pub(super) fn new(allowed: Allowed) -> Result<Self, ChannelError> {
        let allowed = Arc::new(allowed);
        let client = |with_tls| {
            let resolver = Resolver { allowed: Arc::clone(&allowed), with_tls, names: Names::System };
            http::client(|builder| builder.no_proxy().https_only(with_tls).dns_resolver(resolver))
        };
        Ok(Self { https: client(true)?, http: client(false)?, allowed })
    }

    /// Reads the address of an endpoint, which may hold a query.
    pub(super) fn place(&self, text: &str) -> Result<Place, String> {
        self.allowed.read(text).map(Place).map_err(String::from)
    }

    pub(super) fn get(&self, place: &Place) -> RequestBuilder {
        self.client(place).get(place.0.clone())
    }

    pub(super) fn post(&self, place: &Place) -> RequestBuilder {
        self.client(place).post(place.0.clone())
    }

    /// Makes one attempt there. An address that may not be reached is its owner's
    /// to put right.
    pub(super) async fn attempt(
        &self,
        text: &str,
        request: impl FnOnce(Place) -> RequestBuilder,
        judge: impl FnOnce(&Answer) -> Outcome,
    ) -> Outcome {
        match self.place(text) {
            Ok(place) => http::attempt(request(place), judge).await,
            Err(reason) => Outcome::Pause { reason, after: PAUSE_LONG },
        }
    }

    fn client(&self, place: &Place) -> &reqwest::Client {
        if place.0.scheme() == "https" { &self.https } else { &self.http }
    }
}

/// Resolves names, and gives only what may be dialled. Addresses that are
/// written as numbers never come here; [`Guarded::place`] judges those.
#[derive(Clone)]
struct Resolver {
    allowed: Arc<Allowed>,
    with_tls: bool,
    names: Names,
}

#[derive(Clone)]
enum Names {
    System,
    #[cfg(test)]
    Fixed(Vec<SocketAddr>),
}

impl Names {
    async fn ask(&self, name: &str) -> std::io::Result<Vec<SocketAddr>> {
        match self {
            Self::System => Ok(tokio::net::lookup_host((name, 0)).await?.collect()),
            #[cfg(test)]
            Self::Fixed(addresses) => Ok(addresses.clone()),
        }
    }
}

impl Resolver {
    async fn judged(self, name: String) -> std::io::Result<Vec<SocketAddr>> {
        let mut found = self.names.ask(&name).await?;
        found.retain(|at| self.allowed.may_dial(at.ip(), self.with_tls));
        if found.is_empty() { Err(std::io::Error::other(REFUSED)) } else { Ok(found) }
    }
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let judged = self.clone().judged(name.as_str().to_owned());
        Box::pin(async move { Ok(Box::new(judged.await?.into_iter()) as Addrs) })
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::super::http::{Failure, ask};
    use super::super::init_tls;
    use super::*;

    fn guarded(networks: &[&str]) -> Guarded {
        init_tls();
        Guarded::new(Allowed::parse(networks).unwrap()).unwrap()
    }

    async fn refusal(guarded: &Guarded, url: &str) -> String {
        match ask(guarded.post(&guarded.place(url).unwrap()).body("{}")).await {
            Err(Failure::NotSent(reason)) => reason,
            Err(Failure::Lost(reason)) => panic!("lost: {reason}"),
            Ok(answer) => panic!("answered {}", answer.status),
        }
    }

    /// Answers each connection with `reply` and counts them.
    async fn server(reply: &'static str) -> (u16, Arc<std::sync::atomic::AtomicUsize>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let count = Arc::new(std::sync::atomic::AtomicUsize::new(0));
        let seen = Arc::clone(&count);
        tokio::spawn(async move {
            while let Ok((mut client, _)) = listener.accept().await {
                seen.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                let mut buffer = [0; 4096];
                let _ = client.read(&mut buffer).await;
                let _ = client.write_all(reply.as_bytes()).await;
            }
        });
        (port, count)
    }

    #[tokio::test]
    async fn a_name_that_leads_inside_is_not_dialled() {
        let (port, count) = server("HTTP/1.1 204 No Content\r\n\r\n").await;
        // Allowed without TLS elsewhere, so that http:// is not refused as such.
        let elsewhere = guarded(&["10.0.0.0/8"]);
        let told = refusal(&elsewhere, &format!("http://localhost:{port}/")).await;
        assert_eq!(told, format!("No connection: {REFUSED}."));
        let told = refusal(&guarded(&[]), &format!("https://localhost:{port}/")).await;
        assert_eq!(told, format!("No connection: {REFUSED}."));
        assert_eq!(count.load(std::sync::atomic::Ordering::SeqCst), 0);
        let here = guarded(&["127.0.0.0/8"]);
        let answer = ask(here.post(&here.place(&format!("http://localhost:{port}/")).unwrap())).await;
        assert!(answer.is_ok_and(|a| a.status == 204));
    }

    #[tokio::test]
    async fn of_several_addresses_only_public_ones_are_dialled() {
        let all = ["127.0.0.1:0", "8.8.8.8:0", "[::1]:0", "[::ffff:10.0.0.1]:0", "[2606:4700::1]:0"];
        let resolver = |with_tls, networks: &[&str]| Resolver {
            allowed: Arc::new(Allowed::parse(networks).unwrap()),
            with_tls,
            names: Names::Fixed(all.iter().map(|a| a.parse().unwrap()).collect()),
        };
        let given = |r: Resolver| async move {
            let found = r.judged("rebound.example".into()).await;
            found.map(|f| f.iter().map(ToString::to_string).collect::<Vec<_>>()).map_err(|e| e.to_string())
        };
        assert_eq!(given(resolver(true, &[])).await.unwrap(), ["8.8.8.8:0", "[2606:4700::1]:0"]);
        assert_eq!(given(resolver(false, &["10.0.0.0/8"])).await.unwrap(), ["[::ffff:10.0.0.1]:0"]);
        assert_eq!(given(resolver(false, &[])).await.unwrap_err(), REFUSED);
    }

    #[tokio::test]
    async fn a_redirect_is_not_followed() {
        let (inside, visits) = server("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
        let reply = format!(
            "HTTP/1.1 307 Moved\r\nlocation: http://127.0.0.1:{inside}/\r\ncontent-length: 0\r\n\r\n"
        );
        let (port, _) = server(Box::leak(reply.into_boxed_str())).await;
        let here = guarded(&["127.0.0.0/8"]);
        let answer = ask(here.post(&here.place(&format!("http://127.0.0.1:{port}/")).unwrap())).await;
        assert!(answer.is_ok_and(|a| a.status == 307));
        assert_eq!(visits.load(std::sync::atomic::Ordering::SeqCst), 0);
    }
}
