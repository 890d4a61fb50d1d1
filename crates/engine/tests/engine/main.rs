//! The engine against ports that do what a test says: no network, no real time.

mod check;
mod conditions;
mod groups;
mod order;
mod ports;
mod run;
mod simulate;
mod waiting;
mod world;
