//! Connecting: the policy, the proxy, and TCP. TLS comes on top.

use std::{
    future::Future,
    net::SocketAddr,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use ::url::Host;
use burgee_model::Clock;
use http::Uri;
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::{client::legacy::connect::proxy::Tunnel, rt::TokioIo};
use tokio::net::TcpStream;
use tower_service::Service;

use crate::{
    ClientConfig, Error, Kind, Outbound, PlainHttp, Refusal, SecretUrl,
    error::BoxError,
    proxy::{Proxy, Route, origin},
    resolve,
    tls::Tls,
};

/// A connection, with or without TLS.
pub(crate) type Stream = MaybeHttpsStream<TokioIo<TcpStream>>;

/// Connects to one host, whatever it is asked for: what was checked is what is connected to.
#[derive(Clone)]
pub(crate) struct Dialer {
    host: Host<String>,
    port: u16,
    config: Arc<ClientConfig>,
    clock: Arc<dyn Clock>,
}

/// Refuses what the policy does not allow, before anything is looked up.
pub(crate) fn permit(url: &SecretUrl, config: &ClientConfig) -> Result<(), Error> {
    let refused = |refusal| Err(Error::unsent(Kind::Refused(refusal), ""));
    let loopback = url.is_loopback();
    match config.outbound {
        Outbound::Any => {}
        Outbound::LoopbackOnly if loopback => {}
        Outbound::LoopbackOnly => return refused(Refusal::NotLoopback),
    }
    match config.plain_http {
        PlainHttp::Allowed => Ok(()),
        PlainHttp::LoopbackOnly if url.is_https() || loopback => Ok(()),
        PlainHttp::LoopbackOnly => refused(Refusal::PlainHttp),
    }
}

/// Opens the connection that a URL and its route need.
pub(crate) async fn connect(
    url: &SecretUrl,
    route: &Route,
    config: &Arc<ClientConfig>,
    tls: &Tls,
    clock: &Arc<dyn Clock>,
) -> Result<Stream, Error> {
    let dialer = |host: Host<String>, port| Dialer {
        host,
        port,
        config: Arc::clone(config),
        clock: Arc::clone(clock),
    };
    let target = || dialer(url.parsed_host().clone(), url.port());
    match route {
        Route::Direct if url.is_https() => secure(target(), tls, url).await,
        Route::Direct => Ok(MaybeHttpsStream::Http(target().dial().await?)),
        Route::Forward(proxy) => {
            literal_target(url, config)?;
            let (host, port) = proxy_address(proxy)?;
            let stream = dialer(host, port).dial().await.map_err(as_proxy)?;
            Ok(MaybeHttpsStream::Http(stream))
        }
        Route::Tunnel(proxy) => {
            literal_target(url, config)?;
            let (host, port) = proxy_address(proxy)?;
            let mut tunnel = Tunnel::new(proxy.uri.clone(), dialer(host, port));
            if let Some(auth) = &proxy.auth {
                tunnel = tunnel.with_auth(auth.clone());
            }
            secure(tunnel, tls, url).await.map_err(as_proxy)
        }
    }
}

/// A proxy looks names up itself; an address in the URL can still be checked here.
fn literal_target(url: &SecretUrl, config: &ClientConfig) -> Result<(), Error> {
    let ip = match url.parsed_host() {
        Host::Domain(_) => return Ok(()),
        Host::Ipv4(ip) => (*ip).into(),
        Host::Ipv6(ip) => (*ip).into(),
    };
    crate::address::permit(ip, config.outbound)
        .map_err(|refusal| Error::unsent(Kind::Refused(refusal), ""))
}

async fn secure<C>(connector: C, tls: &Tls, url: &SecretUrl) -> Result<Stream, Error>
where
    C: Service<Uri, Response = TokioIo<TcpStream>>,
    C::Future: Send + 'static,
    C::Error: Into<BoxError>,
{
    let mut connector = HttpsConnector::from((connector, tls.config()?));
    let connected = connector.call(origin(url)?).await;
    connected.map_err(Error::of_connecting)
}

fn proxy_address(proxy: &Proxy) -> Result<(Host<String>, u16), Error> {
    let bad = |detail: &str| Error::unsent(Kind::Proxy, detail);
    let host = proxy
        .uri
        .host()
        .ok_or_else(|| bad("its address has no host"))?;
    let host = Host::parse(host).map_err(|_| bad("its address is no host"))?;
    Ok((host, proxy.uri.port_u16().unwrap_or(80)))
}

/// Failing to reach the proxy is the proxy's failure, not the service's.
fn as_proxy(error: Error) -> Error {
    match error.kind {
        Kind::UnknownHost | Kind::Dns | Kind::Connect => {
            let detail = error.to_string();
            Error::unsent(Kind::Proxy, detail)
        }
        Kind::Refused(_)
        | Kind::Proxy
        | Kind::Certificate
        | Kind::Tls
        | Kind::Timeout(_)
        | Kind::Closed
        | Kind::Protocol
        | Kind::Request => error,
    }
}

// === impl Dialer ===

impl Dialer {
    async fn dial(self) -> Result<TokioIo<TcpStream>, Error> {
        let resolver = self.config.resolver.as_ref();
        let addresses =
            resolve::addresses(&self.host, self.port, self.config.outbound, resolver).await?;
        let mut last = Error::unsent(Kind::Connect, "no address to connect to");
        // Each address gets its share, so that one that never answers leaves time for the next.
        let count = u32::try_from(addresses.len()).unwrap_or(u32::MAX);
        let share = self.config.connect_limit / count.max(1);
        for address in &addresses {
            match self.try_address(*address, share, count > 1).await {
                Ok(stream) => return Ok(TokioIo::new(stream)),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    async fn try_address(
        &self,
        address: SocketAddr,
        share: Duration,
        limited: bool,
    ) -> Result<TcpStream, Error> {
        let connected = tokio::select! {
            biased;
            connected = TcpStream::connect(address) => connected,
            () = self.clock.sleep(share), if limited => {
                return Err(Error::unsent(Kind::Connect, "no answer from one of its addresses"));
            }
        };
        let stream = connected.map_err(|error| Error::unsent(Kind::Connect, error))?;
        // Small requests should not wait for more to come.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "cannot set TCP_NODELAY");
        }
        Ok(stream)
    }
}

impl Service<Uri> for Dialer {
    type Response = TokioIo<TcpStream>;
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Error>> + Send>>;

    fn poll_ready(&mut self, _cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _destination: Uri) -> Self::Future {
        Box::pin(self.clone().dial())
    }
}
