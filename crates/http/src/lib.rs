//! The one HTTP client: everything that leaves Burgee over HTTP goes through [`Client`].
//!
//! A request gets a connection of its own, so that it is always known whether a byte of it went out
//! ([`Arrival`]): that decides whether a message may be sent again. Certificates are always verified, redirects
//! are never followed, time and size are bounded, and [`Outbound`] says where connections may go; it is checked
//! on the addresses that are connected to, not on names. URLs are secrets ([`SecretUrl`]), and [`Redactor`]
//! hides what is secret in any text on its way out.
//!
//! ```
//! use burgee_http::{Redactor, SecretUrl};
//!
//! let url: SecretUrl = "https://hooks.slack.com/services/T0AAAAAAA/B0AAAAAAA/aaaaaaaaaaaaaaaaaaaaaaaa"
//!     .parse()
//!     .expect("a URL");
//! assert!(url.redacted().starts_with("https://hooks.slack.com/…#"));
//!
//! let redactor = Redactor::default();
//! redactor.learn("correct horse");
//! let line = format!("POST {} with correct horse", url.expose());
//! assert_eq!(redactor.mask(&line), "POST https://hooks.slack.com/services/*** with ***");
//! ```

mod address;
mod carry;
mod client;
mod clock;
mod config;
mod counted;
mod dial;
mod error;
mod exchange;
mod masking_writer;
mod message;
mod pattern;
mod proxy;
mod redactor;
mod resolve;
mod spellings;
mod tls;
mod url;

pub use self::{
    carry::Carry,
    client::Client,
    clock::SystemClock,
    config::{ClientConfig, ConfigError, Outbound, PlainHttp},
    error::{Arrival, Error, Kind, Phase, Refusal},
    masking_writer::MaskingWriter,
    message::{Request, Response},
    proxy::ProxySettings,
    redactor::Redactor,
    resolve::Resolve,
    url::{SecretUrl, UrlError},
};
