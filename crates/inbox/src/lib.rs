//! Local stand-ins for the chat services that enforce the real rules.
//!
//! An [`Inbox`] listens on loopback, speaks real HTTP, and answers as Slack's incoming webhook and DingTalk's
//! custom robot do, refusals included: a message that it takes is one that the service would take. It keeps
//! the last thousand messages, shows them on a page (`GET /`), hands them out as JSON (`GET /messages`), and
//! [`render`] draws one for a terminal the way its reader would see it. The rules are written down here a
//! second time, on raw JSON, and not shared with the code that checks messages before they are sent: each
//! side can catch the other's mistakes.
//!
//! Lengths are counted as the service counts them: Slack in characters, DingTalk in bytes of UTF-8.
//!
//! ```
//! use burgee_inbox::judge;
//! use burgee_model::Service;
//! use serde_json::json;
//!
//! assert!(judge(Service::Slack, &json!({"text": "deployed"})).is_ok());
//!
//! let refusal = judge(Service::Dingding, &json!({"msgtype": "text"})).expect_err("no text object");
//! assert_eq!(refusal.reply.status, 200);
//! assert_eq!(refusal.reply.code, "40035");
//! ```

mod clean;
mod config;
mod desk;
mod dingtalk;
mod judge;
mod local;
mod mailbox;
mod page;
mod post;
mod reason;
mod received;
mod render;
mod route;
mod server;
mod shape;
mod slack;
mod timer;
mod view;
mod words;
mod wrap;

pub use config::{InboxConfig, OnMessage, Pacing};
pub use judge::judge;
pub use local::Local;
pub use mailbox::{MAX_KEPT_BYTES, MAX_MESSAGES};
pub use reason::Reason;
pub use received::{Received, Refusal, Reply};
pub use render::{Style, render};
pub use route::{BODY_TIMEOUT, MAX_BODY_BYTES};
pub use server::{HEAD_TIMEOUT, Inbox, MAX_CONNECTIONS, SHUTDOWN_GRACE};
