//! Wake-ups inside one process. A missed one only delays: every worker also
//! looks by itself.

use std::sync::Arc;

use tokio::sync::Notify;

/// Rung after a commit.
#[derive(Debug, Clone, Default)]
pub struct Signals {
    /// What is said has changed; pages may be behind.
    pub pages: Arc<Notify>,
    /// There may be something to send.
    pub outbox: Arc<Notify>,
}

impl Signals {
    pub fn ring(&self) {
        self.pages.notify_one();
        self.outbox.notify_one();
    }
}
