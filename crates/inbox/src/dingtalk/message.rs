//! A message as a whole: its type, the object of that name, and that object's fields.
//!
//! Fields beyond those known are ignored, as the robot does. What is missing is named by its path.

use burgee_source::Text;
use serde_json::Value;

use crate::{
    Refusal,
    shape::{At, Fault, FaultKind},
};

/// Would a robot take this message?
pub(crate) fn message(value: &Value) -> Result<(), Refusal> {
    check(value).map_err(refuse)
}

fn check(value: &Value) -> Result<(), Fault> {
    let message = At::new("", value)?;
    let kind = message.need_string("msgtype")?;
    match kind {
        "text" => {
            message.need_object(kind)?.need_string("content")?;
        }
        "link" => need(
            &message.need_object(kind)?,
            &["title", "text", "messageUrl"],
            &["picUrl"],
        )?,
        "markdown" => need(&message.need_object(kind)?, &["title", "text"], &[])?,
        "actionCard" => action_card(&message.need_object(kind)?)?,
        "feedCard" => feed_card(&message.need_object(kind)?)?,
        _ => {
            return Err(message.fault(
                "msgtype",
                Text::new("no such message type", "没有这种消息类型"),
            ));
        }
    }
    message.object("at")?.map_or(Ok(()), |at| mentions(&at))
}

/// Strings that have to be there, and strings that may be.
fn need(object: &At<'_>, required: &[&str], optional: &[&str]) -> Result<(), Fault> {
    for key in required {
        object.need_string(key)?;
    }
    for key in optional {
        object.string(key)?;
    }
    Ok(())
}

/// One button (`singleTitle`, `singleURL`) or several (`btns`), never both.
fn action_card(card: &At<'_>) -> Result<(), Fault> {
    need(card, &["title", "text"], &[])?;
    let single = card.has("singleTitle") || card.has("singleURL");
    switch(card, "btnOrientation")?;
    switch(card, "hideAvatar")?;
    match (single, card.has("btns")) {
        (true, true) => Err(card.fault(
            "btns",
            Text::new(
                "not together with singleTitle and singleURL",
                "不能与 singleTitle、singleURL 同时使用",
            ),
        )),
        (false, false) => Err(card.missing("singleTitle")),
        (true, false) => need(card, &["singleTitle", "singleURL"], &[]),
        (false, true) => {
            for button in card.need_objects("btns", 1, usize::MAX)? {
                need(&button, &["title", "actionURL"], &[])?;
            }
            Ok(())
        }
    }
}

fn feed_card(card: &At<'_>) -> Result<(), Fault> {
    for link in card.need_objects("links", 1, usize::MAX)? {
        need(&link, &["title", "messageURL", "picURL"], &[])?;
    }
    Ok(())
}

/// `"0"` or `"1"`; the number or the boolean is turned into it.
fn switch(card: &At<'_>, key: &str) -> Result<(), Fault> {
    match card.get(key) {
        None | Some(Value::Bool(_) | Value::Number(_) | Value::String(_)) => Ok(()),
        Some(Value::Null | Value::Array(_) | Value::Object(_)) => {
            Err(Fault::not_a(card.path(key), "string"))
        }
    }
}

fn mentions(at: &At<'_>) -> Result<(), Fault> {
    at.boolean("isAtAll")?;
    for key in ["atMobiles", "atUserIds"] {
        for (path, item) in at.list(key)?.into_iter().flatten() {
            // Phone numbers written as numbers are turned into strings.
            if !item.is_string() && !item.is_number() {
                return Err(Fault::not_a(path, "string"));
            }
        }
    }
    Ok(())
}

/// The robot names the parameter, so that the answer alone is enough to go on.
fn refuse(fault: Fault) -> Refusal {
    let path = match fault.reason.path() {
        "" => "json",
        path => path,
    };
    let message = match fault.kind {
        FaultKind::Missing => format!("缺少参数 {path}"),
        FaultKind::Wrong => format!("不合法的参数 {path}"),
    };
    Refusal::dingtalk(40_035, &message, fault.reason)
}
