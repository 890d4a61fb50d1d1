//! A message as a whole: what it has to have, and the types of its fields.

use burgee_source::Text;
use serde_json::Value;

use super::{attachments, blocks};
use crate::{
    Refusal,
    shape::{At, Fault},
};

/// Text beyond this many characters is cut off, not refused.
pub(crate) const MAX_SHOWN_CHARS: usize = 40_000;

const BOOLEANS: [&str; 5] = [
    "mrkdwn",
    "unfurl_links",
    "unfurl_media",
    "link_names",
    "reply_broadcast",
];

/// Would a webhook take this message?
pub(crate) fn message(value: &Value) -> Result<(), Refusal> {
    let message = At::new("", value).map_err(|_| {
        Refusal::slack(
            400,
            "invalid_payload",
            Text::new("the body has to be an object", "请求体应为 JSON 对象"),
        )
    })?;
    let text = fields(&message).map_err(|fault| refuse("invalid_payload", fault))?;
    let has_text = text.is_some_and(|text| !text.is_empty());
    let has_blocks = blocks::message(&message)?;
    let has_attachments = attachments::message(&message)?;
    if has_text || has_blocks || has_attachments {
        return Ok(());
    }
    Err(Refusal::slack(
        400,
        "no_text",
        Text::new(
            "neither text nor blocks nor attachments",
            "text、blocks、attachments 都没有",
        ),
    ))
}

/// The plain fields' types; unknown fields are ignored, `channel` and `username` among them.
fn fields<'a>(message: &At<'a>) -> Result<Option<&'a str>, Fault> {
    message.string("thread_ts")?;
    message.object("metadata")?;
    for key in BOOLEANS {
        message.boolean(key)?;
    }
    message.string("text")
}

pub(super) fn refuse(word: &str, fault: Fault) -> Refusal {
    Refusal::slack(400, word, fault.reason)
}
