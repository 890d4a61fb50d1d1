//! A server that follows a script, time that jumps, and secrets in a table.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use burgee_http::{Client, ClientConfig, SystemClock};
use burgee_model::{BoxFuture, Clock, Delivery, SecretError, SecretRef, Secrets, Service};
use burgee_notify::{Destination, Notifier, NotifierConfig};
use burgee_source::Node;
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::TcpListener,
};
use tokio_rustls::TlsAcceptor;

pub(crate) const SLACK_PATH: &str = "/services/T0AAAAAAA/B0BBBBBBB/topsecrettokentopsecret1";
pub(crate) const DINGTALK_PATH: &str = "/robot/send?access_token=topsecrettokentopsecrettoken1234";

/// What to do with a connection.
#[derive(Clone)]
pub(crate) enum Step {
    /// Close it without a word.
    Close,
    /// Read the request, then close.
    CloseAfterRequest,
    /// Read the request, then answer.
    Reply(String),
}

/// A running script.
pub(crate) struct Server {
    pub(crate) port: u16,
    connections: Arc<AtomicUsize>,
    requests: Arc<Mutex<Vec<String>>>,
}

// === impl Step ===

pub(crate) fn reply(status: &str, body: &str) -> Step {
    reply_with(status, "", body)
}

pub(crate) fn reply_with(status: &str, headers: &str, body: &str) -> Step {
    let length = body.len();
    Step::Reply(format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\n\r\n{body}"
    ))
}

async fn play(
    step: &Step,
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    requests: &Mutex<Vec<String>>,
) {
    let Some(request) = read_request(&mut stream).await else {
        return;
    };
    requests.lock().expect("no panic").push(request);
    if let Step::Reply(text) = step {
        stream.write_all(text.as_bytes()).await.expect("written");
        let _gone = stream.shutdown().await;
    }
}

async fn read_request(stream: &mut (impl AsyncRead + Unpin)) -> Option<String> {
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\r\n\r\n") {
        bytes.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(bytes).expect("ASCII");
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse::<usize>().expect("a number"))
    });
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).await.ok()?;
    Some(head + &String::from_utf8(body).expect("UTF-8"))
}

// === impl Server ===

impl Server {
    pub(crate) async fn start(steps: impl IntoIterator<Item = Step>) -> Self {
        Self::run(steps.into_iter().collect(), None).await
    }

    pub(crate) async fn tls(steps: impl IntoIterator<Item = Step>, tls: TlsAcceptor) -> Self {
        Self::run(steps.into_iter().collect(), Some(tls)).await
    }

    /// The last step is repeated.
    async fn run(steps: Vec<Step>, tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("loopback is free");
        let port = listener.local_addr().expect("bound").port();
        let connections = Arc::new(AtomicUsize::new(0));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (counted, heard) = (Arc::clone(&connections), Arc::clone(&requests));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let index = counted.fetch_add(1, Ordering::SeqCst);
                let step = steps.get(index).or(steps.last()).expect("a step").clone();
                let (heard, tls) = (Arc::clone(&heard), tls.clone());
                tokio::spawn(async move {
                    match (&step, tls) {
                        (Step::Close, _) => {}
                        (_, None) => play(&step, stream, &heard).await,
                        (_, Some(tls)) => {
                            let stream = tls.accept(stream).await.expect("TLS");
                            play(&step, stream, &heard).await;
                        }
                    }
                });
            }
        });
        Self {
            port,
            connections,
            requests,
        }
    }

    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("no panic").clone()
    }

    pub(crate) fn url(&self, service: Service) -> String {
        let path = match service {
            Service::Slack => SLACK_PATH,
            Service::Dingding => DINGTALK_PATH,
        };
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    pub(crate) fn destination(&self, service: Service) -> Destination {
        Destination::from_text(service, &self.url(service)).expect("a destination")
    }
}

/// Time that passes only by sleeping, and then at once.
pub(crate) struct JumpingClock {
    now: Mutex<Timestamp>,
    sleeps: Mutex<Vec<Duration>>,
}

// === impl JumpingClock ===

impl JumpingClock {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self {
            now: Mutex::new(Timestamp::from_second(1_700_000_000).expect("a time")),
            sleeps: Mutex::default(),
        })
    }

    pub(crate) fn sleeps(&self) -> Vec<Duration> {
        self.sleeps.lock().expect("no panic").clone()
    }
}

impl Clock for JumpingClock {
    fn now(&self) -> Timestamp {
        *self.now.lock().expect("no panic")
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.sleeps.lock().expect("no panic").push(duration);
        let by = SignedDuration::try_from(duration).expect("short");
        *self.now.lock().expect("no panic") += by;
        Box::pin(std::future::ready(()))
    }
}

/// Secrets by `name/key`.
pub(crate) struct Table(pub(crate) Vec<(&'static str, &'static str)>);

impl Secrets for Table {
    fn read(&self, namespace: &str, reference: &SecretRef) -> Result<SecretString, SecretError> {
        let name = reference.to_string();
        let found = self.0.iter().find(|(key, _)| *key == name);
        let value = found.map(|(_, value)| SecretString::from(*value));
        value.ok_or_else(|| SecretError::NoSecret {
            name: reference.name.clone(),
            namespace: namespace.to_owned(),
        })
    }
}

/// A notifier whose pauses take no time; its connections take real time.
pub(crate) fn notifier(config: NotifierConfig, clock: &Arc<JumpingClock>) -> Notifier {
    with_client(config, ClientConfig::default(), clock)
}

pub(crate) fn with_client(
    config: NotifierConfig,
    client: ClientConfig,
    clock: &Arc<JumpingClock>,
) -> Notifier {
    let client = Client::new(client, Arc::new(SystemClock::default())).expect("a client");
    Notifier::new(config, client, clock.clone(), Arc::new(Table(Vec::new())))
}

pub(crate) fn message(service: Service) -> Node {
    match service {
        Service::Slack => burgee_notify::slack::Message::text("deployed").to_node(),
        Service::Dingding => burgee_notify::dingtalk::Message::text("deployed").to_node(),
    }
}

/// Delivers one message to the script; gives what became of it and the pauses.
pub(crate) async fn deliver(service: Service, server: &Server) -> (Delivery, Vec<Duration>) {
    let clock = JumpingClock::new();
    let notifier = notifier(NotifierConfig::default(), &clock);
    let destination = server.destination(service);
    let delivery = notifier
        .deliver(&destination, &message(service), &|_, _| {})
        .await;
    (delivery, clock.sleeps())
}
