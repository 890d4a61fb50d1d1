//! From the message in the manifest to the message on the wire.

use burgee_model::Service;
use burgee_source::{Kind, Map, Node, Span};

/// The message as it is sent. Old manifests spell out `null` for every optional field: those are left out. One
/// Slack attachment becomes a list, and a DingTalk message without `msgtype` is a text, as in KubeVela.
#[must_use]
pub fn prepare(service: Service, message: &Node) -> Node {
    let mut message = without_nulls(message);
    let Some(map) = message.as_map_mut() else {
        return message;
    };
    match service {
        Service::Slack => {
            if let Some(attachments) = map.get_mut("attachments")
                && attachments.as_map().is_some()
            {
                let one = attachments.clone();
                *attachments = Node::new(Kind::List(vec![one]), attachments.span);
            }
        }
        Service::Dingding => {
            if map.get("msgtype").is_none() && map.get("text").is_some() {
                map.insert("msgtype", Span::NONE, Node::string("text"));
            }
        }
    }
    message
}

fn without_nulls(node: &Node) -> Node {
    let kind = match &node.kind {
        Kind::Map(map) => {
            let mut kept = Map::default();
            for (key, entry) in map.iter().filter(|(_, entry)| !entry.value.is_null()) {
                kept.insert(key, entry.key_span, without_nulls(&entry.value));
            }
            Kind::Map(kept)
        }
        Kind::List(items) => Kind::List(items.iter().map(without_nulls).collect()),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => node.kind.clone(),
    };
    Node::new(kind, node.span)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nulls_of_old_manifests_are_left_out() {
        let message = Node::from(json!({
            "text": "hi", "blocks": null, "attachments": {"color": null, "text": "a"}, "thread_ts": null,
        }));
        let sent = prepare(Service::Slack, &message).to_json_text();
        assert_eq!(sent, r#"{"text":"hi","attachments":[{"text":"a"}]}"#);
    }

    #[test]
    fn message_without_msgtype_is_a_text_as_in_kubevela() {
        let message = Node::from(json!({"text": {"content": "hi"}}));
        let sent = prepare(Service::Dingding, &message).to_json_text();
        assert_eq!(sent, r#"{"text":{"content":"hi"},"msgtype":"text"}"#);
    }
}
