//! The few words that stand around messages, in each language.

use burgee_source::Text;

pub(crate) const ACCEPTED: Text = Text::new("accepted", "已接收");
pub(crate) const REFUSED: Text = Text::new("refused", "已拒绝");
pub(crate) const ANSWER: Text = Text::new("the answer: ", "服务的答复：");
pub(crate) const IMAGE: Text = Text::new("[image: {alt}]", "[图片：{alt}]");
pub(crate) const PICTURE: Text = Text::new("[image]", "[图片]");
pub(crate) const VIDEO: Text = Text::new("[video: {alt}]", "[视频：{alt}]");
pub(crate) const BLOCK: Text = Text::new("[block: {kind}]", "[区块：{kind}]");
pub(crate) const CHOOSE: Text = Text::new("choose", "请选择");
pub(crate) const EVERYONE: Text = Text::new("@everyone", "@所有人");
pub(crate) const PREVIEW: Text = Text::new("in the chat list: {title}", "会话列表中显示：{title}");
pub(crate) const CUT: Text = Text::new("(the rest is cut off)", "（其余内容已被截断）");
pub(crate) const INBOX: Text = Text::new("Burgee inbox", "Burgee 收件箱");
pub(crate) const EMPTY: Text = Text::new(
    "No messages yet. This page refreshes itself.",
    "还没有消息。本页会自动刷新。",
);
pub(crate) const SHOWN: Text = Text::new(
    "The newest {shown} of {all} messages, newest first.",
    "共 {all} 条消息，显示最新的 {shown} 条，新的在前。",
);
