//! Messages, their checks and their deliveries, seen from outside.

mod classifier;
mod delivery;
mod limits;
mod lint;
mod places;
mod provider;
mod redaction;
mod robust;
mod support;
mod typed;
