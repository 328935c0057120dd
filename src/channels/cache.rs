//! Telling the cache in front (a CDN) that pages are out of date, by their
//! surrogate keys, as Fastly takes it: `POST` to the purge address with the
//! keys in one header (its API reference, "Purging", batch of keys).

use http::{HeaderName, HeaderValue};
use url::Url;

use super::http::{Failure, Web, ask, base};
use super::{ChannelError, init_tls};
use crate::domain::org::OrgCode;

/// The most keys in one request that Fastly takes.
pub const BATCH: usize = 256;

/// Where the cache takes its orders, and the secret that it wants.
#[derive(Clone)]
pub struct Cache {
    web: Web,
    url: Url,
    token: Option<(HeaderName, HeaderValue)>,
}

impl Cache {
    /// `header` names the header that carries the token, such as `Fastly-Key`.
    pub fn new(url: &str, header: &str, token: Option<&str>) -> Result<Self, ChannelError> {
        init_tls();
        let wrong = |key: &str, why: &str| ChannelError(format!("{key} cannot be used. {why}"));
        let url = base(url).map_err(|why| wrong("purge.url", &why))?;
        let name: HeaderName =
            header.parse().map_err(|_| wrong("purge.token_header", "Use the name of a header."))?;
        let token = token.map(|token| {
            let mut value = HeaderValue::from_str(token)
                .map_err(|_| wrong("purge.token", "It holds characters that a header cannot."))?;
            value.set_sensitive(true);
            Ok::<_, ChannelError>((name, value))
        });
        Ok(Self { web: Web::new()?, url, token: token.transpose()? })
    }

    /// Has the cache forget the pages of up to [`BATCH`] organisations. The
    /// error says why it did not, without any secret.
    pub async fn purge(&self, codes: &[OrgCode]) -> Result<(), String> {
        let keys = codes.iter().map(OrgCode::as_str).collect::<Vec<_>>().join(" ");
        let mut request = self.web.post(self.url.clone()).header("surrogate-key", keys);
        if let Some((name, value)) = &self.token {
            request = request.header(name, value.clone());
        }
        match ask(request).await {
            Ok(answer) if answer.is_success() => Ok(()),
            Ok(answer) => Err(format!("The cache answered {}.", answer.status)),
            Err(Failure::NotSent(why) | Failure::Lost(why)) => Err(why),
        }
    }
}
