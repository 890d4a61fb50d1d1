//! The inbox from outside: its rules, its server, its cards.

mod agreement;
mod cards;
mod dingtalk;
mod hostile;
mod messages;
mod server;
mod slack;
mod support;
