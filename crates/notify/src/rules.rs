//! The rules of messages and their destinations. Missing fields and wrong types are
//! [`burgee_source::rules`], as everywhere.

use burgee_source::{Rule, Severity, Text};

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $severity:ident $code:literal $en:literal $zh:literal;)+) => {
        $(
            $(#[$doc])*
            pub static $name: Rule = Rule {
                code: $code,
                severity: Severity::$severity,
                message: Text::new($en, $zh),
            };
        )+
    };
}

/// A URL that is still an example's text. A check warns; whoever sends refuses.
pub static PLACEHOLDER_URL: Rule = Rule {
    code: burgee_model::PLACEHOLDER_URL,
    severity: Severity::Warning,
    message: Text::new(
        "this is the example's text and not a webhook URL",
        "这是示例文本，而不是 Webhook 地址",
    ),
};

rules! {
    /// A step with no service to send to.
    NOTHING_TO_SEND = Warning "notify/nothing-to-send"
        "this step names no service, so it sends nothing"
        "该步骤未填写任何通知服务，不会发送消息";
    /// A service that KubeVela knows and that messages are not sent to yet.
    UNSUPPORTED_SERVICE = Error "notify/unsupported-service"
        "messages to `{service}` are not carried out yet"
        "目前尚不能发送 `{service}` 通知";
    /// An input that fills what no service reads.
    POINTLESS_INPUT = Warning "notify/pointless-input"
        "the input to `{key}` fills nothing that a message is made of"
        "填入 `{key}` 的 input 不会用于任何消息";
    /// A URL in the spelling of an older release.
    OLD_URL_FORM = Warning "notify/old-url-form"
        "this way to write a `url` is from KubeVela {since}"
        "这种 `url` 写法来自 KubeVela {since}";
    /// Two places for one value.
    BOTH_FORMS = Error "notify/both-forms"
        "`{field}` has both `{first}` and `{second}`"
        "`{field}` 同时填写了 `{first}` 和 `{second}`";
    /// A secret value's place without anything in it.
    NO_FORM = Error "notify/no-url"
        "`{field}` says neither `value` nor `secretRef`"
        "`{field}` 既没有 `value` 也没有 `secretRef`";
    /// Something that is no URL.
    NOT_A_URL = Error "notify/not-a-url"
        "this is no webhook URL"
        "这不是 Webhook 地址";
    /// A URL that belongs to another service.
    OTHER_SERVICE = Error "notify/other-service"
        "`{host}` belongs to {owner}, not to {service}"
        "`{host}` 属于 {owner}，而不是 {service}";
    /// A URL of the right service that is no webhook.
    WRONG_PAGE = Error "notify/wrong-page"
        "this URL of {service} is not a webhook"
        "这个 {service} URL 不是 Webhook 地址";
    /// A webhook URL with a part missing.
    CUT_URL = Error "notify/cut-url"
        "this {service} webhook URL is not complete"
        "该 {service} Webhook 地址不完整";
    /// A URL of Slack's Workflow Builder.
    WORKFLOW_URL = Error "notify/slack-workflow-url"
        "this URL starts a Slack workflow: it takes the workflow's variables, not a message"
        "该 URL 用于触发 Slack 工作流：只接受工作流变量，不接受消息";
    /// `http://` beyond loopback.
    PLAIN_HTTP = Warning "notify/plain-http"
        "http:// shows the URL, which is a secret, to everybody on the way"
        "http:// 会让途经的任何人看到该 URL，而它是机密";
    /// A signature that was copied into the URL.
    STALE_SIGNATURE = Warning "notify/stale-signature"
        "`timestamp` and `sign` in the URL are good for an hour only, so they are left out"
        "URL 中的 `timestamp` 和 `sign` 仅一小时内有效，发送时会去掉";
    /// A live webhook URL or secret in the manifest.
    SECRET_IN_MANIFEST = Warning "notify/secret-in-manifest"
        "whoever can read this file can post to the chat: `{field}` is a secret"
        "能读到该文件的人都可以向群聊发消息：`{field}` 是机密";
    /// A signing secret that does not look like one.
    ODD_SECRET = Warning "notify/odd-secret"
        "a DingTalk signing secret begins with SEC"
        "钉钉加签密钥以 SEC 开头";
    /// A signing secret that is still an example's text.
    PLACEHOLDER_SECRET = Warning "notify/placeholder-secret"
        "this is the example's text and not a signing secret"
        "这是示例文本，而不是加签密钥";
    /// A key with other capitals than the service's.
    WRONG_CASE = Error "notify/wrong-case"
        "`{field}` is spelled `{suggestion}` here"
        "此处应写作 `{suggestion}`，而不是 `{field}`";
    /// A message without anything to show.
    EMPTY_MESSAGE = Error "notify/empty-message"
        "the message is empty: it needs `text`, `blocks` or `attachments`"
        "消息为空：需要 `text`、`blocks` 或 `attachments`";
    /// An attachment without anything to show.
    EMPTY_ATTACHMENT = Error "notify/empty-attachment"
        "`{field}` is empty: it needs `fallback`, `text` or `blocks`"
        "`{field}` 为空：需要 `fallback`、`text` 或 `blocks`";
    /// A required string that is empty.
    EMPTY_FIELD = Error "notify/empty-field"
        "`{field}` must not be empty"
        "`{field}` 不能为空";
    /// More than the service takes.
    TOO_LONG = Error "notify/too-long"
        "`{field}` has {actual} {unit}; {service} takes at most {limit}"
        "`{field}` 有 {actual} {unit_zh}，{service} 最多接受 {limit}";
    /// More than the service shows.
    CUT_TEXT = Warning "notify/cut-text"
        "`{field}` has {actual} characters; Slack cuts it off after {limit}"
        "`{field}` 有 {actual} 个字符，Slack 会在 {limit} 个之后截断";
    /// Too many or too few items.
    WRONG_COUNT = Error "notify/wrong-count"
        "`{field}` has {actual} items; {service} takes {limit}"
        "`{field}` 有 {actual} 项，{service} 只接受 {limit} 项";
    /// A word that the service does not know.
    UNKNOWN_WORD = Error "notify/unknown-word"
        "`{field}` cannot be `{value}`"
        "`{field}` 不能是 `{value}`";
    /// A property that Slack refuses.
    UNKNOWN_PROPERTY = Error "notify/unknown-property"
        "{owner} has no property `{field}`, and Slack refuses the whole message for it"
        "{owner} 没有属性 `{field}`，Slack 会因此拒绝整条消息";
    /// A placeholder of some template language that nothing will replace.
    UNRENDERED = Warning "notify/unrendered"
        "`{found}` will be sent as it stands"
        "`{found}` 会原样发送";
    /// Markdown where Slack reads mrkdwn.
    MARKDOWN_IN_MRKDWN = Warning "notify/markdown-in-mrkdwn"
        "Slack shows `{found}` as it stands: this is Markdown, and Slack reads mrkdwn here"
        "Slack 会原样显示 `{found}`：这是 Markdown 语法，而此处使用 mrkdwn";
    /// A `<` that Slack takes for markup.
    UNESCAPED = Warning "notify/unescaped"
        "Slack takes `{found}` for markup"
        "Slack 会把 `{found}` 当作标记";
    /// Blocks without a text for notifications.
    NO_FALLBACK = Warning "notify/no-fallback"
        "without `text`, notifications of this message say only that it cannot be displayed"
        "缺少 `text` 时，消息通知只会提示内容无法显示";
    /// One attachment in place of a list.
    ATTACHMENTS_OBJECT = Warning "notify/attachments-object"
        "Slack wants a list of `attachments`; this one is sent as a list of one"
        "Slack 要求 `attachments` 为列表；此处会作为单元素列表发送";
    /// Fields that webhooks have no say in.
    IGNORED_FIELD = Warning "notify/ignored-field"
        "`{field}` has no effect in a webhook's message"
        "`{field}` 在 Webhook 消息中不起作用";
    /// A block that webhooks cannot send.
    WRONG_BLOCK = Error "notify/wrong-block"
        "a webhook's message cannot hold a block of type `{value}`"
        "Webhook 消息中不能使用类型为 `{value}` 的 block";
    /// Two blocks of one id, two tables.
    TWICE = Error "notify/twice"
        "{what} may stand only once in a message"
        "{what} 在一条消息中只能出现一次";
    /// A property that does not go with another.
    NOT_HERE = Error "notify/not-here"
        "`{field}` does not go with {what}"
        "`{field}` 不能与 {what} 同时使用";
    /// `msgtype` names an object that is not there.
    MSGTYPE_MISMATCH = Error "notify/msgtype-mismatch"
        "`msgtype` is `{msgtype}`, but there is no `{msgtype}` object"
        "`msgtype` 为 `{msgtype}`，但没有 `{msgtype}` 对象";
    /// An object that `msgtype` does not name.
    UNUSED_OBJECT = Warning "notify/unused-object"
        "`{field}` is not sent: `msgtype` is `{msgtype}`"
        "`{field}` 不会发送：`msgtype` 为 `{msgtype}`";
    /// An action card of both forms or none.
    CARD_FORM = Error "notify/card-form"
        "an action card has either one button (`singleTitle` and `singleURL`) or several (`btns`)"
        "actionCard 要么是单按钮（`singleTitle` 与 `singleURL`），要么是多按钮（`btns`）";
    /// A switch that is not the string it should be.
    SWITCH = Warning "notify/switch"
        "`{field}` is the string \"0\" or \"1\""
        "`{field}` 应为字符串 \"0\" 或 \"1\"";
    /// A phone number or id that is no string.
    MENTION_NUMBER = Warning "notify/mention-number"
        "`{field}` holds strings: a number can lose digits"
        "`{field}` 中应为字符串：数字可能丢失位数";
    /// `at` in the wrong place.
    MISPLACED_AT = Warning "notify/misplaced-at"
        "`at` stands beside `{field}`, not inside it: here it mentions nobody"
        "`at` 应与 `{field}` 并列，而不是放在其中：此处不会 @ 任何人";
    /// A mention that is not in the text.
    MENTION_NOT_IN_TEXT = Warning "notify/mention-not-in-text"
        "`{value}` is highlighted only where the text says `@{value}`"
        "只有正文中包含 `@{value}` 时才会 @ `{value}`";
    /// Mentions where DingTalk does not show them.
    NO_MENTIONS_HERE = Warning "notify/no-mentions-here"
        "`at` has no effect with `msgtype: {msgtype}`"
        "`msgtype` 为 {msgtype} 时 `at` 不起作用";
    /// A tree that cannot become a request.
    NOT_JSON = Error "notify/not-json"
        "the message cannot be written as JSON: the number {number} is out of range"
        "消息无法转换为 JSON：数字 {number} 超出范围";
}
