//! Messages, their checks and their deliveries, seen from outside.

mod classifier;
mod delivery;
mod limits;
mod lint;
mod provider;
mod redaction;
mod support;
mod typed;
