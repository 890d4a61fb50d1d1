//! The binary from outside: arguments in, output, exit code and HTTP requests out.

mod check;
mod cue;
mod env;
mod eval;
mod events;
mod hostile;
mod look_back;
mod plan;
mod recover;
mod run;
mod secrets;
mod send;
mod server;
mod simulate;
mod state;
mod steer;
mod steer_live;
mod tls;
