//! `metadata`, as every Kubernetes object has it.

use std::collections::BTreeMap;

use burgee_model::Metadata;
use burgee_source::{Diagnostic, Fields, Map, Node, Rule, Severity, Spanned, Text};

use crate::limits::shown;

/// A value that must be text in an object of texts: labels, annotations, a Secret's values.
pub static NOT_TEXT: Rule = Rule {
    code: "manifest/not-text",
    severity: Severity::Error,
    message: Text::new(
        "the value of `{key}` in `{owner}` must be a string, not a {actual}",
        "`{owner}` 中 `{key}` 的值必须是字符串，而不是 {actual}",
    ),
};

/// What Kubernetes itself writes there; nothing of it is used.
const BY_THE_SERVER: [&str; 11] = [
    "uid",
    "resourceVersion",
    "generation",
    "creationTimestamp",
    "deletionTimestamp",
    "deletionGracePeriodSeconds",
    "finalizers",
    "ownerReferences",
    "managedFields",
    "selfLink",
    "clusterName",
];

/// Reads `apiVersion`, `kind` and `metadata` of a document; the first two have been checked.
pub(crate) fn header(fields: &mut Fields<'_, '_>, document: &Node) -> Metadata {
    fields.optional("apiVersion");
    fields.optional("kind");
    let nameless = || Metadata {
        name: Spanned::new(String::new(), document.span),
        namespace: None,
        labels: BTreeMap::new(),
        annotations: BTreeMap::new(),
    };
    match fields.required("metadata") {
        Some(node) => read(node, fields.problems()),
        None => nameless(),
    }
}

fn read(node: &Node, out: &mut Vec<Diagnostic>) -> Metadata {
    let own = |text: Spanned<&str>| text.map(str::to_owned);
    let mut fields = Fields::new(node, "`metadata`", out);
    // The server makes a name from `generateName` when there is no name.
    let generated = fields.optional_str("generateName").map(own);
    let name = match generated {
        Some(prefix) => fields.optional_str("name").map(own).or(Some(prefix)),
        None => fields.required_str("name").map(own),
    };
    let namespace = fields.optional_str("namespace").map(own);
    let labels = texts(&mut fields, "labels");
    let annotations = texts(&mut fields, "annotations");
    for field in BY_THE_SERVER {
        fields.optional(field);
    }
    fields.finish();
    Metadata {
        name: name.unwrap_or_else(|| Spanned::new(String::new(), node.span)),
        namespace,
        labels,
        annotations,
    }
}

fn texts(fields: &mut Fields<'_, '_>, field: &'static str) -> BTreeMap<String, String> {
    let map = fields.optional_map(field).and_then(Node::as_map);
    let mut texts = BTreeMap::new();
    for (key, entry) in map.into_iter().flat_map(Map::iter) {
        match entry.value.as_str() {
            Some(text) => {
                texts.insert(key.to_owned(), text.to_owned());
            }
            None if entry.value.is_null() => {
                texts.insert(key.to_owned(), String::new());
            }
            None => fields.report(
                not_text(field, key, &entry.value)
                    .hint(Text::new("put the value in quotes", "请给该值加上引号")),
            ),
        }
    }
    texts
}

/// Never shows the value: it may be a secret.
pub(crate) fn not_text(owner: &'static str, key: &str, value: &Node) -> Diagnostic {
    Diagnostic::new(&NOT_TEXT)
        .arg("owner", owner)
        .arg("key", shown(key))
        .arg("actual", value.type_name())
        .at(value.span)
}
