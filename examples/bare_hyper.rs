//! Serves one file, compressed before, over a bare hyper connection with the headers of a
//! file: what a page could cost at the least (scripts/bench pages).
//!
//!   bare_hyper ADDRESS BODY HEADERS    a header in a line, name and value with a tab between

use std::convert::Infallible;

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use hyper::service::service_fn;
use hyper::{Response, server::conn::http1};
use hyper_util::rt::TokioIo;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(address), Some(body), Some(headers)) = (args.next(), args.next(), args.next()) else {
        return Err("bare_hyper ADDRESS BODY HEADERS".into());
    };
    let body = Bytes::from(std::fs::read(body)?);
    let mut map = HeaderMap::new();
    for (name, value) in std::fs::read_to_string(headers)?.lines().filter_map(|line| line.split_once('\t')) {
        map.append(HeaderName::from_bytes(name.as_bytes())?, HeaderValue::from_str(value)?);
    }
    let listener = tokio::net::TcpListener::bind(address).await?;
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let (body, map) = (body.clone(), map.clone());
        tokio::spawn(async move {
            let answer = service_fn(|_| {
                let mut response = Response::new(Full::new(body.clone()));
                *response.headers_mut() = map.clone();
                std::future::ready(Ok::<_, Infallible>(response))
            });
            let mut http = http1::Builder::new();
            http.half_close(false).header_read_timeout(None);
            // Whoever hangs up is of no account here.
            let _ = http.serve_connection(TokioIo::new(stream), answer).await;
        });
    }
}
