//! One request at a service's address, as the rules see it.

use std::borrow::Cow;

use burgee_source::Text;
use serde_json::Value;
use url::form_urlencoded;

use crate::Reason;

/// How much of a body that is not JSON is kept to be shown.
const MAX_RAW_CHARS: usize = 20_000;

/// A request at a service's address.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Post<'a> {
    /// True for `POST`.
    pub(crate) is_post: bool,
    /// The path, still percent-encoded.
    pub(crate) path: &'a str,
    /// The query without its `?`.
    pub(crate) query: &'a str,
    /// The `Content-Type` header.
    pub(crate) content_type: Option<&'a str>,
    /// The body, if it came.
    pub(crate) body: Body<'a>,
}

/// What came of the body.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Body<'a> {
    /// All of it.
    Whole(&'a [u8]),
    /// It is longer than what is read at most.
    TooLarge,
    /// It did not come in time, or broke off.
    Incomplete,
}

// === impl Post ===

impl<'a> Post<'a> {
    /// The media type in lower case, without parameters.
    pub(crate) fn media_type(&self) -> Option<String> {
        let media = self.content_type?.split(';').next()?;
        Some(media.trim().to_ascii_lowercase())
    }

    /// A value of the query, decoded as forms are: `+` is a space there.
    pub(crate) fn query_value(&self, name: &str) -> Option<Cow<'a, str>> {
        form_urlencoded::parse(self.query.as_bytes())
            .find_map(|(key, value)| (key == name).then_some(value))
    }
}

// === impl Body ===

impl<'a> Body<'a> {
    /// The bytes; none where the body did not come.
    pub(crate) const fn bytes(self) -> &'a [u8] {
        match self {
            Self::Whole(bytes) => bytes,
            Self::TooLarge | Self::Incomplete => &[],
        }
    }

    /// How many bytes are there.
    pub(crate) const fn len(self) -> usize {
        self.bytes().len()
    }

    /// The body to show: the JSON, or the text as it came.
    pub(crate) fn to_value(self) -> Value {
        let bytes = self.bytes();
        serde_json::from_slice(bytes).unwrap_or_else(|_| {
            let text = String::from_utf8_lossy(bytes);
            Value::String(text.chars().take(MAX_RAW_CHARS).collect())
        })
    }
}

/// Why a body is not JSON.
pub(crate) fn not_json(error: &serde_json::Error) -> Reason {
    let text = Text::new("not JSON: {error}", "不是 JSON：{error}");
    Reason::from(text).arg("error", error)
}
