//! What looks like a secret of a known service, whoever wrote it.

use std::ops::Range;

/// Ways in which a slash or an equals sign is written in URLs, JSON and escaped text.
const SLASHES: [&str; 4] = ["/", "%2F", "%2f", "\\/"];
const EQUALS: [&str; 7] = ["=", "%3D", "%3d", "\":\"", "\": \"", ": ", "\\u003d"];

/// The fewest characters that make a token.
const MIN_TOKEN: usize = 6;
/// The fewest characters after `SEC` that make a signing secret.
const MIN_SECRET: usize = 32;

/// Where in `text` something looks like a secret.
pub(crate) fn find(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    slack_hosts(text, &mut found);
    slack_services(text, &mut found);
    for name in ["access_token", "timestamp", "sign"] {
        parameter(text, name, &mut found);
    }
    signing_secrets(text, &mut found);
    slack_tokens(text, &mut found);
    found
}

/// Everything after the first part of a path on Slack's webhook hosts: services, triggers, workflows.
fn slack_hosts(text: &str, found: &mut Vec<Range<usize>>) {
    for host in ["hooks.slack.com", "hooks.slack-gov.com"] {
        for (at, host) in text.match_indices(host) {
            let first = skip_slash(text, at + host.len());
            let path = first.and_then(|from| skip_slash(text, token_end(text, from, "_-")));
            found.extend(
                path.and_then(|from| range(from, token_end(text, from, "_-/%\\."), MIN_TOKEN)),
            );
        }
    }
}

/// `services/T…/B…/…` on any host.
fn slack_services(text: &str, found: &mut Vec<Range<usize>>) {
    for (at, word) in text.match_indices("services") {
        let path = skip_slash(text, at + word.len()).and_then(|from| {
            let hook = skip_slash(text, id_end(text, from, b'T')?)?;
            let token = skip_slash(text, id_end(text, hook, b'B')?)?;
            range(token, token_end(text, token, "_-"), MIN_TOKEN)?;
            range(from, token_end(text, token, "_-/%\\"), MIN_TOKEN)
        });
        found.extend(path);
    }
}

/// The end of an id such as `T0AAAAAAA`.
fn id_end(text: &str, from: usize, letter: u8) -> Option<usize> {
    let end = token_end(text, from, "");
    let id = &text.as_bytes()[from..end];
    let is_id = id
        .iter()
        .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    (is_id && id.first() == Some(&letter) && id.len() > 3).then_some(end)
}

/// The value of a query parameter or JSON field.
fn parameter(text: &str, name: &str, found: &mut Vec<Range<usize>>) {
    for (at, _) in text.match_indices(name) {
        let before = text[..at].chars().next_back();
        if before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
            && !after_escape(&text[..at])
        {
            continue;
        }
        // `timestamp` and `sign` are ordinary words unless they stand in a query.
        let in_query = matches!(before, Some('?' | '&' | ';')) || after_escape(&text[..at]);
        if name != "access_token" && !in_query {
            continue;
        }
        let rest = &text[at + name.len()..];
        let Some(equals) = EQUALS.iter().find(|equals| rest.starts_with(**equals)) else {
            continue;
        };
        let from = at + name.len() + equals.len();
        found.extend(range(from, token_end(text, from, "_-%+/=."), MIN_TOKEN));
    }
}

/// True when a text ends in an escaped `&` or `?`.
fn after_escape(before: &str) -> bool {
    ["%26", "%3F", "%3f", "\\u0026", "&amp;"]
        .iter()
        .any(|escape| before.ends_with(escape))
}

/// DingTalk's signing secrets.
fn signing_secrets(text: &str, found: &mut Vec<Range<usize>>) {
    for (at, mark) in text.match_indices("SEC") {
        let before = text[..at].chars().next_back();
        let end = token_end(text, at, "");
        let long = end - at >= mark.len() + MIN_SECRET;
        if long && !before.is_some_and(|c| c.is_ascii_alphanumeric()) {
            found.push(at..end);
        }
    }
}

/// Slack's API tokens.
fn slack_tokens(text: &str, found: &mut Vec<Range<usize>>) {
    for (at, mark) in text.match_indices("xox") {
        let rest = &text.as_bytes()[at + mark.len()..];
        if let [b'a'..=b'z', b'-', ..] = rest {
            found.extend(range(at, token_end(text, at, "-"), 10));
        }
    }
}

fn skip_slash(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let slash = SLASHES.iter().find(|slash| rest.starts_with(**slash))?;
    Some(at + slash.len())
}

/// The end of the run of ASCII letters, digits and `more` that begins at `from`.
fn token_end(text: &str, from: usize, more: &str) -> usize {
    let run = text.as_bytes()[from..].iter();
    from + run
        .take_while(|byte| byte.is_ascii_alphanumeric() || more.as_bytes().contains(byte))
        .count()
}

fn range(from: usize, end: usize, min: usize) -> Option<Range<usize>> {
    (end - from >= min).then_some(from..end)
}
