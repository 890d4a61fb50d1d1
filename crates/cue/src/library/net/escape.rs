//! Bytes as `%20`.

use std::borrow::Cow;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A segment of a path.
    Path,
    /// A name or value of a query: a space is a plus sign.
    Query,
}

pub(super) fn escape(text: &str, place: Place) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        let stays = byte.is_ascii_alphanumeric()
            || b"-_.~".contains(&byte)
            || (place == Place::Path && b"$&+=:@".contains(&byte));
        match byte {
            byte if stays => out.push(char::from(byte)),
            b' ' if place == Place::Query => out.push('+'),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// `None` when a percent sign has not two digits.
pub(super) fn unescape(text: &str, place: Place) -> Option<Vec<u8>> {
    let text = match place {
        Place::Query => Cow::from(text.replace('+', " ")),
        Place::Path => Cow::from(text),
    };
    let mut bytes = text.bytes();
    let mut out = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'%' => hexadecimal(bytes.next()?, bytes.next()?)?,
            byte => byte,
        });
    }
    Some(out)
}

pub(super) fn hexadecimal(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}
