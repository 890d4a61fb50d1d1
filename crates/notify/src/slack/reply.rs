//! Slack's answers: one word each, and only `ok` is good.

use burgee_http::Response;
use burgee_source::Text;

use crate::{
    Advice, Verdict,
    classify::{nonsense, word},
};

/// What an answer means whose status says nothing by itself.
pub(crate) fn verdict(reply: &Response) -> Verdict {
    let word = word(reply);
    match (reply.status.as_u16(), word) {
        (200, Some(word)) if word == "ok" => Verdict::delivered(),
        (400..=499, Some(word)) => {
            let text = advice(&word).unwrap_or(OTHER);
            Verdict::permanent(Advice::new(text).arg("code", &word)).code(word)
        }
        (_, Some(_) | None) => nonsense(reply),
    }
}

/// What each word means and what to do.
fn advice(word: &str) -> Option<Text> {
    Some(match word {
        "invalid_payload" => INVALID_PAYLOAD,
        "invalid_blocks" | "invalid_blocks_format" => INVALID_BLOCKS,
        "invalid_attachments" | "too_many_attachments" => INVALID_ATTACHMENTS,
        "no_text" | "missing_text_or_fallback_or_attachments" => NO_TEXT,
        "msg_too_long" => TOO_LONG,
        "user_not_found" => USER_NOT_FOUND,
        "action_prohibited" | "posting_to_general_channel_denied" | "team_disabled" => PROHIBITED,
        "invalid_token" => INVALID_TOKEN,
        "channel_not_found" => CHANNEL_NOT_FOUND,
        "no_service" | "no_service_id" | "no_team" | "no_active_hooks" => NO_SERVICE,
        "channel_is_archived" => ARCHIVED,
        _ => return None,
    })
}

const OTHER: Text = Text::new(
    "Slack refused the message with `{code}`",
    "Slack 拒绝了该消息：`{code}`",
);
const INVALID_PAYLOAD: Text = Text::new(
    "Slack cannot read the message: a field has the wrong type or a name that Slack does not know here",
    "Slack 无法读取该消息：某个字段类型有误，或此处不支持该字段",
);
const INVALID_BLOCKS: Text = Text::new(
    "a block is not as Slack wants it: `burgee check` points at most such mistakes, and Slack's Block Kit Builder shows the rest",
    "某个 block 不符合 Slack 的要求：`burgee check` 能指出大多数此类错误，其余可用 Slack 的 Block Kit Builder 查看",
);
const INVALID_ATTACHMENTS: Text = Text::new(
    "the attachments are not as Slack wants them: a list of at most 100, each with `fallback`, `text` or `blocks`",
    "attachments 不符合 Slack 的要求：应为最多 100 项的列表，每项含 `fallback`、`text` 或 `blocks`",
);
const NO_TEXT: Text = Text::new(
    "the message is empty: give it `text`, `blocks` or `attachments`",
    "消息为空：请填写 `text`、`blocks` 或 `attachments`",
);
const TOO_LONG: Text = Text::new(
    "the message is too long: shorten it or split it",
    "消息过长：请缩短或拆分",
);
const USER_NOT_FOUND: Text = Text::new(
    "the webhook belongs to a user who is gone: create a new webhook",
    "该 Webhook 所属的用户已不存在：请新建 Webhook",
);
const PROHIBITED: Text = Text::new(
    "the workspace's settings forbid this message (`{code}`): ask an administrator of the workspace",
    "工作区设置禁止发送该消息（`{code}`）：请联系工作区管理员",
);
const INVALID_TOKEN: Text = Text::new(
    "the URL is wrong or was replaced by a new one: copy it again from the app's Incoming Webhooks page",
    "URL 有误或已被更换：请从应用的 Incoming Webhooks 页面重新复制",
);
const CHANNEL_NOT_FOUND: Text = Text::new(
    "the webhook's channel is gone or the app may not post there: create a webhook for another channel",
    "该 Webhook 对应的频道已不存在，或应用无权发送：请为其他频道新建 Webhook",
);
const NO_SERVICE: Text = Text::new(
    "there is no such webhook: it was removed or switched off, or the URL is not complete. Waiting does not help; create a new one",
    "该 Webhook 不存在：可能已被删除或停用，或 URL 不完整。等待无济于事，请新建 Webhook",
);
const ARCHIVED: Text = Text::new(
    "the webhook's channel is archived: create a webhook for another channel",
    "该 Webhook 对应的频道已归档：请为其他频道新建 Webhook",
);
