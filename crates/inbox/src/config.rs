//! How an inbox is set up.

use std::{
    fmt,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};

use secrecy::SecretString;

use crate::Received;

/// Called once for each message, accepted or not, on the task that answers it: it must not block for long.
pub type OnMessage = Arc<dyn Fn(&Received) + Send + Sync>;

/// How an inbox is set up. The default listens on a free port of loopback, without a robot secret or keywords.
#[derive(Clone)]
pub struct InboxConfig {
    /// Where to listen. Port 0 takes a free one.
    pub address: SocketAddr,
    /// Listening beyond loopback is refused unless this is set: what arrives is shown to whoever asks.
    pub allow_non_loopback: bool,
    /// The DingTalk robot's signing secret (加签). When set, unsigned messages are refused.
    pub dingding_secret: Option<SecretString>,
    /// The DingTalk robot's custom keywords (自定义关键词). When there are any, a message has to contain one.
    pub dingding_keywords: Vec<String>,
    /// Whether sending too fast is refused.
    pub pacing: Pacing,
    /// Hears of each message.
    pub on_message: Option<OnMessage>,
}

/// Whether the services' limits on messages per time hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pacing {
    /// As the services do.
    #[default]
    Enforced,
    /// Take messages as fast as they come: for benchmarks.
    Off,
}

// === impl InboxConfig ===

impl Default for InboxConfig {
    fn default() -> Self {
        Self {
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            allow_non_loopback: false,
            dingding_secret: None,
            dingding_keywords: Vec::new(),
            pacing: Pacing::Enforced,
            on_message: None,
        }
    }
}

impl fmt::Debug for InboxConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InboxConfig")
            .field("address", &self.address)
            .field("allow_non_loopback", &self.allow_non_loopback)
            .field("dingding_secret", &self.dingding_secret)
            .field("dingding_keywords", &self.dingding_keywords)
            .field("pacing", &self.pacing)
            .field("on_message", &self.on_message.as_ref().map(|_| ".."))
            .finish()
    }
}
