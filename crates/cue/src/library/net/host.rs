//! Hosts and ports.

use idna::uts46::{AsciiDenyList, Hyphens, Uts46};

use super::address::Address;
use crate::{
    Value,
    library::{Answer, failed, lossy, string},
};

/// The parts of `host:port`; a host with colons stands in brackets.
pub(super) fn split(text: &str) -> Option<(&str, &str)> {
    let (before, port) = text.rsplit_once(':')?;
    let host = match before.strip_prefix('[') {
        Some(inner) => inner.strip_suffix(']')?,
        None => Some(before).filter(|host| !host.contains(':'))?,
    };
    let brackets = ['[', ']'];
    (!host.contains(brackets) && !port.contains(brackets)).then_some((host, port))
}

pub(super) fn join(arguments: &[Value]) -> Answer {
    let host = match arguments.first() {
        Some(value @ Value::List(_)) => Address::of_value(Some(value)).map(|ip| ip.to_string()),
        Some(Value::String(host)) => Some(host.to_string()),
        Some(Value::Bytes(host)) => Some(lossy(host)),
        Some(_) | None => None,
    };
    let port = match arguments.get(1) {
        Some(Value::String(port)) => Some(port.to_string()),
        Some(Value::Bytes(port)) => Some(lossy(port)),
        // The least integer of 64 bits is one too many for CUE.
        Some(Value::Number(port)) => {
            let port = port.as_i64().filter(|port| *port != i64::MIN);
            port.map(|port| port.to_string())
        }
        Some(_) | None => None,
    };
    match (host, port) {
        (Some(host), Some(port)) if host.contains(':') => string(format!("[{host}]:{port}")),
        (Some(host), Some(port)) => string(format!("{host}:{port}")),
        (None, _) => Err(failed("this is no host")),
        (Some(_), None) => Err(failed("this is no port")),
    }
}

/// Labels of 1 to 63 ASCII characters between dots, 253 in all, that no hyphen begins or ends.
pub(super) fn is_name(name: &str) -> bool {
    let plain = name.strip_suffix('.').unwrap_or(name);
    // One more dot at the end is overlooked, but not behind encoded labels.
    let is_encoded = |label: &str| label.starts_with("xn--");
    let labels = match name.split('.').any(is_encoded) {
        true => plain,
        false => plain.strip_suffix('.').unwrap_or(plain),
    };
    name.is_ascii() && plain.len() <= 253 && labels.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    let is_short = |label: &str| (1..=63).contains(&label.len());
    let Some(encoded) = label.strip_prefix("xn--") else {
        return is_short(label) && has_good_hyphens(label);
    };
    match idna::punycode::decode_to_string(encoded) {
        Some(decoded) if decoded.is_ascii() => {
            let is_plain =
                |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
            is_short(&decoded) && has_good_hyphens(&decoded) && decoded.bytes().all(is_plain)
        }
        Some(_) => {
            let label = label.as_bytes();
            let rules = (AsciiDenyList::STD3, Hyphens::Check);
            Uts46::new().to_unicode(label, rules.0, rules.1).1.is_ok()
        }
        None => false,
    }
}

/// None at the ends, and not two where they would say that the label is encoded.
fn has_good_hyphens(label: &str) -> bool {
    let is_marked = label.len() > 4 && label.get(2..4) == Some("--");
    !is_marked && !label.starts_with('-') && !label.ends_with('-')
}
