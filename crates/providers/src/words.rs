//! What the provider says, in both languages.

use burgee_http::{Kind, Phase, Refusal, UrlError};
use burgee_model::SecretError;
use burgee_source::{Lang, Text};

pub(crate) const UNKNOWN_ACTION: Text = Text::new(
    "`http` has no action `{action}`",
    "`http` 没有操作 `{action}`",
);
pub(crate) const METHOD: Text = Text::new(
    "`http.{action}` makes these requests: {methods}",
    "`http.{action}` 只支持：{methods}",
);
pub(crate) const NOT_CARRIED_OUT: Text = Text::new(
    "`{field}` of an HTTP request is not carried out",
    "HTTP 请求的 `{field}` 尚不能执行",
);
pub(crate) const URL_SHAPE: Text = Text::new(
    "`url` is neither a text nor `{{secretRef: {{name: …, key: …}}`",
    "`url` 既不是文本，也不是 `{{secretRef: {{name: …, key: …}}`",
);
pub(crate) const TIMEOUT: Text = Text::new(
    "`timeout` is `{timeout}`: write a duration such as `30s`, one hour at most",
    "`timeout` 为 `{timeout}`：请写成 `30s` 这样的时长，最长一小时",
);
pub(crate) const HEADER_NAME: Text = Text::new(
    "`{name}` cannot be the name of a header",
    "`{name}` 不能用作请求头名称",
);
pub(crate) const HEADER_VALUE: Text = Text::new(
    "the value of header `{name}` is not one line of text",
    "请求头 `{name}` 的值不是单行文本",
);
pub(crate) const CARRIAGE: Text = Text::new(
    "header `{name}` cannot be set: it follows from the request",
    "请求头 `{name}` 不能设置：它由请求本身决定",
);
pub(crate) const TOO_LONG: Text = Text::new(
    "{head}: the answer is longer than {limit} bytes",
    "{head}：响应超过 {limit} 字节",
);
pub(crate) const FAILED: Text = Text::new("{head}: {why}", "{head}：{why}");
pub(crate) const NOBODY_KNOWS: Text = Text::new(
    "{head}: {why}; the request may have arrived",
    "{head}：{why}；请求可能已送达",
);

/// Why there is no answer.
pub(crate) const fn kind(kind: Kind) -> Text {
    match kind {
        Kind::Refused(Refusal::NotLoopback) => Text::new(
            "only this machine may be reached in this run",
            "本次运行只允许访问本机",
        ),
        Kind::Refused(Refusal::PlainHttp) => Text::new(
            "plain http:// is for this machine only: use https://, or allow it with `--allow-http`",
            "明文 http:// 仅限本机：请使用 https://，或用 `--allow-http` 允许",
        ),
        Kind::Refused(Refusal::Address) => {
            Text::new("the address belongs to no service", "该地址不属于任何服务")
        }
        Kind::UnknownHost => Text::new("no such host", "主机不存在"),
        Kind::Dns => Text::new("the host's name could not be looked up", "无法解析主机名"),
        Kind::Connect => Text::new("no connection", "无法连接"),
        Kind::Proxy => Text::new("the proxy failed", "代理失败"),
        Kind::Certificate => Text::new(
            "the server's certificate is not trusted",
            "服务器证书不受信任",
        ),
        Kind::Tls => Text::new("TLS failed", "TLS 失败"),
        Kind::Timeout(Phase::Connect) => Text::new("connecting took too long", "连接超时"),
        Kind::Timeout(Phase::Exchange) => {
            Text::new("no answer within {timeout}", "{timeout} 内没有响应")
        }
        Kind::Closed => Text::new(
            "the connection was closed without a complete answer",
            "连接在响应完成前关闭",
        ),
        Kind::Protocol => Text::new("the answer is not HTTP", "响应不是 HTTP"),
        Kind::Request => Text::new(
            "the request cannot be written as HTTP",
            "该请求无法写成 HTTP",
        ),
    }
}

/// Why a text is no URL; never the text.
pub(crate) const fn url_error(error: UrlError) -> Text {
    match error {
        UrlError::Empty => Text::new("`url` is empty", "`url` 为空"),
        UrlError::Syntax(_) => Text::new("`url` is not a URL", "`url` 不是有效的 URL"),
        UrlError::Scheme => Text::new(
            "`url` begins neither with https:// nor with http://",
            "`url` 没有以 https:// 或 http:// 开头",
        ),
        UrlError::UserInfo => Text::new(
            "`url` has a user name before the host: send it as a header",
            "`url` 的主机名前带有用户名：请改用请求头",
        ),
    }
}

/// Why a secret cannot be had.
pub(crate) fn secret_error(error: &SecretError, lang: Lang) -> String {
    let (text, args) = match error.clone() {
        SecretError::NoSecret { name, namespace } => (
            Text::new(
                "Secret `{name}` not found in namespace `{namespace}`: put it into the file, or give it with `--secrets` or `--secret`",
                "命名空间 `{namespace}` 中没有 Secret `{name}`：请写入清单文件，或用 `--secrets`、`--secret` 提供",
            ),
            vec![("name", name), ("namespace", namespace)],
        ),
        SecretError::NoKey {
            name,
            key,
            existing,
        } => (
            Text::new(
                "Secret `{name}` has no key `{key}`; it has: {existing}",
                "Secret `{name}` 中没有键 `{key}`；现有：{existing}",
            ),
            vec![("name", name), ("key", key), ("existing", existing)],
        ),
        SecretError::Empty { name, key } => (
            Text::new(
                "key `{key}` of Secret `{name}` is empty",
                "Secret `{name}` 的键 `{key}` 为空",
            ),
            vec![("name", name), ("key", key)],
        ),
    };
    text.render(lang, &args)
}
