//! The notifier: what it needs to send messages.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use burgee_http::Client;
use burgee_model::{Clock, Delivery, Secrets, Service};
use burgee_source::{Lang, Node};

use crate::{Destination, DestinationError, RetryPolicy};

/// Gives the URL that takes a service's messages in place of the one in the manifest.
pub type Redirect = Arc<dyn Fn(Service) -> String + Send + Sync>;

/// Hears of an attempt that failed: the state so far, and the pause before the next attempt.
pub type OnRetry<'a> = &'a (dyn Fn(&Delivery, Duration) + Send + Sync);

/// The notifier's settings.
#[derive(Clone, Default)]
pub struct NotifierConfig {
    /// The language of what is said about deliveries.
    pub lang: Lang,
    /// How often a message is tried.
    pub retry: RetryPolicy,
    /// Where everything goes instead: the inbox. The manifest's URLs and secrets are then not even looked at.
    pub redirect: Option<Redirect>,
    /// Where the random part of pauses begins; the same seed gives the same pauses.
    pub seed: u64,
}

/// Sends messages and says what became of them.
pub struct Notifier {
    pub(crate) config: NotifierConfig,
    pub(crate) client: Client,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) secrets: Arc<dyn Secrets>,
    random: Mutex<fastrand::Rng>,
}

// === impl Notifier ===

impl Notifier {
    /// A notifier that sends through `client` and finds secrets in `secrets`.
    #[must_use]
    pub fn new(
        config: NotifierConfig,
        client: Client,
        clock: Arc<dyn Clock>,
        secrets: Arc<dyn Secrets>,
    ) -> Self {
        let random = Mutex::new(fastrand::Rng::with_seed(config.seed));
        Self {
            config,
            client,
            clock,
            secrets,
            random,
        }
    }

    /// Where a message goes: the manifest's `url` and `secret`, unless everything goes elsewhere.
    ///
    /// # Errors
    ///
    /// When a Secret cannot be read, or the URL is empty, an example's text or another service's.
    pub fn destination(
        &self,
        service: Service,
        url: Option<&Node>,
        secret: Option<&Node>,
        namespace: &str,
    ) -> Result<Destination, DestinationError> {
        if let Some(redirect) = &self.config.redirect {
            return Destination::from_text(service, &redirect(service));
        }
        let secrets = &*self.secrets;
        let url = url.ok_or(DestinationError::Empty("url"))?;
        let destination = Destination::resolve(service, url, secrets, namespace)?;
        match (service, secret) {
            (Service::Dingding, Some(secret)) if !secret.is_null() => {
                destination.with_secret(secret, secrets, namespace)
            }
            (Service::Dingding | Service::Slack, _) => Ok(destination),
        }
    }

    /// A source of randomness of its own for each delivery.
    pub(crate) fn fork(&self) -> fastrand::Rng {
        let random = self.random.lock();
        random.unwrap_or_else(PoisonError::into_inner).fork()
    }
}

impl fmt::Debug for Notifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Notifier")
            .field("lang", &self.config.lang)
            .field("retry", &self.config.retry)
            .field("redirected", &self.config.redirect.is_some())
            .finish_non_exhaustive()
    }
}
