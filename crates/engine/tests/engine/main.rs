//! The engine against ports that do what a test says: no network, no real time.

mod cases;
mod check;
mod conditions;
mod groups;
mod order;
mod passing;
mod ports;
mod restart;
mod run;
mod simulate;
mod steering;
mod waiting;
mod walks;
mod world;
