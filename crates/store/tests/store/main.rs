//! What the store promises, from outside.

mod find;
mod journal;
mod lock;
mod open;
mod processes;
mod read;
mod steer;
mod support;
mod v1;
