//! From flags and environment to the client's settings.

use burgee_http::{ClientConfig, Outbound, PlainHttp, ProxySettings};

use burgee_notify::Destination;

use crate::{args::NetworkArgs, exit::Failure};

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

/// Refuses `http://` beyond loopback, where everybody on the way could read the URL, unless it was allowed.
pub(super) fn refuse_plain_http(
    destination: &Destination,
    args: &NetworkArgs,
) -> Result<(), Failure> {
    if destination.is_https() || destination.is_loopback() || args.allow_http {
        return Ok(());
    }
    let to = destination.redacted();
    Err(Failure::usage(format!("{to} is plain http beyond this machine: everybody on the way could read the message and the URL"))
        .hint("write https://, or allow it with --allow-http"))
}
