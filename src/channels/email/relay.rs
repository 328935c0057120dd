//! The mail server that mail is handed to: its address, and open sessions.
//!
//! Sessions are driven command by command, not through lettre's transport,
//! because only the stage that failed tells whether a message may have been
//! taken; and lettre's transport waits for replies without any limit.
//!
//! The connections are our own, with Nagle's delay off: a command is one small
//! write, and with the delay each waits for the acknowledgement of the one
//! before, which the far side holds back for 40 ms.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, AsyncTokioStream, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use rustls_platform_verifier::ConfigVerifierExt;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Instant;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use url::{Host, Url};

use super::super::{CONNECT_TIMEOUT, ChannelError};
use super::session::Session;
use super::{Fault, Stage};

/// Servers close idle sessions after minutes; well before that they are not
/// used again.
const IDLE: Duration = Duration::from_secs(20);
/// Sessions kept open between messages.
const MAX_IDLE: usize = 64;
/// Messages in one session; many hosts end one after 100.
const MAX_USES: u32 = 100;

pub(super) struct Relay {
    host: String,
    port: u16,
    tls: Tls,
    credentials: Option<Credentials>,
    hello: ClientId,
    idle: Mutex<Vec<Session>>,
}

enum Tls {
    None,
    /// STARTTLS when it is offered: no protection from somebody who removes the offer.
    Opportunistic(TlsParameters),
    /// STARTTLS or nothing.
    Required(TlsParameters),
    /// From the first byte.
    Implicit(Arc<ClientConfig>, ServerName<'static>),
}

impl Relay {
    /// Reads a setting such as `smtp://user:pass@host:587?tls=required`.
    pub(super) fn parse(text: &str) -> Result<Self, ChannelError> {
        let wrong = |what: &str| {
            ChannelError(format!(
                "email.url {what}; write it like smtp://user:password@mail.example.org:587?tls=required"
            ))
        };
        let url = Url::parse(text.trim()).map_err(|_| wrong("is not an address"))?;
        let host = match url.host() {
            // The scheme is not one that `url` knows, so a number stays text.
            Some(Host::Domain(name)) if !name.is_empty() => name.to_owned(),
            Some(Host::Ipv4(ip)) => ip.to_string(),
            Some(Host::Ipv6(ip)) => ip.to_string(),
            _ => return Err(wrong("has no host")),
        };
        let mut asked = None;
        for (name, value) in url.query_pairs() {
            match name.as_ref() {
                "tls" => asked = Some(value.into_owned()),
                other => return Err(wrong(&format!("has an unknown part \"{other}\""))),
            }
        }
        let parameters = || TlsParameters::new(host.clone()).map_err(|_| no_tls());
        let (tls, port) = match (url.scheme(), asked.as_deref()) {
            ("smtps", None | Some("required")) => (implicit(&host)?, 465),
            ("smtp", None | Some("required")) => (Tls::Required(parameters()?), 587),
            ("smtp", Some("opportunistic")) => (Tls::Opportunistic(parameters()?), 587),
            ("smtp", Some("none")) => (Tls::None, 25),
            ("smtp" | "smtps", _) => return Err(wrong("has an unknown value of \"tls\"")),
            _ => return Err(wrong("has to begin with smtp:// or smtps://")),
        };
        let local = host == "localhost" || host.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback());
        let credentials = credentials(&url).map_err(wrong)?;
        if credentials.is_some() && !local && matches!(tls, Tls::None) {
            return Err(wrong("would send the password over the network unencrypted"));
        }
        let port = url.port().unwrap_or(port);
        Ok(Self { host, port, tls, credentials, hello: ClientId::default(), idle: Mutex::default() })
    }

    /// "mail.example.org:587", for operators.
    pub(super) fn name(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// A session that was used before and may still be open.
    pub(super) fn take(&self) -> Option<Session> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(|session| session.since.elapsed() < IDLE);
        idle.pop()
    }

    /// Keeps a session for the next message. It has to be between messages.
    pub(super) fn keep(&self, mut session: Session) {
        session.used += 1;
        session.since = Instant::now();
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if session.used < MAX_USES && idle.len() < MAX_IDLE {
            idle.push(session);
        }
    }

    /// Connects, encrypts and signs in, with the stage reached in `stage`.
    pub(super) async fn open(&self, stage: &mut Stage) -> Result<Session, Fault> {
        *stage = Stage::Connect;
        let socket = self.connect().await?;
        let stream: Box<dyn AsyncTokioStream> = match &self.tls {
            Tls::Implicit(config, name) => {
                *stage = Stage::Encrypt;
                let connector = TlsConnector::from(Arc::clone(config));
                Box::new(Encrypted(connector.connect(name.clone(), socket).await?))
            }
            _ => Box::new(socket),
        };
        let mut line = AsyncSmtpConnection::connect_with_transport(stream, &self.hello).await?;
        match &self.tls {
            Tls::Required(parameters) => self.encrypt(&mut line, parameters, stage).await?,
            Tls::Opportunistic(parameters) if line.can_starttls() => {
                self.encrypt(&mut line, parameters, stage).await?;
            }
            _ => {}
        }
        if let Some(credentials) = &self.credentials {
            *stage = Stage::SignIn;
            line.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        let encrypted = line.is_encrypted() || matches!(self.tls, Tls::Implicit(..));
        Session::new(line, encrypted, &self.hello).await
    }

    /// A connection without Nagle's delay, to the first address that answers.
    async fn connect(&self) -> Result<TcpStream, Fault> {
        let mut last = Fault::Lost("its name has no address".into());
        for address in tokio::net::lookup_host((self.host.as_str(), self.port)).await? {
            match tokio::time::timeout(CONNECT_TIMEOUT, TcpStream::connect(address)).await {
                Ok(Ok(socket)) => {
                    socket.set_nodelay(true)?;
                    return Ok(socket);
                }
                Ok(Err(error)) => last = error.into(),
                Err(_) => last = Fault::Lost("it took too long".into()),
            }
        }
        Err(last)
    }

    async fn encrypt(
        &self,
        line: &mut AsyncSmtpConnection,
        parameters: &TlsParameters,
        stage: &mut Stage,
    ) -> Result<(), Fault> {
        *stage = Stage::Encrypt;
        Ok(line.starttls(parameters.clone(), &self.hello).await?)
    }
}

fn no_tls() -> ChannelError {
    ChannelError("TLS cannot be used for email; install CA certificates.".into())
}

/// TLS from the first byte, checked against the machine's CA certificates.
fn implicit(host: &str) -> Result<Tls, ChannelError> {
    let config = ClientConfig::with_platform_verifier().map_err(|_| no_tls())?;
    let name = ServerName::try_from(host.to_owned()).map_err(|_| no_tls())?;
    Ok(Tls::Implicit(Arc::new(config), name))
}

/// A connection that is encrypted from the first byte, as lettre takes it.
#[derive(Debug)]
struct Encrypted(TlsStream<TcpStream>);

impl AsyncTokioStream for Encrypted {
    fn peer_addr(&self) -> std::io::Result<std::net::SocketAddr> {
        self.0.get_ref().0.peer_addr()
    }
}

impl AsyncRead for Encrypted {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, buf)
    }
}

impl AsyncWrite for Encrypted {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}

/// User and password of the address, decoded.
fn credentials(url: &Url) -> Result<Option<Credentials>, &'static str> {
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        ("", Some(_)) => Err("has a password but no user"),
        (_, None) => Err("has a user but no password"),
        (user, Some(password)) => {
            let wrong = "has a user or password that is not percent-encoded UTF-8";
            let user = decoded(user).ok_or(wrong)?;
            Ok(Some(Credentials::new(user, decoded(password).ok_or(wrong)?)))
        }
    }
}

/// Undoes percent-encoding (RFC 3986, 2.1).
fn decoded(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut out = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let digits = [bytes.next()?, bytes.next()?];
        out.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Relay, String> {
        super::super::super::init_tls();
        Relay::parse(text).map_err(|e| e.0)
    }

    #[test]
    fn tls_is_required_unless_told_otherwise() {
        for (text, port, kind) in [
            ("smtp://mail.example.org", 587, "required"),
            ("smtp://mail.example.org:2525?tls=required", 2525, "required"),
            ("smtp://mail.example.org?tls=opportunistic", 587, "opportunistic"),
            ("smtp://mail.example.org?tls=none", 25, "none"),
            ("smtps://mail.example.org", 465, "implicit"),
        ] {
            let relay = parse(text).unwrap();
            let found = match relay.tls {
                Tls::None => "none",
                Tls::Opportunistic(_) => "opportunistic",
                Tls::Required(_) => "required",
                Tls::Implicit(..) => "implicit",
            };
            assert_eq!((relay.port, found), (port, kind), "{text}");
        }
    }

    #[test]
    fn user_and_password_are_decoded() {
        let relay = parse("smtps://me%40example.org:p%3Ass%2Fw%25rd+1@mail.example.org").unwrap();
        let wanted = Credentials::new("me@example.org".into(), "p:ss/w%rd+1".into());
        assert!(relay.credentials == Some(wanted));
        assert!(parse("smtp://u:p@127.0.0.1:25?tls=none").is_ok());
        assert!(parse("smtp://u:p@[::1]:25?tls=none").is_ok());
    }

    #[test]
    fn wrong_settings_say_what_to_write_and_keep_the_password() {
        for (text, what) in [
            ("mail.example.org", "is not an address"),
            ("https://mail.example.org", "begin with smtp://"),
            ("smtp://", "has no host"),
            ("smtp://mail.example.org?tls=maybe", "unknown value of \"tls\""),
            ("smtps://mail.example.org?tls=none", "unknown value of \"tls\""),
            ("smtp://mail.example.org?ssl=1", "unknown part \"ssl\""),
            ("smtp://hunter2@mail.example.org", "a user but no password"),
            ("smtp://u:hunter2%zz@mail.example.org", "not percent-encoded"),
            ("smtp://u:hunter2@mail.example.org?tls=none", "unencrypted"),
        ] {
            let error = parse(text).err().unwrap();
            assert!(error.contains(what) && !error.contains("hunter2"), "{text}: {error}");
        }
    }
}
