//! How the client is set up.

use std::{fmt, path::PathBuf, sync::Arc, time::Duration};

use crate::{Carry, ProxySettings, Resolve};

/// Where connections may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Outbound {
    /// Anywhere a service can be.
    #[default]
    Any,
    /// Nowhere but this machine. No other name is even looked up, and no proxy is used.
    LoopbackOnly,
}

/// Where `http://` is good enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PlainHttp {
    /// On loopback.
    #[default]
    LoopbackOnly,
    /// Everywhere: the user said so.
    Allowed,
}

/// The client's settings.
#[derive(Clone)]
pub struct ClientConfig {
    /// Where connections may go.
    pub outbound: Outbound,
    /// Where `http://` is good enough.
    pub plain_http: PlainHttp,
    /// A PEM file with certificate authorities to trust beside the usual ones.
    pub extra_ca: Option<PathBuf>,
    /// The proxies of the environment.
    pub proxy: ProxySettings,
    /// The longest wait for a connection: name, TCP, proxy and TLS together.
    pub connect_limit: Duration,
    /// The longest an attempt may take as a whole.
    pub attempt_limit: Duration,
    /// The most that is read of an answer's body, in bytes.
    pub reply_cap: usize,
    /// Looks names up; the system does when absent.
    pub resolver: Option<Arc<dyn Resolve>>,
    /// Carries requests; the network does when absent.
    pub carrier: Option<Arc<dyn Carry>>,
}

/// Why a client cannot be set up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The file of certificate authorities cannot be read.
    #[error("cannot read certificates from {}: {reason}", path.display())]
    ReadCa {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The file holds no certificate.
    #[error("{} holds no certificate in PEM form", path.display())]
    NoCertificate {
        /// The file.
        path: PathBuf,
    },
    /// A certificate in it cannot be used.
    #[error("a certificate in {} cannot be used: {reason}", path.display())]
    BadCertificate {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
}

// === impl ClientConfig ===

impl Default for ClientConfig {
    fn default() -> Self {
        Self {
            outbound: Outbound::default(),
            plain_http: PlainHttp::default(),
            extra_ca: None,
            proxy: ProxySettings::default(),
            connect_limit: Duration::from_secs(5),
            attempt_limit: Duration::from_secs(15),
            reply_cap: 64 * 1024,
            resolver: None,
            carrier: None,
        }
    }
}

impl fmt::Debug for ClientConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientConfig")
            .field("outbound", &self.outbound)
            .field("plain_http", &self.plain_http)
            .field("extra_ca", &self.extra_ca)
            .field("proxy", &self.proxy)
            .field("connect_limit", &self.connect_limit)
            .field("attempt_limit", &self.attempt_limit)
            .field("reply_cap", &self.reply_cap)
            .field("resolver", &self.resolver.is_some())
            .field("carrier", &self.carrier.is_some())
            .finish()
    }
}
