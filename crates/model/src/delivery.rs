//! A delivery: one message to one destination, and what became of it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A chat or mail service, spelled as the `notification` step's properties spell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Service {
    /// DingTalk (钉钉).
    Dingding,
    /// Slack.
    Slack,
}

/// What became of a message, by the service's own word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Outcome {
    /// The service said that it has it.
    Delivered,
    /// The service took it and will deliver later.
    Accepted,
    /// Refused for now: too many messages.
    RateLimited,
    /// Failed in a way that may pass: the message did not arrive.
    Transient,
    /// Refused for good.
    Permanent,
    /// Sent, and no answer: it may have arrived.
    Unknown,
}

/// One message to one destination. Never holds the URL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Delivery {
    /// The service.
    pub service: Service,
    /// The destination without its secret part, such as `https://hooks.slack.com/…#3fa9c1`.
    pub destination: String,
    /// What became of it.
    pub outcome: Outcome,
    /// How often it was sent or tried.
    pub attempts: u32,
    /// The HTTP status of the last answer.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub http_status: Option<u16>,
    /// The service's own code in the last answer: Slack's word, DingTalk's `errcode`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub service_code: Option<String>,
    /// How long the last attempt took, in milliseconds.
    pub latency_ms: u64,
    /// What happened and what to do about it, in the user's language; empty when it was delivered.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub message: String,
}

// === impl Service ===

impl Service {
    /// All services, in the order a `notification` step sends.
    pub const ALL: [Self; 2] = [Self::Dingding, Self::Slack];

    /// KubeVela's spelling: the key in the step's properties.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Dingding => "dingding",
            Self::Slack => "slack",
        }
    }

    /// The name that people know.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Dingding => "DingTalk",
            Self::Slack => "Slack",
        }
    }
}

impl fmt::Display for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

// === impl Outcome ===

impl Outcome {
    /// True when the message is where it should be.
    #[must_use]
    pub const fn is_success(self) -> bool {
        match self {
            Self::Delivered | Self::Accepted => true,
            Self::RateLimited | Self::Transient | Self::Permanent | Self::Unknown => false,
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}
