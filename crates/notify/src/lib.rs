//! Notifier adapters: what Slack and DingTalk take as a message, how it is checked, signed and delivered, and
//! what their answers mean.
//!
//! [`Lint`] checks a notification step before anything happens; [`Notifier`] sends. Between them lies one set of
//! rules: [`check_message`] is asked again right before a message goes out. What became of a message is decided
//! by [`classify`] alone, from the service's own word and not from the HTTP status: DingTalk says no with 200.
//!
//! ```
//! use burgee_model::{Outcome, Service};
//! use burgee_notify::{check_message, slack};
//! use burgee_source::{Lang, Node};
//! use serde_json::json;
//!
//! let message = slack::Message::text("deployed").to_node();
//! assert!(check_message(Service::Slack, &message).is_empty());
//!
//! let message = Node::from(json!({"msgtype": "markdown", "text": {"content": "done"}}));
//! let problems = check_message(Service::Dingding, &message);
//! assert_eq!(problems[0].message(Lang::En), "`msgtype` is `markdown`, but there is no `markdown` object");
//! ```

mod adapter;
mod advice;
mod backoff;
mod classify;
mod deliver;
mod destination;
pub mod dingtalk;
mod hints;
mod inspect;
mod lint;
mod notifier;
mod object;
mod prepare;
mod properties;
mod provider;
mod retry_after;
pub mod rules;
pub mod slack;
mod text_rules;
mod url_rules;
mod webhook;

pub use adapter::check_message;
pub use advice::Advice;
pub use backoff::RetryPolicy;
pub use classify::{Repeat, Verdict, classify};
pub use destination::{Destination, DestinationError};
pub use lint::Lint;
pub use notifier::{Notifier, NotifierConfig, OnRetry, Redirect};
pub use prepare::prepare;
pub use properties::{destinations, secrets_in};
