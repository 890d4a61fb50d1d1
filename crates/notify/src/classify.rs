//! What an answer, or its absence, means. The one place that decides whether a message was delivered.

use std::time::Duration;

use burgee_http::{Arrival, Error, Kind, Phase, Refusal, Response};
use burgee_model::{Outcome, Service};
use burgee_source::Text;
use jiff::Timestamp;

use crate::{Advice, advice::excerpt, dingtalk, retry_after, slack};

/// What became of one attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What became of the message.
    pub outcome: Outcome,
    /// Whether to try again.
    pub repeat: Repeat,
    /// The service's own code.
    pub code: Option<String>,
    /// The least pause before the next attempt.
    pub retry_after: Option<Duration>,
    /// What to do about it; says nothing when it was delivered.
    pub advice: Advice,
}

/// Whether an attempt is worth repeating.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// It would end the same way, or the message could arrive twice.
    No,
    /// Once: it looks final, but such things are put right at times.
    Once,
    /// As long as attempts are left.
    Yes,
}

/// Decides from the service's word; `now` is for a `Retry-After` that is a date.
///
/// ```
/// use burgee_http::{Arrival, Error, Kind};
/// use burgee_model::{Outcome, Service};
/// use burgee_notify::classify;
/// use jiff::Timestamp;
///
/// let error = Error::new(Kind::Closed, Arrival::Maybe, "");
/// let verdict = classify(Service::Slack, Err(&error), Timestamp::UNIX_EPOCH);
/// assert_eq!(verdict.outcome, Outcome::Unknown);
/// ```
#[must_use]
pub fn classify(service: Service, reply: Result<&Response, &Error>, now: Timestamp) -> Verdict {
    let reply = match reply {
        Ok(reply) => reply,
        Err(error) => return no_reply(error),
    };
    let header = retry_after::parse(&reply.headers, now);
    let verdict = by_status(reply).unwrap_or_else(|| match service {
        Service::Slack => slack::reply::verdict(reply),
        Service::Dingding => dingtalk::reply::verdict(reply),
    });
    match verdict.repeat {
        Repeat::Yes => Verdict {
            retry_after: verdict.retry_after.max(header),
            ..verdict
        },
        Repeat::No | Repeat::Once => verdict,
    }
}

// === impl Verdict ===

impl Verdict {
    pub(crate) const fn delivered() -> Self {
        Self {
            outcome: Outcome::Delivered,
            repeat: Repeat::No,
            code: None,
            retry_after: None,
            advice: Advice::NONE,
        }
    }

    pub(crate) const fn permanent(advice: Advice) -> Self {
        Self::new(Outcome::Permanent, Repeat::No, advice)
    }

    pub(crate) const fn transient(advice: Advice) -> Self {
        Self::new(Outcome::Transient, Repeat::Yes, advice)
    }

    pub(crate) const fn rate_limited(advice: Advice) -> Self {
        Self::new(Outcome::RateLimited, Repeat::Yes, advice)
    }

    pub(crate) fn code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }

    /// The code that a one-word body is.
    fn code_of(mut self, reply: &Response) -> Self {
        self.code = word(reply);
        self
    }

    pub(crate) const fn after(mut self, pause: Option<Duration>) -> Self {
        self.retry_after = pause;
        self
    }

    const fn new(outcome: Outcome, repeat: Repeat, advice: Advice) -> Self {
        Self {
            outcome,
            repeat,
            code: None,
            retry_after: None,
            advice,
        }
    }
}

/// An answer that makes no sense as the service's: a login page, a proxy's apology.
pub(crate) fn nonsense(reply: &Response) -> Verdict {
    let advice = Advice::new(NONSENSE)
        .arg("status", reply.status.as_u16())
        .arg("body", excerpt(&reply.body));
    Verdict::permanent(advice)
}

/// The statuses that mean the same everywhere.
fn by_status(reply: &Response) -> Option<Verdict> {
    let status = reply.status.as_u16();
    Some(match status {
        300..=399 => Verdict::permanent(Advice::new(REDIRECT).arg("status", status)),
        429 => Verdict::rate_limited(Advice::new(TOO_MANY)).code_of(reply),
        408 | 425 | 500..=599 => {
            Verdict::transient(Advice::new(TROUBLE).arg("status", status)).code_of(reply)
        }
        _ => return None,
    })
}

/// A body that is one word of a protocol: `rollup_error`.
pub(crate) fn word(reply: &Response) -> Option<String> {
    let text = std::str::from_utf8(&reply.body).ok()?.trim();
    let is_word = !text.is_empty()
        && text.len() <= 64
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    is_word.then(|| text.to_owned())
}

fn no_reply(error: &Error) -> Verdict {
    let advice = |text| Advice::new(text).arg("detail", detail(error));
    match error.arrival {
        Arrival::No => unsent(error.kind, advice),
        // It may have arrived: sending it again could show it twice.
        Arrival::Maybe => {
            let text = match error.kind {
                Kind::Timeout(_) => NO_ANSWER_IN_TIME,
                Kind::Refused(_)
                | Kind::UnknownHost
                | Kind::Dns
                | Kind::Connect
                | Kind::Proxy
                | Kind::Certificate
                | Kind::Tls
                | Kind::Closed
                | Kind::Protocol
                | Kind::Request => NO_ANSWER,
            };
            Verdict::new(Outcome::Unknown, Repeat::No, advice(text))
        }
    }
}

fn unsent(kind: Kind, advice: impl Fn(Text) -> Advice) -> Verdict {
    let once = |text| Verdict::new(Outcome::Permanent, Repeat::Once, advice(text));
    match kind {
        Kind::Refused(Refusal::NotLoopback) => Verdict::permanent(advice(NOT_LOOPBACK)),
        Kind::Refused(Refusal::PlainHttp) => Verdict::permanent(advice(PLAIN_HTTP)),
        Kind::Refused(Refusal::Address) => Verdict::permanent(advice(BAD_ADDRESS)),
        Kind::Request => Verdict::permanent(advice(UNWRITABLE)),
        Kind::UnknownHost => once(UNKNOWN_HOST),
        Kind::Certificate => once(CERTIFICATE),
        Kind::Dns => Verdict::transient(advice(DNS)),
        Kind::Connect => Verdict::transient(advice(CONNECT)),
        Kind::Proxy => Verdict::transient(advice(PROXY)),
        Kind::Tls => Verdict::transient(advice(TLS)),
        Kind::Timeout(Phase::Connect | Phase::Exchange) => Verdict::transient(advice(SLOW_CONNECT)),
        Kind::Closed | Kind::Protocol => Verdict::transient(advice(CLOSED_EARLY)),
    }
}

fn detail(error: &Error) -> String {
    let detail = excerpt(error.detail().as_bytes());
    if detail.is_empty() {
        error.kind.to_string()
    } else {
        detail
    }
}

const NONSENSE: Text = Text::new(
    "the answer (HTTP {status}) is not the service's: {body}. Something in between may have answered, such as a proxy or a login page; check the URL and the network",
    "收到的应答（HTTP {status}）并非来自该服务：{body}。可能是中间的代理或登录页面所答，请检查 URL 与网络",
);
const REDIRECT: Text = Text::new(
    "the server answered with a redirect (HTTP {status}), and webhooks do not redirect: copy the URL again from the service's settings",
    "服务器返回了重定向（HTTP {status}），而 Webhook 不会重定向：请从该服务的设置页面重新复制 URL",
);
const TOO_MANY: Text = Text::new(
    "too many messages in a short time: send fewer, or join several into one",
    "短时间内消息过多：请减少发送，或将多条合并为一条",
);
const TROUBLE: Text = Text::new(
    "the service is in trouble (HTTP {status}): try again later",
    "服务暂时异常（HTTP {status}）：请稍后重试",
);
const NO_ANSWER_IN_TIME: Text = Text::new(
    "the message was sent and no answer came in time. It may have arrived: look into the chat before sending it again",
    "消息已发出，但未在时限内收到应答。消息可能已送达：重发前请先查看群聊",
);
const NO_ANSWER: Text = Text::new(
    "the message was sent and the connection ended without a complete answer ({detail}). It may have arrived: look into the chat before sending it again",
    "消息已发出，但连接在收到完整应答前中断（{detail}）。消息可能已送达：重发前请先查看群聊",
);
const NOT_LOOPBACK: Text = Text::new(
    "only this machine may be reached (`--inbox`), and the URL leads elsewhere",
    "当前只允许访问本机（`--inbox`），而该 URL 指向其他地址",
);
const PLAIN_HTTP: Text = Text::new(
    "http:// would show the URL to everybody on the way: use https://, or `--allow-http` if you must",
    "http:// 会让途经的任何人看到该 URL：请改用 https://，确有需要时可加 `--allow-http`",
);
const BAD_ADDRESS: Text = Text::new(
    "the host leads to an address that belongs to no service (link-local, unspecified or multicast): check the URL",
    "该主机名指向不属于任何服务的地址（链路本地、未指定或组播）：请检查 URL",
);
const UNWRITABLE: Text = Text::new(
    "the request cannot be written as HTTP: check the URL",
    "无法构造 HTTP 请求：请检查 URL",
);
const UNKNOWN_HOST: Text = Text::new(
    "no such host ({detail}): check the URL for a slip, or the network's DNS",
    "找不到该主机（{detail}）：请检查 URL 是否有误，或检查网络的 DNS",
);
const CERTIFICATE: Text = Text::new(
    "the server's certificate is not trusted ({detail}): if your network brings its own authority, name it with `--ca` or `SSL_CERT_FILE`",
    "服务器证书不受信任（{detail}）：若所在网络使用自有 CA，请用 `--ca` 或 `SSL_CERT_FILE` 指定",
);
const DNS: Text = Text::new(
    "the host's name could not be looked up just now ({detail}): check the network",
    "暂时无法解析主机名（{detail}）：请检查网络",
);
const CONNECT: Text = Text::new(
    "no connection ({detail}): check the network, the firewall, or whether a proxy is needed (`HTTPS_PROXY`)",
    "无法建立连接（{detail}）：请检查网络、防火墙，或是否需要代理（`HTTPS_PROXY`）",
);
const PROXY: Text = Text::new(
    "the proxy failed ({detail}): check `HTTPS_PROXY`, or except the host with `NO_PROXY`",
    "代理出错（{detail}）：请检查 `HTTPS_PROXY`，或用 `NO_PROXY` 排除该主机",
);
const TLS: Text = Text::new(
    "TLS failed ({detail}): is this a server that speaks https?",
    "TLS 握手失败（{detail}）：该服务器是否支持 https？",
);
const SLOW_CONNECT: Text = Text::new(
    "connecting took too long: check the network, or whether a proxy is needed (`HTTPS_PROXY`)",
    "连接超时：请检查网络，或是否需要代理（`HTTPS_PROXY`）",
);
const CLOSED_EARLY: Text = Text::new(
    "the server closed the connection before the message was sent ({detail})",
    "服务器在消息发出前关闭了连接（{detail}）",
);
