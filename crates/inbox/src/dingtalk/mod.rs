//! DingTalk's custom robot: its address, its security settings, its pace, and the rules for a message.
//!
//! It says no with HTTP 200 and an `errcode`. The order of the checks is the one in which an answer is of most
//! use: who, how, how much, what.

mod keywords;
mod message;
mod pace;
mod sign;

use burgee_source::Text;
use jiff::Timestamp;
use secrecy::SecretString;
use serde_json::{Value, json};

pub(crate) use message::message;

use crate::{
    InboxConfig, Pacing, Reason, Refusal, Reply,
    post::{Body, Post, not_json},
};
use pace::Window;

/// Where messages go.
pub(crate) const PATH: &str = "/robot/send";

/// The one robot that exists here.
pub(crate) const TOKEN: &str = "b0a7f1a6b0a7f1a6b0a7f1a6b0a7f1a6b0a7f1a6b0a7f1a6b0a7f1a6b0a7f1a6";

/// How many bytes a request's body may have.
const MAX_BYTES: usize = 20_000;

/// The robot with its settings and what it remembers.
#[derive(Debug)]
pub(crate) struct Robot {
    secret: Option<SecretString>,
    keywords: Vec<String>,
    window: Option<Window>,
}

// === impl Robot ===

impl Robot {
    pub(crate) fn new(config: &InboxConfig) -> Self {
        Self {
            secret: config.dingding_secret.clone(),
            keywords: config.dingding_keywords.clone(),
            window: match config.pacing {
                Pacing::Enforced => Some(Window::default()),
                Pacing::Off => None,
            },
        }
    }

    /// DingTalk's answer. Only messages that would otherwise be delivered count for the pace; a blocked robot
    /// answers nothing else.
    pub(crate) fn answer(&mut self, post: &Post<'_>, now: Timestamp) -> Result<Reply, Refusal> {
        address(post)?;
        if let Some(window) = &mut self.window {
            window.blocked(now).map_err(|()| too_fast())?;
        }
        let value = body(post)?;
        if let Some(secret) = &self.secret {
            let timestamp = post.query_value("timestamp");
            let sign = post.query_value("sign");
            sign::verify(secret, timestamp.as_deref(), sign.as_deref(), now)?;
        }
        message(&value)?;
        keywords::check(&self.keywords, &value)?;
        if let Some(window) = &mut self.window {
            window.take(now).map_err(|()| too_fast())?;
        }
        Ok(Reply::dingtalk(0, "ok"))
    }
}

fn address(post: &Post<'_>) -> Result<(), Refusal> {
    if post.path != PATH {
        return Err(Refusal::dingtalk(
            404,
            "URI does not exist",
            Text::new("messages go to /robot/send", "消息应发送到 /robot/send"),
        ));
    }
    match post.query_value("access_token").as_deref() {
        Some(TOKEN) => Ok(()),
        Some(_) | None => Err(Refusal::dingtalk(
            300_001,
            "token is not exist",
            Text::new(
                "access_token is missing or belongs to no robot here",
                "缺少 access_token，或它不属于这里的机器人",
            ),
        )),
    }
}

fn body(post: &Post<'_>) -> Result<Value, Refusal> {
    if !post.is_post {
        return Err(no_json(Text::new(
            "only POST carries a message",
            "只有 POST 能发送消息",
        )));
    }
    if post.media_type().as_deref() != Some("application/json") {
        return Err(Refusal::dingtalk(
            43_004,
            "need Content-Type: application/json",
            Text::new(
                "the Content-Type header is missing or another",
                "Content-Type 缺失或不对",
            ),
        ));
    }
    let bytes = match post.body {
        Body::Whole(bytes) if bytes.len() <= MAX_BYTES => bytes,
        Body::Whole(_) | Body::TooLarge => {
            return Err(Refusal::dingtalk(
                460_101,
                "message too long, exceed 20000 bytes",
                Text::new(
                    "the body is longer than 20000 bytes",
                    "请求体超过 20000 字节",
                ),
            ));
        }
        Body::Incomplete => {
            return Err(no_json(Text::new(
                "the body is not complete",
                "请求体不完整",
            )));
        }
    };
    serde_json::from_slice(bytes).map_err(|error| no_json(not_json(&error)))
}

fn no_json(reason: impl Into<Reason>) -> Refusal {
    Refusal::dingtalk(40_035, "缺少参数 json", reason)
}

fn too_fast() -> Refusal {
    let body = json!({
        "errcode": 130_101,
        "errmsg": "send too fast, exceed 20 times per minute",
        "status": 1111,
        "wait": 5,
        "punish": "deny",
    });
    let reason = Text::new(
        "more than 20 messages in a minute: the robot is blocked for 10 minutes",
        "一分钟内超过 20 条消息：机器人被限制 10 分钟",
    );
    Refusal {
        reply: Reply::dingtalk_json(130_101, &body),
        reason: Box::new(reason.into()),
    }
}
