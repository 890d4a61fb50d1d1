//! The real providers, each call with a client of its own that knows whose call it is.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use burgee_http::Client;
use burgee_model::{
    BoxFuture, Call, CallContext, CallError, CallKind, Clock, Event, Provider, Secrets, Service,
};
use burgee_notify::{Notifier, NotifierConfig};
use burgee_providers::{HttpConfig, HttpProvider};
use burgee_source::{Lang, Node, Text};

use super::stage::{Answer, Services, Stage};

const NO_REPLY: Text = Text::new(
    "there is no reply for step `{step}`: nothing leaves a simulation; `--reply {step}=FILE` says what is answered",
    "步骤 `{step}` 没有预设应答：模拟运行不发出任何请求；请用 `--reply {step}=FILE` 指定应答",
);

/// What both providers are made of.
struct Props {
    stage: Arc<Stage>,
    client: Client,
    clock: Arc<dyn Clock>,
    secrets: Arc<dyn Secrets>,
    lang: Lang,
}

/// Messages, to the inbox in memory.
struct Messages {
    props: Arc<Props>,
    /// The same simulation has the same pauses: each delivery gets the next seed.
    seed: AtomicU64,
}

/// Requests, with canned replies.
struct Requests(Arc<Props>);

/// The providers of a simulation that make requests.
pub(crate) fn providers(
    stage: Arc<Stage>,
    client: Client,
    clock: Arc<dyn Clock>,
    secrets: Arc<dyn Secrets>,
    lang: Lang,
) -> [Arc<dyn Provider>; 2] {
    let props = Arc::new(Props {
        stage,
        client,
        clock,
        secrets,
        lang,
    });
    let messages = Messages {
        props: Arc::clone(&props),
        seed: AtomicU64::new(0),
    };
    [Arc::new(messages), Arc::new(Requests(props))]
}

// === impl Messages ===

impl Messages {
    fn notifier(&self, step: String) -> Notifier {
        let Props {
            stage,
            client,
            clock,
            secrets,
            lang,
        } = &*self.props;
        let urls = Arc::clone(stage);
        let config = NotifierConfig {
            lang: *lang,
            redirect: Some(Arc::new(move |service: Service| urls.inbox.url(service))),
            seed: self.seed.fetch_add(1, Ordering::Relaxed),
            ..NotifierConfig::default()
        };
        let client = client.carried_by(Arc::new(Services::new(Arc::clone(stage), step)));
        Notifier::new(config, client, Arc::clone(clock), Arc::clone(secrets))
    }
}

impl Provider for Messages {
    fn name(&self) -> &'static str {
        "notify"
    }

    fn kind(&self, _: &str) -> CallKind {
        CallKind::Once
    }

    fn call<'a>(
        &'a self,
        context: &'a CallContext,
        call: &'a Call,
        emit: &'a (dyn Fn(Event) + Send + Sync),
    ) -> BoxFuture<'a, Result<Node, CallError>> {
        Box::pin(async move {
            let notifier = self.notifier(self.props.stage.name(&context.step));
            notifier.call(context, call, emit).await
        })
    }
}

// === impl Requests ===

impl Requests {
    fn provider(&self, client: Client) -> HttpProvider {
        let config = HttpConfig {
            lang: self.0.lang,
            ..HttpConfig::default()
        };
        HttpProvider::new(config, client, Arc::clone(&self.0.secrets))
    }
}

impl Provider for Requests {
    fn name(&self) -> &'static str {
        "http"
    }

    fn kind(&self, action: &str) -> CallKind {
        self.provider(self.0.client.clone()).kind(action)
    }

    fn call<'a>(
        &'a self,
        context: &'a CallContext,
        call: &'a Call,
        emit: &'a (dyn Fn(Event) + Send + Sync),
    ) -> BoxFuture<'a, Result<Node, CallError>> {
        Box::pin(async move {
            let Props {
                stage,
                client,
                lang,
                ..
            } = &*self.0;
            let step = stage.name(&context.step);
            let Some(next) = stage.next(&step) else {
                let message = NO_REPLY.render(*lang, &[("step", step)]);
                return Err(CallError::permanent(message));
            };
            let client = client.carried_by(Arc::new(Answer::new(next)));
            self.provider(client).call(context, call, emit).await
        })
    }
}
