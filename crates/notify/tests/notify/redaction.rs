//! No part of a URL's token is shown anywhere.

use std::{
    io,
    sync::{Arc, Mutex},
};

use burgee_model::{Outcome, Service};
use burgee_notify::{Destination, NotifierConfig};
use tracing_subscriber::fmt::MakeWriter;

use crate::support::{JumpingClock, Server, Step, message, notifier, reply, reply_with};

const TOKEN: &str = "topsecrettoken";

/// Keeps what is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no panic").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn log_at_its_finest_and_every_debug_text_keep_the_token() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .finish();
    // For the whole process: a subscriber of one thread misses what other threads came across first.
    tracing::subscriber::set_global_default(subscriber).expect("no other test sets one");
    let echo = format!("<html>no hook at /services/T0AAAAAAA/B0BBBBBBB/{TOKEN}topsecret1</html>");
    let location = format!("location: https://evil.test/{TOKEN}\r\n");
    let steps = [
        reply("503 Service Unavailable", &echo),
        reply("200 OK", &echo),
        Step::CloseAfterRequest,
        reply_with("302 Found", &location, ""),
        Step::Close,
    ];
    let server = Server::start(steps).await;
    let clock = JumpingClock::new();
    let notifier = notifier(NotifierConfig::default(), &clock);
    let destination = server.destination(Service::Slack);
    let mut shown = format!("{destination:?} {notifier:?} {}", destination.redacted());
    let mut outcomes = Vec::new();
    for _ in 0..4 {
        let slack = message(Service::Slack);
        let on_retry = |delivery: &burgee_model::Delivery, _: std::time::Duration| {
            assert!(!format!("{delivery:?}").contains(TOKEN));
        };
        let delivery = notifier.deliver(&destination, &slack, &on_retry).await;
        outcomes.push(delivery.outcome);
        shown.push_str(&format!("{delivery:?}"));
    }
    assert_eq!(
        outcomes[..3],
        [Outcome::Permanent, Outcome::Unknown, Outcome::Permanent]
    );
    let refused =
        Destination::from_text(Service::Slack, &format!("https://{TOKEN}@hooks.slack.com/"));
    shown.push_str(&format!("{refused:?}"));
    let log = log.0.lock().expect("no panic").clone();
    let log = String::from_utf8(log).expect("text");
    assert!(
        log.contains("delivery{service=\"slack\""),
        "spans are there: {log}"
    );
    assert!(log.contains("finished"), "{log}");
    for text in [&shown, &log] {
        assert!(!text.contains(TOKEN), "{text}");
    }
}
