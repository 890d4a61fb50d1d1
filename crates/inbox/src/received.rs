//! What arrived, and what was answered.

use burgee_model::Service;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::Reason;

/// One message that arrived at a service's address, taken or refused. The address itself is not kept.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Received {
    /// Counts from 1 in each inbox.
    pub number: u64,
    /// When.
    pub at: Timestamp,
    /// At whose address.
    pub service: Service,
    /// True when the service took it.
    pub accepted: bool,
    /// What was answered.
    pub reply: Reply,
    /// Which rule a refused message broke, more precisely than the service itself says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The message; a string with the text as it came where that is not JSON.
    pub body: Value,
}

/// The service's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reply {
    /// The HTTP status. DingTalk says no with 200.
    pub status: u16,
    /// The service's own code: Slack's word, DingTalk's `errcode`.
    pub code: String,
    /// The body as sent.
    pub body: String,
    /// The `Retry-After` header, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
}

/// Why a service refuses a message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {reason}", reply.code)]
pub struct Refusal {
    /// What the service answers.
    pub reply: Reply,
    /// Which rule was broken, and where; boxed, because each check hands it up.
    pub reason: Box<Reason>,
}

// === impl Reply ===

impl Reply {
    /// Slack's answers are a status and a word.
    pub(crate) fn slack(status: u16, word: &str) -> Self {
        Self {
            status,
            code: word.to_owned(),
            body: word.to_owned(),
            retry_after: None,
        }
    }

    /// DingTalk's answers are JSON under status 200, whatever they say.
    pub(crate) fn dingtalk(code: i64, message: &str) -> Self {
        Self::dingtalk_json(
            code,
            &serde_json::json!({"errcode": code, "errmsg": message}),
        )
    }

    /// The same with fields beyond the usual two.
    pub(crate) fn dingtalk_json(code: i64, body: &Value) -> Self {
        Self {
            status: 200,
            code: code.to_string(),
            body: body.to_string(),
            retry_after: None,
        }
    }
}

// === impl Refusal ===

impl Refusal {
    pub(crate) fn slack(status: u16, word: &str, reason: impl Into<Reason>) -> Self {
        Self {
            reply: Reply::slack(status, word),
            reason: Box::new(reason.into()),
        }
    }

    pub(crate) fn dingtalk(code: i64, message: &str, reason: impl Into<Reason>) -> Self {
        Self {
            reply: Reply::dingtalk(code, message),
            reason: Box::new(reason.into()),
        }
    }
}
