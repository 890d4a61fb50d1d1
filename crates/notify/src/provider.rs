//! The engine's way to the notifier: calls `notify/send`.

use burgee_model::{
    BoxFuture, Call, CallContext, CallError, CallKind, Delivery, Event, Outcome, Provider, Service,
};
use burgee_source::{Kind, Lang, Map, Node, Number, Text};

use crate::Notifier;

const UNKNOWN_ACTION: Text = Text::new(
    "`notify` has no action `{action}`",
    "`notify` 没有操作 `{action}`",
);
const UNKNOWN_SERVICE: Text = Text::new(
    "messages to this service are not carried out yet; there are: dingding, slack",
    "目前尚不能发送该服务的通知；可用：dingding、slack",
);

impl Provider for Notifier {
    fn name(&self) -> &'static str {
        "notify"
    }

    fn kind(&self, _action: &str) -> CallKind {
        CallKind::Once
    }

    fn call<'a>(
        &'a self,
        context: &'a CallContext,
        call: &'a Call,
        emit: &'a (dyn Fn(Event) + Send + Sync),
    ) -> BoxFuture<'a, Result<Node, CallError>> {
        Box::pin(async move {
            if call.action != "send" {
                let action = ("action", call.action.to_owned());
                return Err(self.error(UNKNOWN_ACTION, &[action]));
            }
            let named = call.params.get_str("service").map(|text| text.value);
            let service = Service::ALL
                .into_iter()
                .find(|one| Some(one.as_str()) == named);
            let service = service.ok_or_else(|| self.error(UNKNOWN_SERVICE, &[]))?;
            let delivery = self.send(context, service, &call.params, emit).await;
            emit(Event::DeliveryFinished {
                step: context.step.clone(),
                delivery: delivery.clone(),
            });
            if delivery.outcome.is_success() {
                Ok(result(&delivery))
            } else {
                let message = in_words(&delivery, self.config.lang);
                // Its attempts are over: the step has nothing to try again.
                Err(match delivery.outcome {
                    Outcome::Unknown => CallError::unknown(message),
                    _ => CallError::permanent(message),
                })
            }
        })
    }
}

// === impl Notifier ===

impl Notifier {
    async fn send(
        &self,
        context: &CallContext,
        service: Service,
        params: &Node,
        emit: &(dyn Fn(Event) + Send + Sync),
    ) -> Delivery {
        let url = params.get("url").filter(|url| !url.is_null());
        let secret = params.get("secret");
        let destination = match self.destination(service, url, secret, &context.namespace) {
            Ok(destination) => destination,
            Err(error) => return self.undeliverable(service, &error),
        };
        let nothing = Node::from(Kind::Null);
        let message = params.get("message").unwrap_or(&nothing);
        let on_retry = |delivery: &Delivery, pause: std::time::Duration| {
            emit(Event::DeliveryRetried {
                step: context.step.clone(),
                delivery: delivery.clone(),
                wait_ms: u64::try_from(pause.as_millis()).unwrap_or(u64::MAX),
            });
        };
        self.deliver(&destination, message, &on_retry).await
    }

    fn error(&self, text: Text, args: &[(&'static str, String)]) -> CallError {
        CallError::permanent(text.render(self.config.lang, args))
    }
}

/// What a step's outputs may read.
fn result(delivery: &Delivery) -> Node {
    let mut map = Map::default();
    let none = burgee_source::Span::NONE;
    let number = |value: i64| Node::from(Kind::Number(Number::from(value)));
    map.insert("outcome", none, Node::string(delivery.outcome.to_string()));
    map.insert("attempts", none, number(delivery.attempts.into()));
    if let Some(status) = delivery.http_status {
        map.insert("httpStatus", none, number(status.into()));
    }
    if let Some(code) = &delivery.service_code {
        map.insert("serviceCode", none, Node::string(code));
    }
    Kind::Map(map).into()
}

/// `Slack: Permanent (invalid_payload): …`
fn in_words(delivery: &Delivery, lang: Lang) -> String {
    let code = match (&delivery.service_code, delivery.http_status) {
        (Some(code), _) => Some(code.clone()),
        (None, Some(status)) => Some(format!("HTTP {status}")),
        (None, None) => None,
    };
    let code = match (lang, code) {
        (Lang::En, Some(code)) => format!(" ({code})"),
        (Lang::Zh, Some(code)) => format!("（{code}）"),
        (Lang::En | Lang::Zh, None) => String::new(),
    };
    let (service, outcome) = (delivery.service.title(), delivery.outcome);
    let message = &delivery.message;
    match lang {
        Lang::En => format!("{service}: {outcome}{code}: {message}"),
        Lang::Zh => format!("{service}：{outcome}{code}：{message}"),
    }
}
