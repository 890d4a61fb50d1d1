//! Whether a text is a URL, as Go reads one: nearly everything is, but for control characters, broken escapes, and hosts,
//! ports and schemes that cannot be.

use super::{
    address::Address,
    escape::{Place, hexadecimal, unescape},
};

/// The scheme of a URL, empty when it is relative; `None` for what is none.
pub(super) fn scheme(text: &str) -> Option<&str> {
    let (rest, fragment) = text.split_once('#').unwrap_or((text, ""));
    // Go looks at what stands in front of the fragment.
    if rest.bytes().any(|byte| byte < b' ' || byte == 0x7f)
        || unescape(fragment, Place::Path).is_none()
    {
        return None;
    }
    if rest == "*" {
        return Some("");
    }
    let (scheme, rest) = split_scheme(rest)?;
    let (rest, _query) = rest.split_once('?').unwrap_or((rest, ""));
    if !rest.starts_with('/') {
        let first = rest.split('/').next().unwrap_or("");
        let is_opaque = !scheme.is_empty();
        let is_path = !first.contains(':') && unescape(rest, Place::Path).is_some();
        return (is_opaque || is_path).then_some(scheme);
    }
    let has_authority = rest.starts_with("//") && (!scheme.is_empty() || !rest.starts_with("///"));
    let path = match has_authority {
        true => {
            let inner = &rest[2..];
            let (authority, path) = inner.split_at(inner.find('/').unwrap_or(inner.len()));
            is_authority(scheme, authority).then_some(path)?
        }
        false => rest,
    };
    unescape(path, Place::Path).map(|_| scheme)
}

fn split_scheme(text: &str) -> Option<(&str, &str)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
    if !text[end..].starts_with(':') {
        return Some(("", text));
    }
    let (scheme, rest) = (&text[..end], &text[end + 1..]);
    match scheme.chars().next() {
        None => None,
        Some(first) if first.is_ascii_alphabetic() => Some((scheme, rest)),
        Some(_) => Some(("", text)),
    }
}

fn is_authority(scheme: &str, authority: &str) -> bool {
    match authority.rsplit_once('@') {
        Some((user, host)) => is_user(user) && is_host(scheme, host),
        None => is_host(scheme, authority),
    }
}

fn is_user(user: &str) -> bool {
    let is_valid = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:~!$&'()*+,;=%@".contains(&byte);
    // The name and the password are each unescaped alone.
    let (name, password) = user.split_once(':').unwrap_or((user, ""));
    let is_escaped = |part| unescape(part, Place::Path).is_some();
    user.bytes().all(is_valid) && is_escaped(name) && is_escaped(password)
}

fn is_host(scheme: &str, host: &str) -> bool {
    match (host.rfind('['), host.find(':')) {
        (Some(0), _) => match host[1..].rsplit_once(']') {
            Some((address, port)) => is_port(port) && is_literal(address),
            None => false,
        },
        (Some(_), _) => false,
        (None, None) => unescape_host(host).is_some(),
        (None, Some(colon)) => {
            // Lists of hosts and ports are taken, but not by the web.
            let colon = match scheme {
                "http" | "https" => colon,
                _ => host.rfind(':').unwrap_or(colon),
            };
            is_port(&host[colon..]) && unescape_host(host).is_some()
        }
    }
}

/// An address of version 6 between brackets; its zone begins with an escaped percent sign.
fn is_literal(literal: &str) -> bool {
    let (address, zone) = match literal.find("%25") {
        Some(at) => literal.split_at(at),
        None => (literal, ""),
    };
    let (Some(mut address), Some(zone)) = (unescape_host(address), unescape_zone(zone)) else {
        return false;
    };
    address.extend(zone);
    let address = Address::of_text(&String::from_utf8_lossy(&address));
    address.is_some_and(|address| !address.is_v4())
}

fn is_port(port: &str) -> bool {
    let digits = port.strip_prefix(':');
    port.is_empty() || digits.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// True for bytes that stand in a host as they are.
fn is_of_host(byte: u8) -> bool {
    byte >= 0x80 || byte.is_ascii_alphanumeric() || b"!$&'()*+,;=:[]<>\"-_.~".contains(&byte)
}

/// Only bytes that are not ASCII are escaped, and a percent sign.
fn unescape_host(host: &str) -> Option<Vec<u8>> {
    unescape_with(host, |byte| byte >= 0x80 || byte == b'%')
}

fn unescape_zone(zone: &str) -> Option<Vec<u8>> {
    unescape_with(zone, |byte| is_of_host(byte) || matches!(byte, b'%' | b' '))
}

fn unescape_with(text: &str, may_be_escaped: fn(u8) -> bool) -> Option<Vec<u8>> {
    let mut bytes = text.bytes();
    let mut out = Vec::new();
    while let Some(byte) = bytes.next() {
        let byte = match byte {
            b'%' => {
                let byte = hexadecimal(bytes.next()?, bytes.next()?)?;
                may_be_escaped(byte).then_some(byte)?
            }
            byte => is_of_host(byte).then_some(byte)?,
        };
        out.push(byte);
    }
    Some(out)
}
