//! DingTalk's answers: JSON with an `errcode`, and HTTP 200 for nearly everything.

use std::time::Duration;

use burgee_http::Response;
use burgee_source::Text;
use serde_json::Value;

use crate::{Advice, Verdict, advice::excerpt, classify::nonsense, retry_after};

/// How long a robot stays blocked that sent too fast.
const PENALTY: Duration = Duration::from_secs(600);

/// What an answer means whose status says nothing by itself.
pub(crate) fn verdict(reply: &Response) -> Verdict {
    let Ok(Value::Object(body)) = serde_json::from_slice(&reply.body) else {
        return nonsense(reply);
    };
    let Some(code) = body.get("errcode").and_then(number) else {
        return nonsense(reply);
    };
    let said = ["errmsg", "sub_msg"]
        .iter()
        .find_map(|key| body.get(*key)?.as_str());
    let said = excerpt(said.unwrap_or_default().as_bytes());
    let advice = |text| Advice::new(text).arg("code", code).arg("said", &said);
    let verdict = match code {
        0 if reply.status.is_success() => return Verdict::delivered(),
        0 => return nonsense(reply),
        -1 => Verdict::transient(advice(BUSY)),
        130_101 | 302_033 | 410_100 => {
            let asked = body.get("wait").and_then(Value::as_f64);
            let asked = asked.and_then(retry_after::from_seconds);
            Verdict::rate_limited(advice(TOO_FAST)).after(asked.max(Some(PENALTY)))
        }
        310_000 => Verdict::permanent(advice(security(&said))),
        _ => Verdict::permanent(advice(permanent(code))),
    };
    verdict.code(code.to_string())
}

/// `errcode`, also where somebody in between turned it into a string.
fn number(value: &Value) -> Option<i64> {
    value
        .as_i64()
        .or_else(|| value.as_str()?.trim().parse().ok())
}

/// One code stands for three settings; only the text tells which, in either language.
fn security(said: &str) -> Text {
    let said = said.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| said.contains(word));
    if says(&["keyword", "关键词", "关键字"]) {
        KEYWORD
    } else if says(&["sign not match", "签名不匹配"]) {
        // Its solution speaks of timestamps too.
        SIGNATURE
    } else if says(&["timestamp", "时间戳"]) {
        CLOCK
    } else if says(&["sign", "签名", "加签"]) {
        SIGNATURE
    } else if says(&[
        "whitelist",
        "white list",
        "白名单",
        " ip ",
        "ip地址",
        "ip 地址",
    ]) {
        ADDRESS
    } else {
        SECURITY
    }
}

/// What a code means and what to do.
fn permanent(code: i64) -> Text {
    match code {
        40_035 => PARAMETER,
        43_004 => CONTENT_TYPE,
        101_002 | 460_101 => TOO_LONG,
        300_001 | 300_005 | 400_101 | 400_106 => TOKEN,
        400_013 => GROUP_GONE,
        400_102 => STOPPED,
        400_105 => TYPE,
        430_101..=430_104 => UNSAFE,
        404 => NOT_FOUND,
        _ => OTHER,
    }
}

const OTHER: Text = Text::new(
    "DingTalk refused the message with code {code}: {said}",
    "钉钉拒绝了该消息，错误码 {code}：{said}",
);
const BUSY: Text = Text::new(
    "DingTalk is busy: try again later",
    "钉钉系统繁忙：请稍后重试",
);
const TOO_FAST: Text = Text::new(
    "the robot sent more than 20 messages in a minute and DingTalk blocks it for 10 minutes: wait without trying again, and join several messages into one markdown message",
    "该机器人一分钟内发送超过 20 条，钉钉将限流 10 分钟：请等待且不要反复尝试，并将多条消息合并为一条 markdown 消息",
);
const KEYWORD: Text = Text::new(
    "the robot wants one of its custom keywords in every message, and this one has none: put a keyword into the text or the title",
    "该机器人设置了自定义关键词，而消息中不包含任何关键词：请在正文或标题中加入关键词",
);
const CLOCK: Text = Text::new(
    "the signature's time is more than an hour from DingTalk's: set this machine's clock",
    "签名时间戳与钉钉服务器相差超过一小时：请校准本机时钟",
);
const SIGNATURE: Text = Text::new(
    "the robot is signed (加签) and the signature is wrong or absent: give the robot's `secret` beside its `url`, whole and beginning with SEC",
    "该机器人启用了加签，但签名缺失或不匹配：请在 `url` 旁填写机器人的 `secret`，须完整并以 SEC 开头",
);
const ADDRESS: Text = Text::new(
    "the robot takes messages from certain IP addresses only, and this machine's is not among them: add it in the robot's settings",
    "该机器人设置了 IP 白名单，本机地址不在其中：请在机器人的安全设置中添加",
);
const SECURITY: Text = Text::new(
    "one of the robot's security settings (keywords, signature, IP addresses) refused the message: {said}",
    "消息被机器人的安全设置（关键词、加签或 IP 白名单）拒绝：{said}",
);
const PARAMETER: Text = Text::new(
    "a field is missing or wrong ({said}): the object that `msgtype` names has to be there and complete",
    "参数缺失或有误（{said}）：`msgtype` 所指的对象必须存在且填写完整",
);
const CONTENT_TYPE: Text = Text::new(
    "the Content-Type got lost on the way: is a proxy changing requests?",
    "Content-Type 在途中丢失：是否有代理改写了请求？",
);
const TOO_LONG: Text = Text::new(
    "the message is longer than 20000 bytes: shorten it or split it",
    "消息超过 20000 字节：请缩短或拆分",
);
const TOKEN: Text = Text::new(
    "DingTalk knows no such robot: it was removed, or the URL's access_token is cut or wrong. Copy the Webhook again from the robot's settings",
    "钉钉找不到该机器人：可能已被删除，或 URL 中的 access_token 不完整或有误。请从机器人设置中重新复制 Webhook",
);
const GROUP_GONE: Text = Text::new(
    "the robot's group is gone: add a robot to another group",
    "机器人所在的群已解散：请在其他群中添加机器人",
);
const STOPPED: Text = Text::new(
    "the robot is switched off: switch it on in the group's settings",
    "该机器人已停用：请在群设置中启用",
);
const TYPE: Text = Text::new(
    "DingTalk does not take this `msgtype`: use text, link, markdown, actionCard or feedCard",
    "钉钉不支持该 `msgtype`：请使用 text、link、markdown、actionCard 或 feedCard",
);
const UNSAFE: Text = Text::new(
    "DingTalk's content filter refused a link, picture or text (code {code}): rephrase it",
    "钉钉内容安全审核未通过（错误码 {code}）：请修改其中的链接、图片或文字",
);
const NOT_FOUND: Text = Text::new(
    "DingTalk has nothing at this path: a robot's URL is https://oapi.dingtalk.com/robot/send?access_token=…",
    "钉钉没有该路径：机器人的 URL 形如 https://oapi.dingtalk.com/robot/send?access_token=…",
);
