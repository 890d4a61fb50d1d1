//! A message of Slack's incoming webhook as a type. Fields beyond those named here are kept as they are.

use burgee_source::Node;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A message. Absent fields are left out, and so is `null`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Message {
    /// The text, or what notifications show where there are blocks.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub text: Option<String>,
    /// Blocks, each as Block Kit describes it.
    #[serde(
        skip_serializing_if = "Vec::is_empty",
        default,
        deserialize_with = "crate::adapter::null_as_default"
    )]
    pub blocks: Vec<Block>,
    /// The older way to add to a message.
    #[serde(
        skip_serializing_if = "Vec::is_empty",
        default,
        deserialize_with = "one_or_many"
    )]
    pub attachments: Vec<Attachment>,
    /// The `ts` of the message to answer. A string: a number would lose digits.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub thread_ts: Option<String>,
    /// Whether `text` is read as mrkdwn; true when absent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub mrkdwn: Option<bool>,
    /// Previews of links to text.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unfurl_links: Option<bool>,
    /// Previews of links to media.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unfurl_media: Option<bool>,
    /// Whether `@name` becomes a mention.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub link_names: Option<bool>,
    /// Data for apps.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub metadata: Option<Metadata>,
    /// Everything else.
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

/// A block: its type, its id, and what the type asks for.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Block {
    /// `section`, `header`, `divider`…
    #[serde(rename = "type")]
    pub kind: String,
    /// Unique in the message.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub block_id: Option<String>,
    /// What the type asks for.
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

/// An attachment.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Attachment {
    /// Plain text for where nothing else can be shown.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub fallback: Option<String>,
    /// `good`, `warning`, `danger` or a hex colour.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub color: Option<String>,
    /// Above the attachment.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub pretext: Option<String>,
    /// Title.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub title: Option<String>,
    /// Where the title leads.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub title_link: Option<String>,
    /// The text.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub text: Option<String>,
    /// A table of short values.
    #[serde(
        skip_serializing_if = "Vec::is_empty",
        default,
        deserialize_with = "crate::adapter::null_as_default"
    )]
    pub fields: Vec<Field>,
    /// Blocks inside the attachment.
    #[serde(
        skip_serializing_if = "Vec::is_empty",
        default,
        deserialize_with = "crate::adapter::null_as_default"
    )]
    pub blocks: Vec<Block>,
    /// At the bottom.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub footer: Option<String>,
    /// Seconds since 1970, shown at the bottom.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub ts: Option<Value>,
    /// Everything else: author, images, `mrkdwn_in`.
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

/// One value of an attachment's table.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Field {
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub title: Option<String>,
    /// Its value.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub value: Option<String>,
    /// Whether two fit side by side.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub short: Option<bool>,
}

/// Data that apps read and people do not see.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Metadata {
    /// What happened.
    pub event_type: String,
    /// With what.
    pub event_payload: Map<String, Value>,
}

// === impl Message ===

impl Message {
    /// A message of one text.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: Some(text.into()),
            ..Self::default()
        }
    }

    /// The message as a tree, as [`crate::Notifier::deliver`] takes it.
    ///
    /// ```
    /// use burgee_notify::slack::Message;
    ///
    /// assert_eq!(Message::text("hi").to_node().to_json_text(), r#"{"text":"hi"}"#);
    /// ```
    #[must_use]
    pub fn to_node(&self) -> Node {
        crate::adapter::to_node(self)
    }
}

/// Slack wants a list; KubeVela's schema has one object.
fn one_or_many<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<Attachment>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Form {
        Many(Vec<Attachment>),
        One(Box<Attachment>),
        None,
    }
    Ok(match Form::deserialize(from)? {
        Form::Many(many) => many,
        Form::One(one) => vec![*one],
        Form::None => Vec::new(),
    })
}
