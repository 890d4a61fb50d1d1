//! What the user can do: the hints of the rules.

use burgee_source::Text;

pub(crate) const COPY_SLACK: Text = Text::new(
    "copy it from the Slack app's page Incoming Webhooks: https://hooks.slack.com/services/T…/B…/…",
    "请从 Slack 应用的 Incoming Webhooks 页面复制：https://hooks.slack.com/services/T…/B…/…",
);
pub(crate) const COPY_DINGTALK: Text = Text::new(
    "copy the Webhook from the robot's settings: https://oapi.dingtalk.com/robot/send?access_token=…",
    "请从机器人设置中复制 Webhook：https://oapi.dingtalk.com/robot/send?access_token=…",
);
pub(crate) const OR_INBOX: Text = Text::new(
    "or run with `--inbox` to see the messages here",
    "或加上 `--inbox` 在本机查看消息",
);
pub(crate) const OWN_BLOCK: Text = Text::new(
    "move it to a block called `{block}`",
    "请移到名为 `{block}` 的配置块中",
);
pub(crate) const SECRET_REF: Text = Text::new(
    "keep it in a Secret: `{field}: {{secretRef: {{name: …, key: …}}`",
    "请放入 Secret：`{field}: {{secretRef: {{name: …, key: …}}`",
);
pub(crate) const NEW_FORM_VALUE: Text = Text::new(
    "today it is written `url: {{value: …}`, or `url: {{secretRef: {{name: …, key: …}}`",
    "现在的写法是 `url: {{value: …}`，或 `url: {{secretRef: {{name: …, key: …}}`",
);
pub(crate) const ONE_OF_TWO: Text = Text::new(
    "give one: `{{value: …}` or `{{secretRef: {{name: …, key: …}}`",
    "只填其一：`{{value: …}` 或 `{{secretRef: {{name: …, key: …}}`",
);
pub(crate) const USE_HTTPS: Text = Text::new(
    "use https://; `run` sends to http:// beyond this machine only with `--allow-http`",
    "请使用 https://；只有加上 `--allow-http`，`run` 才会向本机以外的 http:// 地址发送",
);
pub(crate) const USE_SECRET: Text = Text::new(
    "take them out and give the robot's `secret` beside `url`: each message is signed afresh",
    "请去掉它们，并在 `url` 旁填写机器人的 `secret`：每条消息都会重新签名",
);
pub(crate) const QUOTE: Text = Text::new(
    "put it in quotes to make it a string: \"{value}\"",
    "加上引号即为字符串：\"{value}\"",
);
pub(crate) const DID_YOU_MEAN: Text =
    Text::new("did you mean `{suggestion}`?", "是否想写 `{suggestion}`？");
pub(crate) const KNOWN: Text = Text::new("known here: {known}", "此处可用：{known}");
pub(crate) const SHORTEN: Text = Text::new("shorten it or split it", "请缩短或拆分");
pub(crate) const NAME_ONE: Text = Text::new(
    "give `slack` or `dingding`, each with `url` and `message`",
    "请填写 `slack` 或 `dingding`，各含 `url` 与 `message`",
);
pub(crate) const SUPPORTED: Text = Text::new(
    "`slack` and `dingding` are; take this block out to run the file here",
    "目前支持 `slack` 与 `dingding`；去掉该配置块即可在此运行",
);
pub(crate) const INPUT_TARGETS: Text = Text::new(
    "a `parameterKey` is relative to `properties`, such as `slack.message.text`",
    "`parameterKey` 相对于 `properties`，例如 `slack.message.text`",
);
pub(crate) const COPY_SECRET: Text = Text::new(
    "copy it whole from the robot's security settings (加签)",
    "请从机器人的安全设置（加签）中完整复制",
);
pub(crate) const USE_INPUTS: Text = Text::new(
    "nothing renders templates here: pass values between steps with `outputs` and `inputs`",
    "此处不渲染模板：请用 `outputs` 和 `inputs` 在步骤间传递数据",
);
pub(crate) const MRKDWN_FORM: Text = Text::new(
    "write `{instead}`, or use a block of type `markdown`",
    "请写作 `{instead}`，或使用 `markdown` 类型的 block",
);
pub(crate) const ESCAPE: Text = Text::new(
    "write `&lt;` and `&gt;` for the brackets",
    "尖括号请写作 `&lt;` 与 `&gt;`",
);
pub(crate) const PLAIN_TEXT_HERE: Text =
    Text::new("only `plain_text` goes here", "此处只能使用 `plain_text`");
pub(crate) const FALLBACK: Text = Text::new(
    "give `text` a line that says the same in short",
    "请在 `text` 中填写一行简要内容",
);
pub(crate) const WRAP: Text = Text::new(
    "put a dash before it to make it a list",
    "在前面加上短横线即可成为列表",
);
pub(crate) const HOOK_DECIDES: Text = Text::new(
    "the webhook's app decides channel, name and picture",
    "频道、名称和头像由 Webhook 所属应用决定",
);
pub(crate) const MOVE_AT: Text = Text::new("move `at` one level out", "请将 `at` 移到外面一层");
pub(crate) const MSGTYPE_OF: Text =
    Text::new("write `msgtype: {there}`", "请写作 `msgtype: {there}`");
pub(crate) const CHOOSE: Text = Text::new("choose one of the two forms", "请选择其中一种形式");
pub(crate) const IS_SECRET: Text = Text::new(
    "it looks like the robot's signing secret, which goes into `secret`",
    "它像是机器人的加签密钥，应填入 `secret`",
);
pub(crate) const IS_API_TOKEN: Text = Text::new("it looks like an API token", "它像是 API token");
pub(crate) const IS_TOKEN: Text = Text::new(
    "it looks like the token alone: the whole URL is needed",
    "它像是单独的 token：需要完整的 URL",
);
pub(crate) const HAS_USER: Text = Text::new(
    "it has a user name before the host, which disguises where it leads",
    "主机名前带有用户名，会掩盖其真实去向",
);
pub(crate) const NO_SCHEME: Text =
    Text::new("it does not begin with https://", "它不是以 https:// 开头");
