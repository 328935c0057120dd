//! A stop still holds while the connection for a request is made: its content is
//! not handed over, and a request without its content is nothing to the far side
//! (RFC 9112, section 8).

use std::error::Error;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use reqwest::RequestBuilder;

use crate::domain::delivery::{Halt, Outcome};

tokio::task_local! {
    /// Of the attempt that is being made.
    static GATE: Gate;
}

#[derive(Clone, Default)]
struct Gate {
    halt: Halt,
    /// It kept the content of a request back.
    has_shut: Arc<AtomicBool>,
}

/// Makes an attempt whose requests hand nothing over once it is stopped.
pub(super) async fn within(halt: &Halt, attempt: impl Future<Output = Outcome>) -> Outcome {
    let gate = Gate { halt: halt.clone(), ..Gate::default() };
    let outcome = GATE.scope(gate.clone(), attempt).await;
    if gate.has_shut.load(Ordering::Relaxed) { Outcome::Stopped } else { outcome }
}

/// The same request; inside [`within`] its content stands behind the gate.
pub(super) fn gated(request: RequestBuilder) -> reqwest::Result<RequestBuilder> {
    let Ok(gate) = GATE.try_with(Gate::clone) else { return Ok(request) };
    let (client, request) = request.build_split();
    let mut request = request?;
    if let Some(content) = request.body_mut().take() {
        *request.body_mut() = Some(reqwest::Body::wrap(Content { content, gate }));
    }
    Ok(RequestBuilder::from_parts(client, request))
}

/// What a request hands over, all at once.
struct Content {
    content: reqwest::Body,
    gate: Gate,
}

impl Body for Content {
    type Data = Bytes;
    type Error = Box<dyn Error + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if self.gate.halt.is_called() {
            self.gate.has_shut.store(true, Ordering::Relaxed);
            return Poll::Ready(Some(Err("it was stopped".into())));
        }
        Pin::new(&mut self.content).poll_frame(cx).map_err(Into::into)
    }

    fn size_hint(&self) -> SizeHint {
        self.content.size_hint()
    }

    fn is_end_stream(&self) -> bool {
        self.content.is_end_stream()
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncReadExt;
    use tokio::net::TcpListener;

    use super::super::http::{Web, ask};
    use super::super::init_tls;
    use super::*;

    /// What arrives of a request with this content.
    async fn arrives(halt: Halt, content: &'static str) -> (Outcome, String) {
        init_tls();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let place = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
        let request = Web::new().unwrap().post(place).body(content);
        let server = tokio::spawn(async move {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut all = Vec::new();
            let ended = socket.read_to_end(&mut all);
            let _ = tokio::time::timeout(std::time::Duration::from_millis(500), ended).await;
            String::from_utf8(all).unwrap()
        });
        let outcome = within(&halt, async {
            let taken = ask(request).await.is_ok();
            Outcome::Unclear { reason: taken.to_string() }
        });
        (outcome.await, server.await.unwrap())
    }

    #[tokio::test]
    async fn what_was_stopped_while_a_connection_was_made_hands_nothing_over() {
        let (outcome, arrived) = arrives(Halt::default(), "To=%2B447700900123").await;
        assert!(matches!(outcome, Outcome::Unclear { .. }), "{outcome:?}");
        assert!(arrived.contains("content-length: 18") && arrived.contains("900123"), "{arrived}");
        assert!(!arrived.contains("chunked"), "{arrived}");
        let halt = Halt::default();
        halt.call();
        let (outcome, arrived) = arrives(halt, "To=%2B447700900123").await;
        assert_eq!(outcome, Outcome::Stopped);
        assert!(!arrived.contains("900123"), "{arrived}");
    }
}
