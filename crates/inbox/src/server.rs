//! The server: accepts connections on one address and ends in two steps.

use std::{fmt, io, net::SocketAddr, sync::Arc, time::Duration};

use burgee_model::{Clock, Service};
use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::{JoinHandle, JoinSet},
};
use tracing::Instrument as _;

use crate::{
    InboxConfig, Received,
    desk::Desk,
    route::{self, respond},
    timer::ClockTimer,
};

/// How many connections are served at a time; more wait in the system's queue.
pub const MAX_CONNECTIONS: usize = 64;

/// How long a connection may take for a request's head, or stay idle.
pub const HEAD_TIMEOUT: Duration = Duration::from_secs(30);

/// How long running requests may take after [`Inbox::shutdown`] before they are cut off.
pub const SHUTDOWN_GRACE: Duration = Duration::from_secs(5);

/// The pause after a connection could not be accepted: too many open files do not go away by asking again.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// The running stand-ins. Dropping it ends them at once.
pub struct Inbox {
    address: SocketAddr,
    desk: Arc<Desk>,
    stop: watch::Sender<bool>,
    task: Task,
}

/// The server's task, which ends when this is dropped, and its connections with it.
struct Task(JoinHandle<()>);

// === impl Inbox ===

impl Inbox {
    /// Listens and serves, until dropped. Has to be called within a tokio runtime.
    ///
    /// Time limits are waited for on `clock`: with a clock whose sleeps end at once every request times out.
    ///
    /// # Errors
    ///
    /// When the address cannot be listened on, or is beyond loopback without
    /// [`InboxConfig::allow_non_loopback`].
    pub async fn start(config: InboxConfig, clock: Arc<dyn Clock>) -> io::Result<Self> {
        if !config.address.ip().is_loopback() && !config.allow_non_loopback {
            return Err(io::Error::new(
                io::ErrorKind::PermissionDenied,
                format!(
                    "{} is not a loopback address: whoever reaches it could read the messages",
                    config.address
                ),
            ));
        }
        let listener = TcpListener::bind(config.address).await?;
        let address = listener.local_addr()?;
        let desk = Arc::new(Desk::new(config, clock));
        let (stop, stopped) = watch::channel(false);
        let serving = serve(listener, Arc::clone(&desk), stopped);
        let span = tracing::info_span!("inbox", %address);
        let task = Task(tokio::spawn(serving.instrument(span)));
        Ok(Self {
            address,
            desk,
            stop,
            task,
        })
    }

    /// Where it listens.
    #[must_use]
    pub const fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// A webhook URL that the stand-in takes, shaped like the service's own. It is the same for every inbox on
    /// this port and keeps nothing secret.
    #[must_use]
    pub fn url(&self, service: Service) -> String {
        format!("http://{}{}", self.address, route::address_of(service))
    }

    /// The address of the page that shows the messages.
    #[must_use]
    pub fn page_url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// The messages kept, oldest first.
    #[must_use]
    pub fn messages(&self) -> Vec<Received> {
        self.desk.messages()
    }

    /// Takes no more connections, lets running requests end for [`SHUTDOWN_GRACE`], then cuts them off.
    pub async fn shutdown(mut self) {
        self.stop.send_replace(true);
        let grace = self.desk.clock().sleep(SHUTDOWN_GRACE);
        tokio::select! {
            biased;
            _ = &mut self.task.0 => {}
            () = grace => tracing::warn!("requests were cut off at shutdown"),
        }
    }
}

impl fmt::Debug for Inbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut f = f.debug_struct("Inbox");
        f.field("address", &self.address).finish_non_exhaustive()
    }
}

// === impl Task ===

impl Drop for Task {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Accepts until told to stop, then waits for the connections. Dropping the future drops them.
async fn serve(listener: TcpListener, desk: Arc<Desk>, mut stopped: watch::Receiver<bool>) {
    let mut connections = JoinSet::new();
    loop {
        let room = connections.len() < MAX_CONNECTIONS;
        tokio::select! {
            biased;
            // An error means that the inbox was dropped, which ends this task as well.
            _ = stopped.changed() => break,
            Some(_) = connections.join_next() => {}
            accepted = listener.accept(), if room => match accepted {
                Ok((stream, peer)) => {
                    let connection = connection(stream, Arc::clone(&desk), stopped.clone());
                    let span = tracing::debug_span!("connection", %peer);
                    connections.spawn(connection.instrument(span));
                }
                Err(error) => {
                    tracing::warn!(%error, "could not accept a connection");
                    desk.clock().sleep(ACCEPT_PAUSE).await;
                }
            },
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

/// Serves one connection; when told to stop it answers the request at hand and closes.
async fn connection(stream: TcpStream, desk: Arc<Desk>, mut stopped: watch::Receiver<bool>) {
    let timer = ClockTimer(Arc::clone(desk.clock()));
    let service = service_fn(move |request| respond(Arc::clone(&desk), request));
    let serving = http1::Builder::new()
        .timer(timer)
        .header_read_timeout(HEAD_TIMEOUT)
        .serve_connection(TokioIo::new(stream), service);
    tokio::pin!(serving);
    let ended = tokio::select! {
        ended = &mut serving => ended,
        _ = stopped.changed() => {
            serving.as_mut().graceful_shutdown();
            serving.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "connection ended early");
    }
}
