//! Providers that need no cluster.
//!
//! [`HttpProvider`] makes the requests of steps such as `request` and `webhook`, through the one HTTP client and
//! under its policy.

mod failure;
mod hidden;
mod http;
mod params;
mod reply;
mod words;

pub use self::{
    hidden::secrets_in,
    http::{HttpConfig, HttpProvider},
    params::{DEFAULT_TIMEOUT, MAX_TIMEOUT},
};
