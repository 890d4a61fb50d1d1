//! One message to its end: checked, signed, sent, repeated where that helps.

use std::time::Duration;

use burgee_http::{Error, Redactor, Request, Response, SecretUrl};
use burgee_model::{Delivery, Outcome, Service};
use burgee_source::{Diagnostic, Node, Severity, Text};
use jiff::{SignedDuration, Timestamp};
use tracing::Instrument as _;

use crate::{
    Advice, Destination, DestinationError, Notifier, OnRetry, Repeat, Verdict, backoff::Pauses,
    check_message, classify, dingtalk, prepare,
};

/// How many of a message's problems a delivery tells.
const MAX_TOLD: usize = 5;

const WAIT_TOO_LONG: Text = Text::new(
    "the pause that is needed ({seconds} s) is longer than one delivery may take, so it was not tried again",
    "所需等待时间（{seconds} 秒）超过单次投递的时限，因此不再重试",
);

/// What comes after an attempt.
enum Next {
    /// Another attempt, after a pause.
    Again(Duration),
    /// Nothing. There may have been a pause that does not fit into the deadline.
    End {
        /// That pause.
        too_long: Option<Duration>,
    },
}

// === impl Notifier ===

impl Notifier {
    /// Sends one message and says what became of it. An attempt that failed and is worth repeating is repeated,
    /// within the policy's bounds; `on_retry` hears of it before the pause.
    pub async fn deliver(
        &self,
        destination: &Destination,
        message: &Node,
        on_retry: OnRetry<'_>,
    ) -> Delivery {
        let span = tracing::info_span!(
            "delivery",
            service = destination.service().as_str(),
            destination = %destination.redacted(),
        );
        self.deliver_checked(destination, message, on_retry)
            .instrument(span)
            .await
    }

    /// The end of a delivery that had no destination.
    #[must_use]
    pub fn undeliverable(&self, service: Service, error: &DestinationError) -> Delivery {
        Delivery {
            service,
            destination: String::new(),
            outcome: Outcome::Permanent,
            attempts: 0,
            http_status: None,
            service_code: None,
            latency_ms: 0,
            message: error.message(self.config.lang),
        }
    }

    async fn deliver_checked(
        &self,
        destination: &Destination,
        message: &Node,
        on_retry: OnRetry<'_>,
    ) -> Delivery {
        let message = prepare(destination.service(), message);
        let problems = check_message(destination.service(), &message);
        let errors: Vec<_> = problems
            .iter()
            .filter(|problem| problem.severity() == Severity::Error)
            .collect();
        if !errors.is_empty() {
            let refused = self.refused(destination, &errors);
            tracing::info!(message = %refused.message, "not sent");
            return refused;
        }
        let body = message.to_json_text();
        let delivery = self.attempts(destination, &body, on_retry).await;
        tracing::info!(outcome = %delivery.outcome, attempts = delivery.attempts, "finished");
        delivery
    }

    async fn attempts(
        &self,
        destination: &Destination,
        body: &str,
        on_retry: OnRetry<'_>,
    ) -> Delivery {
        let start = self.clock.now();
        let mut pauses = self.config.retry.pauses(self.fork());
        let mut attempts = 0;
        loop {
            attempts += 1;
            let now = self.clock.now();
            let reply = self.attempt(destination, body, now).await;
            let mut verdict = classify(destination.service(), reply.as_ref(), self.clock.now());
            tracing::debug!(attempt = attempts, outcome = %verdict.outcome, code = verdict.code, "attempt");
            let pause = match self.next(&verdict, attempts, start, &mut pauses) {
                Next::Again(pause) => pause,
                Next::End { too_long } => {
                    return self.ended(destination, attempts, &reply, verdict, too_long);
                }
            };
            // It is not over yet, whatever it looks like.
            if verdict.repeat == Repeat::Once {
                verdict.outcome = Outcome::Transient;
            }
            let so_far = self.ended(destination, attempts, &reply, verdict, None);
            on_retry(&so_far, pause);
            self.clock.sleep(pause).await;
        }
    }

    /// Whether there is another attempt, and after which pause.
    fn next(
        &self,
        verdict: &Verdict,
        attempts: u32,
        start: Timestamp,
        pauses: &mut Pauses,
    ) -> Next {
        let pause = match verdict.repeat {
            Repeat::No => None,
            Repeat::Once if attempts > 1 => None,
            Repeat::Once | Repeat::Yes => pauses.next(),
        };
        let pause = pause.map(|pause| pause.max(verdict.retry_after.unwrap_or_default()));
        match pause {
            Some(pause) if self.fits(start, pause) => Next::Again(pause),
            too_long => Next::End { too_long },
        }
    }

    /// One attempt, signed for this very moment.
    async fn attempt(
        &self,
        destination: &Destination,
        body: &str,
        now: Timestamp,
    ) -> Result<Response, Error> {
        let url = url_for(destination, now)?;
        let request = Request::post_json(url, body.to_owned());
        self.client.send(&request).await
    }

    /// True when another attempt after the pause can end before the deadline.
    fn fits(&self, start: Timestamp, pause: Duration) -> bool {
        let spent = self.clock.now().duration_since(start);
        let spent = Duration::try_from(spent.max(SignedDuration::ZERO)).unwrap_or(Duration::MAX);
        let attempt = self.client.config().attempt_limit;
        let end = spent.saturating_add(pause).saturating_add(attempt);
        end <= self.config.retry.deadline
    }

    fn ended(
        &self,
        destination: &Destination,
        attempts: u32,
        reply: &Result<Response, Error>,
        verdict: Verdict,
        too_long: Option<Duration>,
    ) -> Delivery {
        let (http_status, latency) = match reply {
            Ok(response) => (Some(response.status.as_u16()), response.latency),
            Err(error) => (None, error.latency),
        };
        let mut message = verdict.advice.render(self.config.lang);
        if let Some(pause) = too_long {
            let advice = Advice::new(WAIT_TOO_LONG).arg("seconds", pause.as_secs());
            message = format!("{message}; {}", advice.render(self.config.lang));
        }
        Delivery {
            service: destination.service(),
            destination: destination.redacted(),
            outcome: verdict.outcome,
            attempts,
            http_status,
            service_code: verdict.code,
            latency_ms: u64::try_from(latency.as_millis()).unwrap_or(u64::MAX),
            message: without_secrets(destination, message),
        }
    }

    fn refused(&self, destination: &Destination, problems: &[&Diagnostic]) -> Delivery {
        let lang = self.config.lang;
        let words = problems.iter().take(MAX_TOLD).flat_map(|problem| {
            let mut words = vec![problem.message(lang)];
            words.extend(problem.hints(lang));
            words
        });
        let words: Vec<_> = words.collect();
        Delivery {
            service: destination.service(),
            destination: destination.redacted(),
            outcome: Outcome::Permanent,
            attempts: 0,
            http_status: None,
            service_code: None,
            latency_ms: 0,
            message: without_secrets(destination, words.join("; ")),
        }
    }
}

fn url_for(destination: &Destination, now: Timestamp) -> Result<SecretUrl, Error> {
    match (destination.service(), destination.secret()) {
        (Service::Dingding, Some(secret)) => {
            let signed = dingtalk::sign::signed(destination.url(), secret, now);
            signed.map_err(|error| {
                let (kind, arrival) = (burgee_http::Kind::Request, burgee_http::Arrival::No);
                Error::new(kind, arrival, error)
            })
        }
        (Service::Dingding | Service::Slack, _) => Ok(destination.url().clone()),
    }
}

/// Answers may repeat what they were sent.
fn without_secrets(destination: &Destination, message: String) -> String {
    if message.is_empty() {
        return message;
    }
    let redactor = Redactor::default();
    destination.teach(&redactor);
    redactor.mask(&message).into_owned()
}
