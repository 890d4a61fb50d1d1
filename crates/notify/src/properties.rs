//! The properties of a notification step: a block for each service, and values given in place or in a Secret.

use burgee_model::{SecretRef, Service};
use burgee_source::{Kind, Map, Node, Span};

use crate::webhook;

/// How a secret value is given.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Held<'a> {
    /// In place.
    Value {
        /// The text.
        text: &'a str,
        /// Where.
        span: Span,
        /// The form.
        form: Form,
    },
    /// In a Secret.
    Secret {
        /// Which.
        reference: SecretRef,
        /// The form.
        form: Form,
    },
    /// In two ways at once: the keys.
    Both {
        /// One key.
        first: &'static str,
        /// The other key.
        second: &'static str,
    },
    /// In none.
    Nothing,
}

/// The generations of the `url` property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// A plain string: KubeVela 1.1.
    Plain,
    /// `{address}` or `{fromSecret}`: KubeVela 1.1.6 to 1.1.13.
    Second,
    /// `{value}` or `{secretRef}`: today.
    Today,
}

const VALUES: [(&str, Form); 2] = [("value", Form::Today), ("address", Form::Second)];
const SECRETS: [(&str, Form); 2] = [("secretRef", Form::Today), ("fromSecret", Form::Second)];

/// Reads a value in any of its forms.
pub(crate) fn held(node: &Node) -> Held<'_> {
    match &node.kind {
        Kind::String(text) => Held::Value {
            text,
            span: node.span,
            form: Form::Plain,
        },
        Kind::Map(map) => held_in(map),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::List(_) => Held::Nothing,
    }
}

fn held_in(map: &Map) -> Held<'_> {
    let value = VALUES.iter().find_map(|(key, form)| {
        let node = map.get(key).filter(|node| !node.is_null())?;
        Some((*key, *form, node))
    });
    let secret = SECRETS.iter().find_map(|(key, form)| {
        let node = map.get(key).filter(|node| !node.is_null())?;
        Some((*key, *form, node))
    });
    match (value, secret) {
        (Some((first, ..)), Some((second, ..))) => Held::Both { first, second },
        (Some((_, form, node)), None) => match node.as_str() {
            Some(text) => Held::Value {
                text,
                span: node.span,
                form,
            },
            None => Held::Nothing,
        },
        (None, Some((_, form, node))) => {
            let part = |key| node.get_str(key).map(|text| text.value.to_owned());
            match (part("name"), part("key")) {
                (Some(name), Some(key)) => Held::Secret {
                    reference: SecretRef { name, key },
                    form,
                },
                (Some(_) | None, _) => Held::Nothing,
            }
        }
        (None, None) => Held::Nothing,
    }
}

/// The services that a step's properties send to and the `url` of each, in KubeVela's order.
pub fn destinations(properties: &Node) -> impl Iterator<Item = (Service, &Node)> {
    Service::ALL.into_iter().filter_map(move |service| {
        let url = properties.get(service.as_str())?.get("url")?;
        (!url.is_null()).then_some((service, url))
    })
}

/// The secrets that stand in a step's properties in clear: webhook URLs, passwords, signing secrets.
#[must_use]
pub fn secrets_in(properties: &Node) -> Vec<String> {
    let mut found = Vec::new();
    for service in ["dingding", "slack", "lark"] {
        let Some(block) = properties.get(service) else {
            continue;
        };
        for key in ["url", "secret"] {
            if let Some(node) = block.get(key) {
                learn(node, &mut found);
            }
        }
    }
    let password = properties.get("email").and_then(|email| email.get("from"));
    if let Some(node) = password.and_then(|from| from.get("password")) {
        learn(node, &mut found);
    }
    found
}

/// Every value in place, also where two forms contradict each other.
fn learn(node: &Node, found: &mut Vec<String>) {
    let texts = [Some(node), node.get("value"), node.get("address")];
    let texts = texts.into_iter().flatten().filter_map(Node::as_str);
    let secret = |text: &&str| !webhook::looks_made_up(&text.to_lowercase());
    found.extend(texts.map(webhook::trim).filter(secret).map(str::to_owned));
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn all_generations_of_a_url_are_read() {
        for (value, form) in [
            (json!("u"), Form::Plain),
            (json!({"address": "u"}), Form::Second),
            (json!({"value": "u", "secretRef": null}), Form::Today),
        ] {
            let node = Node::from(value);
            let read = held(&node);
            let span = Span::NONE;
            assert_eq!(
                read,
                Held::Value {
                    text: "u",
                    span,
                    form
                }
            );
        }
        for (key, form) in [("fromSecret", Form::Second), ("secretRef", Form::Today)] {
            let node = Node::from(json!({key: {"name": "n", "key": "k"}}));
            let (name, key) = ("n".to_owned(), "k".to_owned());
            let reference = SecretRef { name, key };
            assert_eq!(held(&node), Held::Secret { reference, form });
        }
    }

    #[test]
    fn secrets_are_found_and_placeholders_are_not() {
        let properties = Node::from(json!({
            "slack": {"url": "<your slack url>"},
            "dingding": {
                "url": {"value": " https://oapi.dingtalk.com/robot/send?access_token=abc\n"},
                "secret": "SECabc",
            },
            "email": {"from": {"password": {"value": "pw-1234"}}},
        }));
        assert_eq!(
            secrets_in(&properties),
            [
                "https://oapi.dingtalk.com/robot/send?access_token=abc",
                "SECabc",
                "pw-1234"
            ]
        );
    }

    #[test]
    fn destinations_come_in_kubevelas_order() {
        let properties = Node::from(json!({"slack": {"url": "a"}, "dingding": {"url": "b"}}));
        let found: Vec<_> = destinations(&properties)
            .map(|(service, _)| service)
            .collect();
        assert_eq!(found, [Service::Dingding, Service::Slack]);
    }
}
