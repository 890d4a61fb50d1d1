//! What a message's reader would see, as paragraphs of styled text: the terminal and the page draw the same.
//!
//! Never fails: what is no message (or not a right one) is shown as far as it goes, in the end as JSON.

mod dingtalk;
mod markdown;
mod mrkdwn;
mod rich_text;
mod slack;

use burgee_model::Service;
use burgee_source::Lang;
use serde_json::Value;

use crate::Received;

/// How a piece of text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Face {
    pub(crate) bold: bool,
    pub(crate) italic: bool,
    pub(crate) strike: bool,
    pub(crate) code: bool,
    /// A link, or somebody mentioned.
    pub(crate) link: bool,
    pub(crate) faint: bool,
}

/// A piece of text in one face, perhaps a link.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Run {
    pub(crate) text: String,
    pub(crate) face: Face,
    pub(crate) href: Option<String>,
}

/// What a paragraph is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Heading,
    Small,
    Quote,
    /// Text as it is written, such as code.
    Verbatim,
    /// One of a list, with its bullet or number and how deep it stands.
    Item(String, usize),
    /// A line across; no text.
    Rule,
    /// Each run is a button.
    Buttons,
}

/// The colour of the bar beside an attachment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bar(pub(crate) u8, pub(crate) u8, pub(crate) u8);

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Para {
    pub(crate) kind: Kind,
    pub(crate) runs: Vec<Run>,
    pub(crate) bar: Option<Bar>,
}

/// The message as its reader would see it.
pub(crate) fn view(received: &Received, lang: Lang) -> Vec<Para> {
    let body = &received.body;
    let paras = match received.service {
        Service::Slack => slack::view(body, lang),
        Service::Dingding => dingtalk::view(body, lang),
    };
    if paras.is_empty() { raw(body) } else { paras }
}

/// JSON longer than this is shown in one line: indenting deep nesting can multiply its size a hundredfold.
const MAX_INDENTED: usize = 4096;

/// How much of a body that is no message is shown.
const MAX_RAW_CHARS: usize = 20_000;

/// The body as it came.
fn raw(body: &Value) -> Vec<Para> {
    let text = match body {
        Value::String(text) if text.is_empty() => return Vec::new(),
        Value::String(text) => text.clone(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            let compact = body.to_string();
            if compact.len() > MAX_INDENTED {
                compact.chars().take(MAX_RAW_CHARS).collect()
            } else {
                format!("{body:#}")
            }
        }
    };
    vec![Para::of(Kind::Verbatim, vec![Run::plain(text)])]
}

/// The string under a key, if there is one and it is not empty.
fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str().filter(|text| !text.is_empty())
}

/// The items of a list under a key; none where there is no list.
fn items<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value
        .get(key)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

// === impl Run ===

impl Run {
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self::faced(text, Face::default())
    }

    pub(crate) fn bold(text: impl Into<String>) -> Self {
        Self::faced(text, Face::default().bold())
    }

    pub(crate) fn faced(text: impl Into<String>, face: Face) -> Self {
        Self {
            text: text.into(),
            face,
            href: None,
        }
    }

    /// With a place to go to; the text is the place itself where it is empty.
    pub(crate) fn to(mut self, href: Option<&str>) -> Self {
        self.href = href.filter(|href| !href.is_empty()).map(str::to_owned);
        if let Some(href) = &self.href
            && self.text.is_empty()
        {
            self.text.clone_from(href);
        }
        self
    }
}

// === impl Face ===

impl Face {
    pub(crate) const fn bold(mut self) -> Self {
        self.bold = true;
        self
    }

    pub(crate) const fn italic(mut self) -> Self {
        self.italic = true;
        self
    }

    pub(crate) const fn strike(mut self) -> Self {
        self.strike = true;
        self
    }

    pub(crate) const fn code(mut self) -> Self {
        self.code = true;
        self
    }

    pub(crate) const fn link(mut self) -> Self {
        self.link = true;
        self
    }
}

// === impl Para ===

impl Para {
    pub(crate) const fn of(kind: Kind, runs: Vec<Run>) -> Self {
        Self {
            kind,
            runs,
            bar: None,
        }
    }

    pub(crate) fn small(text: impl Into<String>) -> Self {
        Self::of(Kind::Small, vec![Run::plain(text)])
    }
}
