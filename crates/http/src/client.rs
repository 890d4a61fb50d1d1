//! The client: policy, route, connection, exchange, each within its time.

use std::{fmt, sync::Arc, time::Duration};

use burgee_model::Clock;
use jiff::Timestamp;

use crate::{
    Carry, ClientConfig, ConfigError, Error, Kind, Phase, Request, Response, counted::Count, dial,
    exchange::exchange, tls::Tls,
};

/// Sends requests. Cheap to clone; every clone shares the settings.
#[derive(Clone)]
pub struct Client {
    config: Arc<ClientConfig>,
    tls: Arc<Tls>,
    clock: Arc<dyn Clock>,
}

// === impl Client ===

impl Client {
    /// A client with these settings. The system's certificates are not read before they are needed.
    ///
    /// # Errors
    ///
    /// When [`ClientConfig::extra_ca`] does not load.
    pub fn new(config: ClientConfig, clock: Arc<dyn Clock>) -> Result<Self, ConfigError> {
        let tls = Tls::new(config.extra_ca.as_deref())?;
        Ok(Self {
            config: Arc::new(config),
            tls: Arc::new(tls),
            clock,
        })
    }

    /// The same client with other bounds: the longest an attempt may take, and the most that is read of an answer.
    #[must_use]
    pub fn bounded(&self, attempt_limit: Duration, reply_cap: usize) -> Self {
        self.with(ClientConfig {
            attempt_limit,
            reply_cap,
            ..ClientConfig::clone(&self.config)
        })
    }

    /// The same client with somebody else in place of the network.
    #[must_use]
    pub fn carried_by(&self, carrier: Arc<dyn Carry>) -> Self {
        self.with(ClientConfig {
            carrier: Some(carrier),
            ..ClientConfig::clone(&self.config)
        })
    }

    fn with(&self, config: ClientConfig) -> Self {
        Self {
            config: Arc::new(config),
            ..self.clone()
        }
    }

    /// The settings.
    #[must_use]
    pub fn config(&self) -> &ClientConfig {
        &self.config
    }

    /// Sends one request and reads its answer, whatever the answer's status. Dropping the future closes the
    /// connection.
    ///
    /// # Errors
    ///
    /// When there is no complete answer; [`Error::arrival`] says whether the request may have got through.
    pub async fn send(&self, request: &Request) -> Result<Response, Error> {
        let start = self.clock.now();
        let count = Count::default();
        let result = tokio::select! {
            biased;
            result = self.attempt(request, &count) => result,
            () = self.clock.sleep(self.config.attempt_limit) => {
                Err(Error::new(Kind::Timeout(Phase::Exchange), count.arrival(), ""))
            }
        };
        let latency = since(start, self.clock.now());
        match result {
            Ok(answer) => {
                let status = answer.status.as_u16();
                tracing::debug!(destination = %request.url.redacted(), status, ?latency, "answered");
                Ok(Response { latency, ..answer })
            }
            Err(error) => {
                let error = error.after(latency);
                let arrival = error.arrival;
                tracing::debug!(destination = %request.url.redacted(), %error, ?arrival, "no answer");
                Err(error)
            }
        }
    }

    async fn attempt(&self, request: &Request, count: &Count) -> Result<Response, Error> {
        let url = &request.url;
        dial::permit(url, &self.config)?;
        if let Some(carrier) = &self.config.carrier {
            // What becomes of a request in other hands is theirs to say, or not known.
            count.add(1);
            let answer = carrier.carry(request).await?;
            return Ok(answer.within(self.config.reply_cap));
        }
        let route = self.config.proxy.route(url, self.config.outbound)?;
        let stream = tokio::select! {
            biased;
            stream = dial::connect(url, &route, &self.config, &self.tls, &self.clock) => stream?,
            () = self.clock.sleep(self.config.connect_limit) => {
                return Err(Error::unsent(Kind::Timeout(Phase::Connect), ""));
            }
        };
        let answer = exchange(stream, request, &route, self.config.reply_cap, count).await?;
        match answer.refusal_of_proxy(&route) {
            Some(error) => Err(error),
            None => Ok(answer.into()),
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("config", &self.config)
            .finish_non_exhaustive()
    }
}

fn since(start: Timestamp, now: Timestamp) -> Duration {
    Duration::try_from(now.duration_since(start)).unwrap_or(Duration::ZERO)
}
