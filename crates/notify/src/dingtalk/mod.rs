//! DingTalk's custom robot: messages, their rules, signing, and what the answers mean.

pub(crate) mod lint;
mod message;
pub(crate) mod reply;
pub(crate) mod sign;

pub use message::{
    ActionCard, At, Button, Buttons, Content, FeedCard, FeedLink, Link, Markdown, Message, Text,
};
pub use sign::signature;
