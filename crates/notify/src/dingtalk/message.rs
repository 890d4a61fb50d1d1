//! A message of DingTalk's custom robot as a type.

use burgee_source::Node;
use serde::{Deserialize, Serialize};

/// A message: one of the robot's types, and whom it mentions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// What it says.
    #[serde(flatten)]
    pub content: Content,
    /// Whom it mentions: in texts and markdown.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub at: Option<At>,
}

/// The types of message, named by `msgtype`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "msgtype", rename_all = "camelCase")]
pub enum Content {
    /// Plain text.
    Text {
        /// The text.
        text: Text,
    },
    /// A link with a picture.
    Link {
        /// The link.
        link: Link,
    },
    /// A subset of Markdown.
    Markdown {
        /// The text and its title.
        markdown: Markdown,
    },
    /// A card with buttons.
    ActionCard {
        /// The card.
        #[serde(rename = "actionCard")]
        action_card: ActionCard,
    },
    /// A list of links with pictures.
    FeedCard {
        /// The list.
        #[serde(rename = "feedCard")]
        feed_card: FeedCard,
    },
}

/// Plain text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Text {
    /// The text.
    pub content: String,
}

/// A link.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Link {
    /// The title.
    pub title: String,
    /// The text; long ones are shortened.
    pub text: String,
    /// Where it leads.
    pub message_url: String,
    /// A picture.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub pic_url: Option<String>,
}

/// Markdown, as far as DingTalk reads it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Markdown {
    /// What the list of chats shows.
    pub title: String,
    /// The text.
    pub text: String,
}

/// A card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ActionCard {
    /// What the list of chats shows.
    pub title: String,
    /// Markdown.
    pub text: String,
    /// `"0"`: buttons below each other; `"1"`: side by side.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub btn_orientation: Option<String>,
    /// `"1"` hides the robot's picture.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hide_avatar: Option<String>,
    /// One button or several.
    #[serde(flatten)]
    pub buttons: Buttons,
}

/// The two forms of a card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Buttons {
    /// Several buttons.
    Many {
        /// The buttons.
        btns: Vec<Button>,
    },
    /// The whole card is one button.
    One {
        /// Its words.
        #[serde(rename = "singleTitle")]
        title: String,
        /// Where it leads.
        #[serde(rename = "singleURL")]
        url: String,
    },
}

/// One of several buttons.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Button {
    /// Its words.
    pub title: String,
    /// Where it leads.
    #[serde(rename = "actionURL")]
    pub action_url: String,
}

/// A list of links.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FeedCard {
    /// The links.
    pub links: Vec<FeedLink>,
}

/// One link of a list; spelled otherwise than [`Link`]'s fields.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FeedLink {
    /// The title.
    pub title: String,
    /// Where it leads.
    #[serde(rename = "messageURL")]
    pub message_url: String,
    /// A picture.
    #[serde(rename = "picURL")]
    pub pic_url: String,
}

/// Mentions.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct At {
    /// By phone number.
    #[serde(
        skip_serializing_if = "Vec::is_empty",
        default,
        deserialize_with = "crate::adapter::null_as_default"
    )]
    pub at_mobiles: Vec<String>,
    /// By user id.
    #[serde(
        skip_serializing_if = "Vec::is_empty",
        default,
        deserialize_with = "crate::adapter::null_as_default"
    )]
    pub at_user_ids: Vec<String>,
    /// Everybody.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub is_at_all: Option<bool>,
}

// === impl Message ===

impl Message {
    /// A message of plain text.
    pub fn text(content: impl Into<String>) -> Self {
        let content = content.into();
        Self {
            content: Content::Text {
                text: Text { content },
            },
            at: None,
        }
    }

    /// The message as a tree, as [`crate::Notifier::deliver`] takes it.
    ///
    /// ```
    /// use burgee_notify::dingtalk::Message;
    ///
    /// let sent = Message::text("hi").to_node().to_json_text();
    /// assert_eq!(sent, r#"{"msgtype":"text","text":{"content":"hi"}}"#);
    /// ```
    #[must_use]
    pub fn to_node(&self) -> Node {
        crate::adapter::to_node(self)
    }
}
