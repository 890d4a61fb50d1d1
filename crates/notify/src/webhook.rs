//! What a URL gives away about itself: example text, another service's, a page instead of a webhook.

use burgee_http::{SecretUrl, UrlError};
use burgee_model::Service;
use burgee_source::Diagnostic;
use url::Url;

use crate::{dingtalk::sign, hints, rules};

/// Hosts that belong to somebody, the name people know, and the block for it where there is one.
const OWNERS: [(&str, &str, Option<&str>); 12] = [
    ("hooks.slack.com", "Slack", Some("slack")),
    ("hooks.slack-gov.com", "Slack", Some("slack")),
    ("slack.com", "Slack", Some("slack")),
    ("oapi.dingtalk.com", "DingTalk", Some("dingding")),
    ("api.dingtalk.com", "DingTalk", Some("dingding")),
    ("open.feishu.cn", "Lark", Some("lark")),
    ("open.larksuite.com", "Lark", Some("lark")),
    ("qyapi.weixin.qq.com", "WeCom", None),
    ("webhook.office.com", "Microsoft Teams", None),
    ("logic.azure.com", "Microsoft Teams", None),
    ("discord.com", "Discord", None),
    ("api.telegram.org", "Telegram", None),
];

/// Hosts of manuals: the KubeVela examples stand next to such links.
const MANUALS: [&str; 8] = [
    "api.slack.com",
    "docs.slack.dev",
    "developers.dingtalk.com",
    "open.dingtalk.com",
    "ding-doc.dingtalk.com",
    "open-doc.dingtalk.com",
    "kubevela.io",
    "kubevela.net",
];

/// Words that stand in examples only.
const EXAMPLE_WORDS: [&str; 14] = [
    "xxxx",
    "changeme",
    "change-me",
    "change_me",
    "placeholder",
    "replaceme",
    "replace-me",
    "your-",
    "your_",
    "yourtoken",
    "example.com",
    "example.org",
    "t00000000/",
    "{{",
];

/// Everything a URL's text says about itself, without a place.
pub(crate) fn look(service: Service, text: &str) -> Vec<Diagnostic> {
    let text = trim(text);
    let Ok(url) = text.parse::<SecretUrl>() else {
        return vec![no_url(service, text)];
    };
    let Ok(parsed) = Url::parse(url.expose()) else {
        return vec![no_url(service, text)];
    };
    if is_example(text, &url) {
        return vec![placeholder(service)];
    }
    let mut found = Vec::new();
    if !url.is_https() && !url.is_loopback() {
        found.push(Diagnostic::new(&rules::PLAIN_HTTP).hint(hints::USE_HTTPS));
    }
    let host = url.host();
    match owner(&host) {
        Some((name, block)) if name != service.title() => {
            found.push(other_service(service, &host, name, block));
        }
        Some(_) | None => match service {
            Service::Slack => slack(&host, &parsed, &mut found),
            Service::Dingding => dingtalk(&host, &parsed, &mut found),
        },
    }
    found
}

/// What people paste around a URL: spaces, line breaks, a byte order mark.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'))
}

/// True for a URL of a known service that nothing speaks against: whoever reads it can post.
pub(crate) fn is_live(text: &str) -> bool {
    let Ok(url) = trim(text).parse::<SecretUrl>() else {
        return false;
    };
    owner(&url.host()).is_some() && !is_example(trim(text), &url)
}

fn is_example(text: &str, url: &SecretUrl) -> bool {
    let lower = text.to_lowercase();
    let host = url.host();
    let manual = MANUALS.iter().any(|manual| is_within(&host, manual));
    manual || looks_made_up(&lower)
}

pub(crate) fn looks_made_up(lower: &str) -> bool {
    EXAMPLE_WORDS.iter().any(|word| lower.contains(word))
        || lower.contains("...")
        || lower.contains('…')
        || lower.contains("***")
        || (lower.contains('<') && lower.contains('>'))
        || lower.contains("${")
        || lower.contains("$(")
        || lower.contains("%3c")
}

fn no_url(service: Service, text: &str) -> Diagnostic {
    if text.is_empty() || looks_made_up(&text.to_lowercase()) {
        return placeholder(service);
    }
    let why = match text.parse::<SecretUrl>() {
        Err(UrlError::UserInfo) => hints::HAS_USER,
        Err(UrlError::Empty | UrlError::Syntax(_) | UrlError::Scheme) | Ok(_) => match text {
            _ if text.starts_with("SEC") => hints::IS_SECRET,
            _ if text.starts_with("xox") => hints::IS_API_TOKEN,
            _ if is_token(text) => hints::IS_TOKEN,
            _ => hints::NO_SCHEME,
        },
    };
    Diagnostic::new(&rules::NOT_A_URL)
        .hint(why)
        .hint(copy_hint(service))
}

fn is_token(text: &str) -> bool {
    text.len() >= 20 && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn placeholder(service: Service) -> Diagnostic {
    Diagnostic::new(&rules::PLACEHOLDER_URL)
        .hint(copy_hint(service))
        .hint(hints::OR_INBOX)
}

fn copy_hint(service: Service) -> burgee_source::Text {
    match service {
        Service::Slack => hints::COPY_SLACK,
        Service::Dingding => hints::COPY_DINGTALK,
    }
}

/// Whose host it is.
fn owner(host: &str) -> Option<(&'static str, Option<&'static str>)> {
    let found = OWNERS.iter().find(|(owned, _, _)| is_within(host, owned));
    found.map(|(_, name, block)| (*name, *block))
}

fn is_within(host: &str, domain: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    let below = host.strip_suffix(domain);
    below.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

fn other_service(
    service: Service,
    host: &str,
    name: &str,
    block: Option<&'static str>,
) -> Diagnostic {
    let other = Diagnostic::new(&rules::OTHER_SERVICE)
        .arg("host", host)
        .arg("owner", name)
        .arg("service", service.title());
    match block {
        Some(block) => other.arg("block", block).hint(hints::OWN_BLOCK),
        None => other.hint(copy_hint(service)),
    }
}

fn slack(host: &str, url: &Url, found: &mut Vec<Diagnostic>) {
    let rule = if is_within(host, "hooks.slack.com") || is_within(host, "hooks.slack-gov.com") {
        let parts: Vec<_> = url
            .path()
            .split('/')
            .skip(1)
            .filter(|p| !p.is_empty())
            .collect();
        match parts[..] {
            ["services", _, _, _] => return,
            ["services", ..] | [] => &rules::CUT_URL,
            ["triggers" | "workflows", ..] => &rules::WORKFLOW_URL,
            _ => &rules::WRONG_PAGE,
        }
    } else if is_within(host, "slack.com") {
        &rules::WRONG_PAGE
    } else {
        // Mattermost, Rocket.Chat and others take Slack's messages too.
        return;
    };
    let problem = Diagnostic::new(rule).arg("service", "Slack");
    found.push(problem.hint(hints::COPY_SLACK));
}

fn dingtalk(host: &str, url: &Url, found: &mut Vec<Diagnostic>) {
    if sign::has_signature(url) && owner(host).is_some() {
        found.push(Diagnostic::new(&rules::STALE_SIGNATURE).hint(hints::USE_SECRET));
    }
    let token = url.query_pairs().find(|(key, _)| key == "access_token");
    let has_token = token.is_some_and(|(_, value)| !value.is_empty());
    let rule = match (owner(host).is_some(), url.path() == "/robot/send") {
        (false, _) => return,
        (true, true) if has_token => return,
        (true, true) => &rules::CUT_URL,
        (true, false) => &rules::WRONG_PAGE,
    };
    let problem = Diagnostic::new(rule).arg("service", "DingTalk");
    found.push(problem.hint(hints::COPY_DINGTALK));
}
