//! Custom keywords (自定义关键词): a message has to contain one of them, anywhere in its text or title.

use burgee_source::Text;
use serde_json::Value;

use crate::{Reason, Refusal};

/// Checks a message that is otherwise right. Without keywords everything passes.
pub(super) fn check(keywords: &[String], message: &Value) -> Result<(), Refusal> {
    if keywords.is_empty() {
        return Ok(());
    }
    let texts = texts(message);
    let found = |keyword: &String| texts.iter().any(|text| text.contains(keyword.as_str()));
    if keywords.iter().any(found) {
        return Ok(());
    }
    let text = Text::new(
        "none of the robot's keywords: {keywords}",
        "不含机器人的任何关键词：{keywords}",
    );
    let reason = Reason::from(text).arg("keywords", keywords.join(", "));
    Err(Refusal::dingtalk(
        310_000,
        "keywords not in content",
        reason,
    ))
}

/// All that a reader would see as text or title.
fn texts(message: &Value) -> Vec<&str> {
    let kind = message["msgtype"].as_str().unwrap_or_default();
    let body = &message[kind];
    let links = body["links"].as_array().into_iter().flatten();
    let titles = links.map(|link| &link["title"]);
    let own = ["content", "title", "text"].map(|key| &body[key]);
    own.into_iter()
        .chain(titles)
        .filter_map(Value::as_str)
        .collect()
}
