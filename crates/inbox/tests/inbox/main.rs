//! The inbox from outside: its rules, its server, its cards.

mod cards;
mod dingtalk;
mod hostile;
mod server;
mod slack;
mod support;
