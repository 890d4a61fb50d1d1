//! The binary from outside: arguments in, output, exit code and HTTP requests out.

mod check;
mod cue;
mod env;
mod eval;
mod hostile;
mod run;
mod secrets;
mod send;
mod server;
mod steer;
mod tls;
