//! The engine against ports that do what a test says: no network, no real time.

mod check;
mod ports;
mod run;
