//! From flags and environment to the client's settings.

use burgee_http::{ClientConfig, Outbound, PlainHttp, ProxySettings};

use crate::args::NetworkArgs;

/// The client's settings for one command.
pub(super) fn config(args: &NetworkArgs, outbound: Outbound) -> ClientConfig {
    ClientConfig {
        outbound,
        plain_http: match args.allow_http {
            true => PlainHttp::Allowed,
            false => PlainHttp::LoopbackOnly,
        },
        extra_ca: args.ca.clone(),
        proxy: ProxySettings::from_env(|name| std::env::var(name).ok()),
        ..ClientConfig::default()
    }
}
