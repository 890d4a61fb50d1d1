//! Slack's incoming webhook: its address, its pace, and the rules for a message.
//!
//! The limits are those of Slack's Block Kit reference; the answers are the words that its webhooks reply with.

mod attachments;
mod blocks;
mod elements;
mod message;
mod pace;
mod text;

use std::borrow::Cow;

use jiff::Timestamp;
use serde_json::Value;
use url::form_urlencoded;

pub(crate) use message::{MAX_SHOWN_CHARS, message};

use crate::{
    Pacing, Refusal, Reply,
    post::{Body, Post},
};
use pace::Bucket;

const TEAM: &str = "T0BURGEE0";
const HOOK: &str = "B0INBOX00";
const TOKEN: &str = "loopbackstandin000000001";

/// The one address that exists here. Each part is checked on its own.
pub(crate) const PATH: &str = "/services/T0BURGEE0/B0INBOX00/loopbackstandin000000001";

/// The webhook with what it remembers.
#[derive(Debug)]
pub(crate) struct Hook {
    bucket: Option<Bucket>,
}

// === impl Hook ===

impl Hook {
    pub(crate) fn new(pacing: Pacing) -> Self {
        let bucket = match pacing {
            Pacing::Enforced => Some(Bucket::default()),
            Pacing::Off => None,
        };
        Self { bucket }
    }

    /// Slack's answer. Every request at the right address counts for the pace, refused ones too.
    pub(crate) fn answer(&mut self, post: &Post<'_>, now: Timestamp) -> Result<Reply, Refusal> {
        address(post.path)?;
        if let Some(bucket) = &mut self.bucket {
            bucket.take(now).map_err(too_fast)?;
        }
        let json = json(post)?;
        let value = serde_json::from_slice(&json)
            .map_err(|error| invalid_payload(format!("not JSON: {error}")))?;
        message(&value)?;
        Ok(Reply::slack(200, "ok"))
    }
}

/// The message in a request, to be shown: out of its form where it came in one.
pub(crate) fn payload(post: &Post<'_>) -> Value {
    match json(post) {
        Ok(json) => Body::Whole(&json).to_value(),
        Err(_) => post.body.to_value(),
    }
}

fn address(path: &str) -> Result<(), Refusal> {
    let parts: Vec<_> = path.split('/').skip(1).collect();
    let [_, team, hook, token] = parts[..] else {
        return Err(Refusal::slack(
            404,
            "no_service",
            "a webhook address ends in /services/T…/B…/…",
        ));
    };
    if team != TEAM {
        Err(Refusal::slack(404, "no_team", "no such team here"))
    } else if hook != HOOK {
        Err(Refusal::slack(404, "no_service", "no such webhook here"))
    } else if token != TOKEN {
        Err(Refusal::slack(
            403,
            "invalid_token",
            "the last part of the address is wrong",
        ))
    } else {
        Ok(())
    }
}

/// The JSON of a request: its body, or the `payload` of a form.
fn json<'a>(post: &Post<'a>) -> Result<Cow<'a, [u8]>, Refusal> {
    if !post.is_post {
        return Err(invalid_payload("only POST carries a message"));
    }
    let bytes = match post.body {
        Body::Whole(bytes) => bytes,
        Body::TooLarge => return Err(invalid_payload("the body is too large")),
        Body::Incomplete => return Err(invalid_payload("the body is not complete")),
    };
    match post.media_type().as_deref() {
        Some("application/json") => Ok(Cow::Borrowed(bytes)),
        Some("application/x-www-form-urlencoded") => {
            let payload = form_urlencoded::parse(bytes).find(|(key, _)| key == "payload");
            payload
                .map(|(_, json)| Cow::Owned(json.into_owned().into_bytes()))
                .ok_or_else(|| invalid_payload("a form without `payload`"))
        }
        Some(other) => Err(invalid_payload(format!(
            "content type {other}, not application/json"
        ))),
        None => Err(invalid_payload("no content type")),
    }
}

fn invalid_payload(reason: impl Into<String>) -> Refusal {
    Refusal::slack(400, "invalid_payload", reason)
}

fn too_fast(wait_seconds: u64) -> Refusal {
    let mut refusal = Refusal::slack(
        429,
        "rate_limited",
        "more than one message a second, and the burst is used up",
    );
    refusal.reply.retry_after = Some(wait_seconds);
    refusal
}
