//! Where a message goes: a URL that was found, trimmed and judged, and the secret to sign with.

use std::fmt;

use burgee_http::{Redactor, SecretUrl};
use burgee_model::{SecretError, Secrets, Service};
use burgee_source::{Diagnostic, Lang, Node, Severity, Text};
use secrecy::{ExposeSecret as _, SecretString};

use crate::{
    dingtalk::sign,
    properties::{Held, held},
    rules, webhook,
};

/// A destination. Neither `Debug` nor `Display` show its secret part.
#[derive(Clone)]
pub struct Destination {
    service: Service,
    url: SecretUrl,
    secret: Option<SecretString>,
}

/// Why there is no destination. Never holds the URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DestinationError {
    /// The property says neither a value nor a Secret, or both.
    Shape(&'static str),
    /// The Secret cannot be read.
    Secret(SecretError),
    /// The value is empty.
    Empty(&'static str),
    /// The URL cannot be one to send to.
    Refused(Box<Diagnostic>),
}

// === impl Destination ===

impl Destination {
    /// Finds the URL that a `url` property means, in any generation's form.
    ///
    /// # Errors
    ///
    /// When the Secret cannot be read, or the URL is empty, an example's text or another service's.
    pub fn resolve(
        service: Service,
        url: &Node,
        secrets: &dyn Secrets,
        namespace: &str,
    ) -> Result<Self, DestinationError> {
        let url = value("url", url, secrets, namespace)?;
        Self::from_text(service, url.expose_secret())
    }

    /// A destination from the URL itself.
    ///
    /// # Errors
    ///
    /// When the URL is empty, an example's text or another service's.
    pub fn from_text(service: Service, url: &str) -> Result<Self, DestinationError> {
        let text = webhook::trim(url);
        if text.is_empty() {
            return Err(DestinationError::Empty("url"));
        }
        let fatal = |problem: &Diagnostic| {
            problem.severity() == Severity::Error || problem.rule() == &rules::PLACEHOLDER_URL
        };
        if let Some(problem) = webhook::look(service, text).into_iter().find(fatal) {
            return Err(DestinationError::Refused(Box::new(problem)));
        }
        let not_a_url = |_error| {
            let problem = Diagnostic::new(&rules::NOT_A_URL);
            DestinationError::Refused(Box::new(problem))
        };
        let mut url: SecretUrl = text.parse().map_err(not_a_url)?;
        if service == Service::Dingding
            && let Some(bare) = sign::without_signature(&url)
        {
            tracing::warn!("a signature in the URL is good for an hour only and was left out");
            url = bare;
        }
        Ok(Self {
            service,
            url,
            secret: None,
        })
    }

    /// The same destination with DingTalk's signing secret, found like the URL.
    ///
    /// # Errors
    ///
    /// When the Secret cannot be read or the value is empty.
    pub fn with_secret(
        self,
        secret: &Node,
        secrets: &dyn Secrets,
        namespace: &str,
    ) -> Result<Self, DestinationError> {
        let secret = value("secret", secret, secrets, namespace)?;
        self.signed_with(secret.expose_secret())
    }

    /// The same destination with DingTalk's signing secret.
    ///
    /// # Errors
    ///
    /// When it is empty.
    pub fn signed_with(mut self, secret: &str) -> Result<Self, DestinationError> {
        let secret = webhook::trim(secret);
        if secret.is_empty() {
            return Err(DestinationError::Empty("secret"));
        }
        self.secret = Some(secret.into());
        Ok(self)
    }

    /// The service.
    #[must_use]
    pub const fn service(&self) -> Service {
        self.service
    }

    /// True when it is this very machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.url.is_loopback()
    }

    /// True for `https`.
    #[must_use]
    pub const fn is_https(&self) -> bool {
        self.url.is_https()
    }

    /// Fit for reports: `https://hooks.slack.com/…#3fa9c1`.
    #[must_use]
    pub fn redacted(&self) -> String {
        self.url.redacted()
    }

    /// Teaches `redactor` what is secret here.
    pub fn teach(&self, redactor: &Redactor) {
        redactor.learn(self.url.expose());
        if let Some(secret) = &self.secret {
            redactor.learn(secret.expose_secret());
        }
    }

    pub(crate) const fn url(&self) -> &SecretUrl {
        &self.url
    }

    pub(crate) const fn secret(&self) -> Option<&SecretString> {
        self.secret.as_ref()
    }
}

impl fmt::Debug for Destination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Destination")
            .field("service", &self.service)
            .field("url", &self.url)
            .field("signed", &self.secret.is_some())
            .finish()
    }
}

/// The value of a property that is given in place or kept in a Secret.
fn value(
    field: &'static str,
    node: &Node,
    secrets: &dyn Secrets,
    namespace: &str,
) -> Result<SecretString, DestinationError> {
    match held(node) {
        Held::Value { text, .. } => Ok(text.into()),
        Held::Secret { reference, .. } => secrets
            .read(namespace, &reference)
            .map_err(DestinationError::Secret),
        Held::Both { .. } | Held::Nothing => Err(DestinationError::Shape(field)),
    }
}

// === impl DestinationError ===

impl DestinationError {
    /// What is wrong and the way out, in words.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Shape(field) => SHAPE.render(lang, &[("field", (*field).to_owned())]),
            Self::Empty(field) => EMPTY.render(lang, &[("field", (*field).to_owned())]),
            Self::Refused(problem) => {
                let mut words = vec![problem.message(lang)];
                words.extend(problem.hints(lang));
                words.join("; ")
            }
            Self::Secret(error) => secret_message(error, lang),
        }
    }
}

impl fmt::Display for DestinationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for DestinationError {}

fn secret_message(error: &SecretError, lang: Lang) -> String {
    match error {
        SecretError::NoSecret { name, namespace } => NO_SECRET.render(
            lang,
            &[("name", name.clone()), ("namespace", namespace.clone())],
        ),
        SecretError::NoKey {
            name,
            key,
            existing,
        } => NO_KEY.render(
            lang,
            &[
                ("name", name.clone()),
                ("key", key.clone()),
                ("existing", existing.clone()),
            ],
        ),
        SecretError::Empty { name, key } => {
            EMPTY_KEY.render(lang, &[("name", name.clone()), ("key", key.clone())])
        }
    }
}

const SHAPE: Text = Text::new(
    "`{field}` is neither a text nor one of `{{value: …}` and `{{secretRef: {{name: …, key: …}}`",
    "`{field}` 既不是文本，也不是 `{{value: …}` 或 `{{secretRef: {{name: …, key: …}}`",
);
const EMPTY: Text = Text::new("`{field}` is empty", "`{field}` 为空");
const NO_SECRET: Text = Text::new(
    "Secret `{name}` not found in namespace `{namespace}`: put it into the file, or give it with `--secrets` or `--secret`",
    "命名空间 `{namespace}` 中没有 Secret `{name}`：请写入清单文件，或用 `--secrets`、`--secret` 提供",
);
const NO_KEY: Text = Text::new(
    "Secret `{name}` has no key `{key}`; it has: {existing}",
    "Secret `{name}` 中没有键 `{key}`；现有：{existing}",
);
const EMPTY_KEY: Text = Text::new(
    "key `{key}` of Secret `{name}` is empty",
    "Secret `{name}` 的键 `{key}` 为空",
);
