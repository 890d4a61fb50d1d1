//! Slack's incoming webhook: messages, their rules, and what the answers mean.

mod message;
pub(crate) mod reply;

pub use message::{Attachment, Block, Field, Message, Metadata};
