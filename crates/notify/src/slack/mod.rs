//! Slack's incoming webhook: messages, their rules, and what the answers mean.

mod blocks;
pub(crate) mod lint;
mod message;
pub(crate) mod reply;
mod spec;

pub use message::{Attachment, Block, Field, Message, Metadata};
