//! From a name to addresses.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
};

use ::url::Host;
use burgee_model::BoxFuture;

use crate::{Error, Kind, Outbound, Refusal, address};

/// Looks names up.
pub trait Resolve: Send + Sync {
    /// The addresses of a host, in the order they should be tried.
    fn resolve<'a>(&'a self, host: &'a str) -> BoxFuture<'a, io::Result<Vec<IpAddr>>>;
}

/// The system's resolver.
struct System;

/// The addresses to try: only those that the policy permits.
pub(crate) async fn addresses(
    host: &Host<String>,
    port: u16,
    outbound: Outbound,
    resolver: Option<&Arc<dyn Resolve>>,
) -> Result<Vec<SocketAddr>, Error> {
    let found = match host {
        Host::Ipv4(ip) => vec![IpAddr::V4(*ip)],
        Host::Ipv6(ip) => vec![IpAddr::V6(*ip)],
        Host::Domain(name) if address::is_localhost(name) => {
            vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()]
        }
        Host::Domain(name) => lookup(name, outbound, resolver).await?,
    };
    let mut refusal = None;
    let mut permitted = Vec::new();
    for ip in found {
        match address::permit(ip, outbound) {
            Ok(()) => permitted.push(SocketAddr::new(ip, port)),
            Err(reason) => refusal = Some(reason),
        }
    }
    match refusal {
        Some(reason) if permitted.is_empty() => Err(Error::unsent(Kind::Refused(reason), "")),
        Some(_) | None => Ok(permitted),
    }
}

async fn lookup(
    name: &str,
    outbound: Outbound,
    resolver: Option<&Arc<dyn Resolve>>,
) -> Result<Vec<IpAddr>, Error> {
    match outbound {
        Outbound::Any => {}
        // The question alone would tell somebody outside.
        Outbound::LoopbackOnly => {
            return Err(Error::unsent(Kind::Refused(Refusal::NotLoopback), ""));
        }
    }
    let found = match resolver {
        Some(resolver) => resolver.resolve(name).await,
        None => System.resolve(name).await,
    };
    match found {
        Ok(addresses) if addresses.is_empty() => Err(Error::unsent(Kind::UnknownHost, "")),
        Ok(addresses) => Ok(addresses),
        Err(error) => Err(Error::unsent(kind(&error), error)),
    }
}

/// The system's resolver gives its reason as text only.
fn kind(error: &io::Error) -> Kind {
    let text = error.to_string();
    let passing = ["Temporary failure", "try again", "timed out"];
    if error.kind() == io::ErrorKind::TimedOut || passing.iter().any(|word| text.contains(word)) {
        Kind::Dns
    } else {
        Kind::UnknownHost
    }
}

impl Resolve for System {
    fn resolve<'a>(&'a self, host: &'a str) -> BoxFuture<'a, io::Result<Vec<IpAddr>>> {
        Box::pin(async move {
            let found = tokio::net::lookup_host((host, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passing_failure_of_dns_is_told_from_an_unknown_name() {
        let error = |text: &str| io::Error::other(text.to_owned());
        let passing =
            error("failed to lookup address information: Temporary failure in name resolution");
        let unknown = error("failed to lookup address information: Name or service not known");
        assert_eq!(kind(&passing), Kind::Dns);
        assert_eq!(kind(&unknown), Kind::UnknownHost);
    }
}
