//! The ways in which a secret may appear in text.

use ::url::Url;
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD},
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Shorter ones would cover ordinary words: a Secret may hold `true` or `8080`.
const SHORTEST: usize = 6;
/// A part of a URL's path that is at least this long is a token and not a word.
const SHORTEST_SEGMENT: usize = 16;
/// What `encodeURIComponent` and its kin leave as it is.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// Every spelling of a secret.
pub(crate) fn of(secret: &str) -> Vec<String> {
    let secret = secret.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let mut plain = Vec::new();
    match Url::parse(secret) {
        Ok(url) if url.has_host() => of_url(secret, &url, &mut plain),
        Ok(_) | Err(_) => {
            plain.push(secret.to_owned());
            of_lines(secret, &mut plain);
        }
    }
    let mut all = Vec::new();
    for text in plain.iter().filter(|text| text.len() >= SHORTEST) {
        encode(text, &mut all);
    }
    all.retain(|text| text.len() >= SHORTEST);
    all.sort_unstable();
    all.dedup();
    all
}

/// Output is masked line by line, so a longer text (a key, a whole configuration file) is known by its words,
/// and only by those that are too long to be ordinary ones.
fn of_lines(secret: &str, out: &mut Vec<String>) {
    if !secret.contains('\n') {
        return;
    }
    let words = secret.split_whitespace();
    out.extend(
        words
            .filter(|word| word.len() >= SHORTEST_SEGMENT)
            .map(str::to_owned),
    );
}

/// Path and query hold the secret; scheme and host may be seen.
fn of_url(text: &str, url: &Url, out: &mut Vec<String>) {
    let path = &url[::url::Position::BeforePath..::url::Position::AfterQuery];
    if path.len() < SHORTEST && url.password().is_none() {
        return;
    }
    out.push(path.to_owned());
    let segments = url.path().split('/');
    out.extend(
        segments
            .filter(|segment| segment.len() >= SHORTEST_SEGMENT)
            .map(str::to_owned),
    );
    for (_, value) in url.query_pairs() {
        if value.len() >= SHORTEST_SEGMENT {
            out.push(value.into_owned());
        }
    }
    out.extend(url.password().map(str::to_owned));
    // As a Secret's `data` has it: the whole text from its first byte on, to the last character.
    out.push(STANDARD.encode(text));
    out.push(STANDARD.encode(format!("{text}\n")));
}

fn encode(text: &str, out: &mut Vec<String>) {
    out.push(text.to_owned());
    let percent = utf8_percent_encode(text, COMPONENT).to_string();
    out.push(lower_escapes(&percent));
    out.push(percent);
    let json = serde_json::Value::from(text).to_string();
    let json = json.trim_matches('"');
    out.push(json.to_owned());
    out.push(json.replace('/', "\\/"));
    out.push(
        json.replace('&', "\\u0026")
            .replace('<', "\\u003c")
            .replace('>', "\\u003e"),
    );
    out.push(text.replace('&', "&amp;"));
    out.push(STANDARD.encode(text));
    for skip in 0..3 {
        base64_inside(text, skip, out);
    }
}

/// `%2F` as `%2f`.
fn lower_escapes(percent: &str) -> String {
    let mut out = String::with_capacity(percent.len());
    let mut escape = 0;
    for c in percent.chars() {
        if c == '%' {
            escape = 2;
            out.push(c);
        } else if escape > 0 {
            escape -= 1;
            out.push(c.to_ascii_lowercase());
        } else {
            out.push(c);
        }
    }
    out
}

/// The Base64 of the text when it begins `skip` bytes into a group of three, without the characters that
/// depend on its neighbours.
fn base64_inside(text: &str, skip: usize, out: &mut Vec<String>) {
    let mut bytes = vec![0; skip];
    bytes.extend_from_slice(text.as_bytes());
    bytes.truncate(bytes.len() - bytes.len() % 3);
    let from = [0, 2, 3][skip];
    for encoded in [
        STANDARD_NO_PAD.encode(&bytes),
        URL_SAFE_NO_PAD.encode(&bytes),
    ] {
        out.extend(encoded.get(from..).map(str::to_owned));
    }
}
