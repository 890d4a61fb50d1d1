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

use burgee_source::Text;
use jiff::Timestamp;
use serde_json::Value;
use url::form_urlencoded;

pub(crate) use message::{MAX_SHOWN_CHARS, message};

use crate::{
    Pacing, Reason, Refusal, Reply,
    post::{Body, Post, not_json},
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
        let value =
            serde_json::from_slice(&json).map_err(|error| invalid_payload(not_json(&error)))?;
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
            Text::new(
                "a webhook address ends in /services/T…/B…/…",
                "Webhook 地址应以 /services/T…/B…/… 结尾",
            ),
        ));
    };
    if team != TEAM {
        Err(Refusal::slack(
            404,
            "no_team",
            Text::new("no such team here", "这里没有这个团队"),
        ))
    } else if hook != HOOK {
        Err(Refusal::slack(
            404,
            "no_service",
            Text::new("no such webhook here", "这里没有这个 Webhook"),
        ))
    } else if token != TOKEN {
        Err(Refusal::slack(
            403,
            "invalid_token",
            Text::new(
                "the last part of the address is wrong",
                "地址的最后一段不对",
            ),
        ))
    } else {
        Ok(())
    }
}

/// The JSON of a request: its body, or the `payload` of a form.
fn json<'a>(post: &Post<'a>) -> Result<Cow<'a, [u8]>, Refusal> {
    if !post.is_post {
        return Err(invalid_payload(Text::new(
            "only POST carries a message",
            "只有 POST 能发送消息",
        )));
    }
    let bytes = match post.body {
        Body::Whole(bytes) => bytes,
        Body::TooLarge => {
            return Err(invalid_payload(Text::new(
                "the body is too large",
                "请求体过大",
            )));
        }
        Body::Incomplete => {
            return Err(invalid_payload(Text::new(
                "the body is not complete",
                "请求体不完整",
            )));
        }
    };
    match post.media_type().as_deref() {
        Some("application/json") => Ok(Cow::Borrowed(bytes)),
        Some("application/x-www-form-urlencoded") => {
            let payload = form_urlencoded::parse(bytes).find(|(key, _)| key == "payload");
            payload
                .map(|(_, json)| Cow::Owned(json.into_owned().into_bytes()))
                .ok_or_else(|| {
                    invalid_payload(Text::new(
                        "a form without `payload`",
                        "表单中没有 `payload`",
                    ))
                })
        }
        Some(other) => Err(invalid_payload(
            Reason::from(Text::new(
                "content type {other}, not application/json",
                "内容类型是 {other}，而不是 application/json",
            ))
            .arg("other", other),
        )),
        None => Err(invalid_payload(Text::new(
            "no content type",
            "没有内容类型",
        ))),
    }
}

fn invalid_payload(reason: impl Into<Reason>) -> Refusal {
    Refusal::slack(400, "invalid_payload", reason)
}

fn too_fast(wait_seconds: u64) -> Refusal {
    let mut refusal = Refusal::slack(
        429,
        "rate_limited",
        Text::new(
            "more than one message a second, and the burst is used up",
            "每秒超过一条消息，且突发额度已用完",
        ),
    );
    refusal.reply.retry_after = Some(wait_seconds);
    refusal
}
